"""What an installation is made of: nobody else's names, no addresses, all that the wheel must carry."""

import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("config", "workflows", "notifications", "engine", "web", "cli")


def test_no_installed_part_owns_one_of_our_names() -> None:
    owners = packages_distributions()

    assert [name for name in ROOMS if set(owners.get(name, ())) - {"duban"}] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_address(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()

    assert [line for line in lines if "://" in line or line.startswith("--")] == []


def test_every_locked_part_has_a_hash() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    parts = re.findall(r"^\S+==.*?(?=^\S+==|\Z)", text, re.MULTILINE | re.DOTALL)

    assert parts
    assert [part.split()[0] for part in parts if "--hash=sha256:" not in part] == []


def test_the_wheel_carries_notices_regions_templates_and_migrations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "config/notices/2023/quanzhou.yaml",
        "config/data/regions.csv",
        "notifications/templates/zh/reminder/body.html",
        "engine/migrations/versions/v0001_first.py",
        "web/templates/base.html",
        "web/static/htmx.min.js",
    }
    assert wanted - names == set()
    assert not any(name.startswith(("tests/", "bench/")) for name in names)
