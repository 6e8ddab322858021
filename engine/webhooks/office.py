"""What all webhooks of a home have in common."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class HookOffice:
    """``key`` is the home's secret, from which each webhook's own is derived.

    With ``private`` addresses of the home's own network may be called, else only those of the open net.
    """

    key: bytes = field(repr=False)
    private: bool = False
