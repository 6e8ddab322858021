"""What the program's own words are called on a page: states, steps, regions, blockers."""

from jinja2 import pass_context
from jinja2.runtime import Context

from config.regions import full_name, region
from config.schedule import Name
from workflows.blockers import Blocker
from workflows.registry import lifecycle
from workflows.wording import say as say_blocker


def _lang(context: Context) -> str:
    return str(context["visit"].lang)


@pass_context
def in_lang(context: Context, name: Name | None) -> str:
    """Return a text in the reader's language."""
    return "" if name is None else name.in_(_lang(context))


@pass_context
def state_name(context: Context, kind: str, version: int | None, state: str) -> str:
    """Return what a state is called; the text itself where the lifecycle knows none such."""
    label = lifecycle(kind, version).labels.get(state)
    return label.in_(_lang(context)) if label else state


@pass_context
def trigger_name(context: Context, kind: str, version: int | None, trigger: str) -> str:
    """Return what a step is called."""
    label = lifecycle(kind, version).triggers.get(trigger)
    return label.in_(_lang(context)) if label else trigger


def region_name(code: str) -> str:
    """Return the short name of a region: ``鲤城区``."""
    return region(code).name


def whole_region(code: str) -> str:
    """Return the full name of a region: ``福建省泉州市鲤城区``."""
    return full_name(code)


@pass_context
def blocker(context: Context, one: Blocker) -> str:
    """Return a blocker as a sentence."""
    return say_blocker(one, _lang(context))
