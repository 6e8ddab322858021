"""Code kept from before: for the same text in the same kind of environment only, and not without end."""

import pytest
from jinja2 import Environment
from jinja2.bccache import Bucket

from notifications import compiled
from notifications.compiled import CodeKept
from notifications.limits import LimitedEnvironment, LimitReached, budget
from notifications.render import Templates
from notifications.samples import sample_letter
from notifications.sandbox import MailEnvironment
from notifications.sources import TextLoader

BODY = "zh/test/body.txt"
DOUBLED = "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 30


def test_what_was_compiled_without_limits_is_not_run_within_them() -> None:
    texts = TextLoader({"a.txt": DOUBLED})
    MailEnvironment(texts).get_template("a.txt")

    with budget(), pytest.raises(LimitReached):
        LimitedEnvironment(texts).get_template("a.txt").render()


def test_a_changed_text_is_compiled_anew() -> None:
    bodies = [Templates({BODY: text}).render(sample_letter("test")).text for text in ("甲", "乙", "甲")]

    assert bodies == ["甲\n", "乙\n", "甲\n"]


def test_only_the_latest_code_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_MOST", 2)
    kept, environment = CodeKept(), Environment(autoescape=True)
    for name in ("a", "b", "c"):
        bucket = Bucket(environment, name, "sum")
        bucket.code = compile(name, name, "eval")
        kept.dump_bytecode(bucket)

    assert [name for name in ("a", "b", "c") if _kept_in(kept, Bucket(environment, name, "sum"))] == [
        "b",
        "c",
    ]


def _kept_in(kept: CodeKept, bucket: Bucket) -> bool:
    kept.load_bytecode(bucket)
    return bucket.code is not None
