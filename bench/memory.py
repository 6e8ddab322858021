"""How much memory this process holds and has held, in megabytes; Linux tells both, other systems the peak."""

import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def now_mb() -> float:
    """Return what is held now; where the system does not tell, the peak so far."""
    return _told("VmRSS:") or peak_mb()


def peak_mb() -> float:
    """Return the most that this program ever held; 0 where the system does not tell."""
    return _told("VmHWM:") or _maxrss()


def _told(field: str) -> float:
    if not _STATUS.exists():
        return 0.0
    lines = (line.split() for line in _STATUS.read_text(encoding="ascii").splitlines())
    return next((int(words[1]) / 1024 for words in lines if words[0] == field), 0.0)


def _maxrss() -> float:
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
