"""Figures and gaps of a package on the terminal."""

from collections.abc import Iterable, Sequence

from cli.labels import place, state_label
from cli.show import Cell, Column, plain, table, tell
from cli.words import lang, say
from config.regions import region
from engine.rollup.coverage import OwedReport
from engine.rollup.figures import Count, Figures
from engine.rollup.links import Link
from engine.rollup.subject import Subject

_SHOWN = 20
_LISTED = 30


def show_figures(subject: Subject, figures: Figures) -> None:
    """Print the figures of a package."""
    tell("report.head", title=subject.title, unit=subject.unit, region=place(subject.region))
    if subject.ref is not None:
        tell("report.state", ref=subject.ref, state=state_label("report", subject.state))
    tell(
        "report.sum",
        activities=figures.activities,
        held=figures.held,
        cancelled=figures.cancelled,
        units=figures.units,
    )
    tell(
        "report.people",
        participants=figures.participants,
        told=figures.told,
        forms=figures.forms,
        photos=figures.photos,
        videos=figures.videos,
        news=figures.news,
    )
    for name, counts in (
        ("states", figures.states),
        ("kinds", figures.kinds),
        ("audiences", figures.audiences),
    ):
        if counts:
            tell(f"report.{name}", counts=_counted(counts))
    _show_places(figures)
    _show_punctual(figures)
    show_gaps(figures)


def show_gaps(figures: Figures) -> None:
    """Print who has not filed."""
    if figures.owing or figures.filed:
        owed, filed = len(figures.owing) + len(figures.filed), len(figures.filed)
        tell("report.owed", owed=owed, filed=filed, owing=len(figures.owing))
    if figures.owing:
        columns = (Column("number"), Column("unit", wraps=True), Column("asks", wraps=True), Column("due"))
        table((*columns, Column("person")), [_owing(one) for one in figures.owing])
    if figures.silent:
        tell("report.silent", count=len(figures.silent), names=_names(one.unit for one in figures.silent))
    if figures.without:
        tell(
            "report.without",
            count=len(figures.without),
            names=_names(region(one).name for one in figures.without),
        )
    if not (figures.owing or figures.silent or figures.without):
        tell("report.all_filed")


def show_links(links: Sequence[Link]) -> None:
    """Print the links of the press that a report may name."""
    tell("report.links", total=len(links), chosen=sum(one.chosen for one in links))
    columns = (Column("number", right=True), Column("named"), Column("title", wraps=True))
    rows = [
        (str(one.item.id), say("yes") if one.chosen else "", one.activity.row.title, one.item.uri)
        for one in links
    ]
    if rows:
        table((*columns, Column("link", wraps=True)), rows)


def links_form(links: Sequence[Link]) -> list[dict[str, object]]:
    """Return those links as JSON has them."""
    return [
        {"number": one.item.id, "ref": one.activity.ref, "uri": one.item.uri, "chosen": one.chosen}
        for one in links
    ]


def figures_form(subject: Subject, figures: Figures) -> dict[str, object]:
    """Return the figures as JSON has them."""
    told = plain(figures)
    about: dict[str, object] = {"ref": subject.ref, "notice": subject.notice, "region": subject.region}
    about |= {"unit": subject.unit, "state": subject.state or None}
    return about | (told if isinstance(told, dict) else {})


def gaps_form(figures: Figures) -> dict[str, object]:
    """Return who has not filed as JSON has it."""
    return {
        "owing": plain(figures.owing),
        "filed": plain(figures.filed),
        "silent": [one._asdict() for one in figures.silent],
        "without": list(figures.without),
    }


def _show_places(figures: Figures) -> None:
    if figures.places:
        columns = (Column("unit" if figures.by_unit else "region", wraps=True), Column("cases", right=True))
        rows = [
            (one.name, str(one.activities), str(one.held), str(one.participants)) for one in figures.places
        ]
        table((*columns, Column("held", right=True), Column("participants", right=True)), rows[:_SHOWN])


def _show_punctual(figures: Figures) -> None:
    if figures.punctual:
        names = ("on_time", "after_due", "late", "open")
        columns = (Column("milestone", wraps=True), *(Column(name, right=True) for name in names))
        rows = [
            (
                one.name.in_(lang()),
                str(one.on_time),
                str(one.after),
                Cell(str(one.late), "late" if one.late else ""),
                str(one.open),
            )
            for one in figures.punctual
        ]
        table(columns, rows)


def _owing(one: OwedReport) -> tuple[str | Cell, ...]:
    due = one.due.isoformat() if one.due else ""
    return one.ref, one.unit, one.name.in_(lang()), Cell(due, "late" if one.late else ""), one.person or ""


def _counted(counts: Sequence[Count]) -> str:
    return say("list.comma").join(
        say("report.count", name=one.name.in_(lang()), count=one.number) for one in counts
    )


def _names(names: Iterable[str]) -> str:
    found = list(names)
    return say("list.comma").join(found[:_LISTED]) + ("…" if len(found) > _LISTED else "")
