"""What was read, as cards: each date, who owes what by it, how sure the reader is, what becomes of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.reading.drafting.channels import channel_name
from config.reading.drafting.decisions import (
    LIKELY,
    Decision,
    Verdict,
    can_be_taken,
    is_sure,
    is_undated,
    needs_a_date,
)
from config.reading.drafting.expressions import Bounds, bounds_of
from config.reading.drafting.tasks import Period, Task
from config.reading.reading import Certainty, Clause, Sort
from config.schedule import Name
from engine.notice_reading.proposal import Proposal
from web.desks.notices.dates import text_said
from web.desks.notices.wording import needs_said, state_said, units_said
from web.words import said

_LISTED = frozenset({Sort.WINDOW, Sort.DEADLINE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One date that was read.

    ``asks`` says what the schedule makes of it; ``offers`` are the verdicts that its buttons give.
    """

    clause: Clause
    verdict: Verdict
    title: str
    when: str
    cite: str
    facts: tuple[tuple[str, str], ...]
    asks: tuple[str, ...]
    guesses: tuple[Name, ...]
    sure: str
    offers: tuple[Verdict, ...]
    day: str
    start: str

    @property
    def key(self) -> str:
        """Return the key of the clause."""
        return self.clause.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """The cards of a reading: windows, deadlines, and what is not taken over unless somebody asks for it."""

    windows: tuple[Card, ...]
    deadlines: tuple[Card, ...]
    others: tuple[Card, ...]
    open: tuple[Card, ...]

    @property
    def count(self) -> int:
        """Return how many dates there are."""
        return len(self.windows) + len(self.deadlines) + len(self.others)


def cards_of(proposal: Proposal, lang: str) -> Cards:
    """Return what was read as cards, each group in the order of the notice."""
    cards = [_card(one, proposal, lang) for one in proposal.kept.reading.clauses]
    listed = [card for card in cards if _is_listed(card)]
    return Cards(
        windows=tuple(card for card in listed if card.clause.sort is Sort.WINDOW),
        deadlines=tuple(card for card in listed if card.clause.sort is not Sort.WINDOW),
        others=tuple(card for card in cards if card not in listed),
        open=tuple(card for card in cards if card.verdict is Verdict.UNDECIDED),
    )


def _is_listed(card: Card) -> bool:
    """Tell whether a card stands among those that count: read as such, or taken over by a person."""
    read = card.clause.sort in _LISTED and not is_undated(card.clause)
    return read or card.verdict is not Verdict.DROP


def _card(clause: Clause, proposal: Proposal, lang: str) -> Card:
    decision, text = proposal.decisions[clause.key], proposal.kept.reading.text
    tasks = [one for one in proposal.tasks if clause in one.clauses]
    periods = [one for one in proposal.periods if one.start.clause is clause]
    bounds = bounds_of(clause, decision, text)
    return Card(
        clause=clause,
        verdict=decision.verdict,
        title=_title(clause, tasks, periods, lang),
        when=_when(bounds, clause, lang),
        cite=" ".join(clause.cite.of(text).split()),
        facts=tuple(_facts(clause, lang)),
        asks=tuple(_asks(one, lang) for one in tasks),
        guesses=tuple(dict.fromkeys(guess for one in tasks for guess in one.guesses)),
        sure=_sure(clause),
        offers=_offers(clause, decision),
        day=_iso(decision, clause, "day"),
        start=_iso(decision, clause, "start"),
    )


def _title(clause: Clause, tasks: list[Task], periods: list[Period], lang: str) -> str:
    if periods:
        return periods[0].name.in_(lang)
    if tasks:
        return " · ".join(dict.fromkeys(one.name.in_(lang) for one in tasks))
    return clause.name or said(f"reading.sort_{clause.sort}", lang)


def _when(bounds: Bounds, clause: Clause, lang: str) -> str:
    """Return a date as people say it, always with its year: that is what is to be looked at."""
    first, last = (_dated(one, lang) if one else "" for one in bounds)
    if clause.when.certainty is Certainty.RECURRING and not (first or last):
        return said("reading.when_recurring", lang)
    if needs_a_date(clause) and not (first or last):
        return said("reading.when_wrong", lang)
    if first and last and first != last:
        return said("notices.from_to", lang, first=first, last=last)
    if last:
        by = clause.sort is Sort.DEADLINE and clause.when.certainty not in (
            Certainty.OPEN,
            Certainty.RELATIVE,
        )
        return said("reading.by", lang, day=last) if by else last
    return said("reading.since", lang, day=first) if first else said("reading.when_open", lang)


def _dated(text: str, lang: str) -> str:
    """Return one date with its year, said once."""
    fuzzy = re.fullmatch(r"(?:about )?(?:early |mid |late )?(\d{4})-\d{2}", text)
    if fuzzy is None:
        return text_said(text, lang, year=0)
    when = text_said(text, lang, year=int(fuzzy[1]))
    return said("notices.when_of_year", lang, year=fuzzy[1], when=when)


def _facts(clause: Clause, lang: str) -> Iterator[tuple[str, str]]:
    named = {
        "who": clause.who,
        "action": clause.action,
        "channel": channel_name(clause.channel).in_(lang) if clause.channel else None,
        "materials": said("notices.comma", lang).join(clause.materials),
    }
    for name, value in named.items():
        if value:
            yield said(f"reading.fact_{name}", lang), " ".join(value.split())
    when = clause.when
    yield said("reading.fact_precision", lang), said(f"reading.precision_{when.certainty}", lang)
    if when.day or when.start:
        yield said("reading.fact_year", lang), said(f"reading.year_{when.year_from}", lang)


def _asks(task: Task, lang: str) -> str:
    who = units_said(task.units, lang) if task.units else said("notices.asked_activity", lang)
    reaches, needs = task.reaches, task.needs
    if task.above is not None:
        reaches, needs = task.above.reaches, task.above.needs
    if needs:
        return said("reading.asks_needs", lang, who=who, needs=needs_said(needs, lang))
    return said("reading.asks_state", lang, who=who, state=state_said(reaches or "", lang))


def _sure(clause: Clause) -> str:
    if is_sure(clause):
        return "sure"
    return "likely" if clause.confidence >= LIKELY and not needs_a_date(clause) else "unsure"


def _offers(clause: Clause, decision: Decision) -> tuple[Verdict, ...]:
    """Return the verdicts that can be given now: not the one there is, not one that would need a date."""
    wanted = {Verdict.ACCEPT, Verdict.CORRECT, Verdict.DROP} - {decision.verdict}
    if not can_be_taken(clause):
        wanted -= {Verdict.ACCEPT}
    if decision.verdict is Verdict.CORRECT:
        wanted |= {Verdict.CORRECT}
    return tuple(one for one in Verdict if one in wanted)


def _iso(decision: Decision, clause: Clause, name: str) -> str:
    own: Mapping[str, object] = {"day": decision.day, "start": decision.start}
    read: Mapping[str, object] = {"day": clause.when.day, "start": clause.when.start}
    found = own[name] if decision.verdict is Verdict.CORRECT else read[name]
    return str(found) if found else ""
