"""A real PostgreSQL of the tests' own, on a socket in a temporary folder."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


def programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs, None where there are none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """Run a server without network and give the URL of its databases, with ``{name}`` to fill in."""
    # not pytest's own folder: its path is too long for a socket, and not every user may enter it
    data = Path(mkdtemp(prefix="duban-pg-"))
    user = _unprivileged(data)
    _run(
        user,
        bin_folder / "initdb",
        "-D",
        data / "db",
        "-A",
        "trust",
        "-U",
        "duban",
        "-E",
        "UTF8",
        "--no-sync",
    )
    options = f"-c listen_addresses= -c unix_socket_directories={data} -c fsync=off -c max_connections=50"
    _run(user, bin_folder / "pg_ctl", "-D", data / "db", "-l", data / "log", "-w", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://duban@/{{name}}?host={data}"
    finally:
        _run(user, bin_folder / "pg_ctl", "-D", data / "db", "-m", "immediate", "stop")
        shutil.rmtree(data)


def _unprivileged(data: Path) -> str | None:
    """Return the user that the server must run as: it refuses root."""
    if os.geteuid() != 0:
        return None
    name = next((n for n in ("postgres", "nobody") if _exists(n)), "nobody")
    shutil.chown(data, name)
    return name


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _run(user: str | None, *command: object) -> None:
    words = [str(word) for word in command]
    if user is not None:
        words = ["runuser", "-u", user, "--", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
