"""The names of states, steps, roles and blockers in the reader's language."""

from cli.words import LABELS, lang, refusal
from config.regions import full_name, regions
from config.schedule import Name
from workflows.blockers import Blocker
from workflows.registry import LIFECYCLES, lifecycle
from workflows.wording import SENTENCES, say


def state_label(kind: str, state: str) -> str:
    """Return what a state is called; the state itself where it is not known."""
    name = lifecycle(kind).labels.get(state)
    return name.in_(lang()) if name else state


def trigger_label(kind: str, trigger: str) -> str:
    """Return what a step is called; the trigger itself where it is not known."""
    name = lifecycle(kind).triggers.get(trigger)
    return name.in_(lang()) if name else label("trigger", trigger)


def kind_of_state(state: str) -> str:
    """Return the kind of case that has a state of that id."""
    return "report" if state in lifecycle("report").labels else "activity"


def label(family: str, word: str) -> str:
    """Return what a word of a family (``role``, ``outcome``) is called; the word where it is not known."""
    name = LABELS.get(f"{family}.{word}")
    return name.in_(lang()) if name else word


def state_of(text: str, *kinds: str) -> str:
    """Read a state: its id or its name in either language; UserError names those there are."""
    known = {state: name for kind in kinds for state, name in lifecycle(kind).labels.items()}
    return _meant("state.unknown", text, known)


def trigger_of(text: str) -> str:
    """Read a step of a case: its id or its name in either language; UserError names those there are."""
    known = {key: name for kind in ("activity", "report") for key, name in lifecycle(kind).triggers.items()}
    return _meant("step.unknown", text, known)


def _meant(code: str, text: str, known: dict[str, Name]) -> str:
    for word, name in known.items():
        if text.lower() in (word, name.zh, name.en.lower()):
            return word
    listed = ("、" if lang() == "zh" else ", ").join(
        f"{word} {name.in_(lang())}" for word, name in known.items()
    )
    raise refusal(code, text=text, known=listed)


def blocker_text(blocker: Blocker) -> str:
    """Return the sentence of a blocker; the engine's own reasons are told here."""
    own = LABELS.get(f"blocker.{blocker.code}")
    if own is not None and blocker.code not in SENTENCES:
        return own.in_(lang()).format(**_named(blocker))
    return say(blocker, lang())


def _named(blocker: Blocker) -> dict[str, object]:
    params: dict[str, object] = dict(blocker.params)
    if "trigger" in params:
        trigger = str(params["trigger"])
        names = (life.triggers.get(trigger) for life in LIFECYCLES)
        params["trigger"] = next((name.in_(lang()) for name in names if name), trigger)
    return params


def place(code: str) -> str:
    """Return the name of a region; its code where it is not known."""
    return full_name(code) if code in regions() else code
