"""Filters of a list as they are typed."""

from cli.labels import state_of
from cli.words import refusal
from config.schedule import CaseKind
from engine.listing import CaseFilter


def case_filter(
    *,
    notice: str | None,
    kind: str,
    state: str | None,
    region: str | None,
    coordinator: str | None,
    late: bool,
) -> CaseFilter:
    """Return the filter that a person typed; UserError where a word of it is not known."""
    chosen = kind_of(kind)
    kinds = (str(chosen),) if chosen else ("activity", "report")
    return CaseFilter(
        notice=notice,
        kind=chosen,
        state=state_of(state, *kinds) if state else None,
        region=region,
        coordinator=coordinator,
        late=late,
    )


def kind_of(text: str) -> CaseKind | None:
    """Read a kind of case, in either language; None for all kinds."""
    if text not in _KINDS:
        raise refusal("usage.choice", what="--kind", given=text, choices="activity, report, all")
    return _KINDS[text]


_KINDS = {
    "activity": CaseKind.ACTIVITY,
    "活动": CaseKind.ACTIVITY,
    "report": CaseKind.REPORT,
    "报送": CaseKind.REPORT,
    "all": None,
    "全部": None,
}
