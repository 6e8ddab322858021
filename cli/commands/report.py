"""``duban report``: all that a region did for a notice, in one package for the level above."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import new_app
from cli.desk import actor, opened
from cli.labels import blocker_text
from cli.now import now
from cli.options import As, Json, Notice, Reason
from cli.progress import busy
from cli.rollup_view import figures_form, gaps_form, links_form, show_figures, show_gaps, show_links
from cli.show import as_json, tell
from cli.words import refusal, say
from engine.do import StepsBlocked
from engine.home import Home
from engine.official.home_sheets import sheets_of
from engine.rollup.figures import Figures, figures_of
from engine.rollup.gathering import gather
from engine.rollup.giving import Given, give
from engine.rollup.handing_in import hand_in, shelve
from engine.rollup.links import choose_links, links_of
from engine.rollup.package import built
from engine.rollup.subject import Subject, report_of, require_due, subject_of

app = new_app()

What = Annotated[str, typer.Argument(metavar="WHAT")]
Ref = Annotated[str, typer.Argument(metavar="REF")]
Choose = Annotated[list[int] | None, typer.Option("--choose", metavar="NUMBER")]
Package = Annotated[Path, typer.Option("--output", "-o", metavar="FILE")]


@app.command("show")
def show(what: What, *, who: As = None, json: Json = False) -> None:
    """Show the figures of a package."""
    subject, figures = _figures(what, who)
    if json:
        as_json(figures_form(subject, figures))
    else:
        show_figures(subject, figures)


@app.command("coverage")
def coverage(notice: Notice, *, who: As = None, json: Json = False) -> None:
    """Show who has not filed."""
    _, figures = _figures(notice, who)
    if json:
        as_json(gaps_form(figures))
    else:
        show_gaps(figures)


@app.command("build")
def build(what: What, *, output: Package, who: As = None, json: Json = False) -> None:
    """Write a package to a new file."""
    if output.exists():
        raise refusal("file.exists", file=output)
    with opened() as home, home.database.read() as conn, busy("busy.rollup"):
        subject = subject_of(conn, what, actor=actor(conn, who))
        given = give(conn, subject, output, now=now(), store=home.store, sheets=sheets_of(home.path))
    if json:
        as_json(_given(output, given))
        return
    _show_given(output, given)


@app.command("links")
def links(ref: Ref, *, choose: Choose = None, who: As = None, json: Json = False) -> None:
    """Show which links of the press a report names, or choose them."""
    with opened() as home:
        if choose is not None:
            _choose(home, ref.upper(), choose, who)
        with home.database.read() as conn:
            subject = report_of(conn, ref.upper(), actor=actor(conn, who))
            gathered = gather(conn, subject, store=home.store, now=now())
    found = links_of(gathered.counted, gathered.links)
    if json:
        as_json(links_form(found))
    else:
        show_links(found)


@app.command("submit")
def submit(ref: Ref, *, reason: Reason = None, who: As = None, json: Json = False) -> None:
    """Build the package of a report, freeze it and hand the report in."""
    with opened() as home, busy("busy.rollup"):
        subject, sha256, name = _submit(home, ref.upper(), reason, who)
    if json:
        as_json({"ref": subject.ref, "package": name, "sha256": sha256})
        return
    tell("report.submitted", ref=subject.ref, name=name, sha256=sha256)


def _choose(home: Home, ref: str, numbers: list[int], who: str | None) -> None:
    with home.database.write() as conn:
        acting = actor(conn, who)
        subject = report_of(conn, ref, actor=acting)
        gathered = gather(conn, subject, store=home.store, now=now())
        found = links_of(gathered.counted, gathered.links)
        choose_links(conn, subject, found, numbers, actor=acting, now=now())


def _figures(what: str, who: str | None) -> tuple[Subject, Figures]:
    with opened() as home, home.database.read() as conn:
        subject = subject_of(conn, what, actor=actor(conn, who))
        return subject, figures_of(gather(conn, subject, store=home.store, now=now()), now=now())


def _submit(home: Home, ref: str, reason: str | None, who: str | None) -> tuple[Subject, str, str]:
    with home.database.read() as conn:
        acting = actor(conn, who)
        subject = report_of(conn, ref, actor=acting)
        require_due(subject)
        with built(conn, subject, now=now(), store=home.store, sheets=sheets_of(home.path)) as package:
            materials = shelve(package, store=home.store)
    try:
        with home.database.write() as conn:
            hand_in(conn, subject, materials, actor=acting, now=now(), reason=reason)
    except StepsBlocked as error:
        reasons = (blocker_text(one) for one in error.blocked[0].blockers)
        told = refusal("report.blocked", ref=ref, why=say("list.semicolon").join(reasons))
        error.text = told.text  # the reasons, not how many cases: there is but one
        raise
    return subject, str(materials[0].sha256), materials[0].name


def _given(output: Path, given: Given) -> dict[str, object]:
    told = given._asdict() | {"left": [one._asdict() for one in given.left]}
    return {"file": str(output), **told}


def _show_given(output: Path, given: Given) -> None:
    key = "report.frozen" if given.frozen else "report.built"
    kb = max(1, round(given.size / 1024))
    tell(key, file=output, files=given.files, kb=kb, sha256=given.sha256)
    for one in given.left:
        tell("report.left", ref=one.ref, name=one.name, why=one.why)
