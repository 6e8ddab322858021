"""Mail templates of one's own: kept in versions, checked before, never in the way of a mail."""

from dataclasses import replace

import pytest
from sqlalchemy import insert

from config.errors import UserError
from engine.actors import SYSTEM, Actor
from engine.database import Database
from engine.history import digest
from engine.items import Reader
from engine.tables import history, person, template_text
from engine.template_names import names, shipped_text
from engine.template_preview import letter_for_case, preview_template, preview_templates
from engine.template_texts import render_in_force
from engine.template_versions import restore_default, save, template, templates
from engine.verifier import verify_file
from notifications.render import TemplateFault, Templates
from notifications.samples import sample_letter
from tests.engine.post import Post
from tests.engine.world import ADMIN, LEAD, NOW, WANG, World, at

SUBJECT = "zh/reminder/subject.txt"
MINE = "记得办：{{ digest.count }} 项\n"
WHEN = at(8, 21)


def keep(world: World, text: str = MINE, *, name: str = SUBJECT, seen: int = 0, actor: Actor = SYSTEM) -> int:
    """Save a template."""
    with world.database.write() as conn:
        return save(conn, name, text, actor=actor, now=NOW, expect_version=seen)


def restore(world: World, *, seen: int) -> int:
    """Restore the shipped text of the subject."""
    with world.database.write() as conn:
        return restore_default(conn, SUBJECT, actor=SYSTEM, now=NOW, expect_version=seen)


def sent_subjects(world: World) -> list[str]:
    """Enter a case, let its mail go and return the subjects that arrived."""
    world.enter()
    world.sweep(WHEN)
    post = Post()
    world.deliver(post, WHEN)
    return [str(mail["Subject"]) for mail in post.seen]


def test_a_saved_text_is_what_mails_are_made_of(world: World) -> None:
    assert keep(world) == 1

    assert sent_subjects(world) == ["记得办：2 项"]


def test_without_a_text_of_ones_own_the_shipped_templates_are_used_as_they_are(database: Database) -> None:
    shipped = Templates()

    with database.read() as conn:
        written = render_in_force(conn, sample_letter("opening"), shipped)

    assert written.rendered == shipped.render(sample_letter("opening"))


def test_every_version_is_kept_with_who_and_when(world: World) -> None:
    admin = world.person(ADMIN)
    keep(world, actor=admin)
    keep(world, "换个说法\n", seen=1, actor=admin)
    restore(world, seen=2)

    with world.database.read() as conn:
        found = template(conn, SUBJECT)

    assert [(one.version, one.text, one.who) for one in found.versions] == [
        (3, None, None),
        (2, "换个说法\n", "周管理员"),
        (1, MINE, "周管理员"),
    ]
    assert (found.text, found.line.own, found.line.version) == (shipped_text(SUBJECT), False, 3)


def test_the_history_of_a_template_names_versions_and_contents(world: World) -> None:
    keep(world)
    restore(world, seen=1)

    rows = world.rows(history, subject=f"template:{SUBJECT}")

    assert [(row.trigger, row.version) for row in rows] == [("save", 1), ("restore", 2)]
    assert [digest(row._asdict()) for row in rows] == [row.hash for row in rows]
    assert MINE.strip() not in rows[0].details


def test_a_history_with_templates_in_it_is_sound(sqlite: Database) -> None:
    world = World(sqlite).found()
    keep(world)

    assert sqlite.path is not None
    assert verify_file(sqlite.path).sound


def test_the_same_text_again_is_no_new_version(world: World) -> None:
    keep(world)

    assert keep(world, MINE.replace("\n", "\r\n"), seen=1) == 1
    assert restore(world, seen=1) == 2
    assert restore(world, seen=2) == 2


def test_nobody_overwrites_what_they_have_not_seen(world: World) -> None:
    keep(world, actor=world.person(ADMIN))

    with pytest.raises(UserError, match="周管理员 changed this template meanwhile") as refused:
        keep(world, "另一个\n")

    assert refused.value.code == "template.changed_meanwhile"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ lettre }}", "第 1 行"),
        ("好\n{% for %}", "第 2 行"),
        ("{% for a in range(9**9) %}{% endfor %}", "第 1 行"),
        ("x" * 40_000, "40000 个字符"),
        ("{% if digest.count < 7 %}好{% endif %}", "空的"),
    ],
)
def test_a_text_that_could_not_make_its_mails_is_not_kept(world: World, text: str, words: str) -> None:
    with pytest.raises(TemplateFault) as refused:
        keep(world, text)

    assert words in refused.value.in_("zh")
    assert world.rows(template_text) == []


@pytest.mark.parametrize(
    "html",
    [
        "<img src='https://example.cn/seen.gif'>",
        "<script>1</script>",
        "<p onclick='go()'>好</p>",
        "<form></form>",
    ],
)
def test_a_mail_can_neither_fetch_nor_run_anything(world: World, html: str) -> None:
    with pytest.raises(TemplateFault, match="a mail has no"):
        keep(world, html, name="zh/opening/body.html")


@pytest.mark.parametrize(
    "name",
    ["zh/checkpoint/body.txt", "zh/sign_in/body.txt", "../settings", "zh/opening/other.txt", "base.html"],
)
def test_what_proves_or_signs_in_cannot_be_rewritten(world: World, name: str) -> None:
    with pytest.raises(UserError) as refused:
        keep(world, name=name)

    assert refused.value.code == "template.unknown"


@pytest.mark.parametrize("email", [WANG, LEAD])
def test_only_an_admin_of_every_notice_here_writes_templates(world: World, email: str) -> None:
    with pytest.raises(UserError) as refused:
        keep(world, actor=world.person(email))

    assert refused.value.code == "rights.admin"


def test_the_list_names_every_template_in_words(world: World) -> None:
    keep(world)

    with world.database.read() as conn:
        lines = templates(conn)

    assert len(lines) == len(names()) == 72
    assert [line.title.zh for line in lines if line.own] == ["到期提醒 · 主题（中文）"]


def test_a_template_that_fails_when_a_mail_is_sent_lets_the_mail_go(world: World) -> None:
    broken = {
        "name": SUBJECT,
        "version": 1,
        "text": "\n{{ letter.items[99].title }}",
        "at": NOW,
        "actor": "x",
    }
    with world.database.write() as conn:
        conn.execute(insert(template_text).values(broken))

    subjects = sent_subjects(world)

    claim = world.rows(history, subject="mail:1")[1]
    assert subjects[0].startswith("【督办】")
    assert '"template_failed":"zh/reminder/subject.txt:2"' in claim.details


def test_a_restored_default_is_used_at_once(world: World) -> None:
    keep(world)
    restore(world, seen=1)

    assert sent_subjects(world)[0].startswith("【督办】")


@pytest.mark.parametrize("kind", ["opening", "reminder", "overdue", "already_due", "closing", "returned"])
def test_a_text_is_shown_on_a_real_case_before_it_is_kept(world: World, kind: str) -> None:
    [ref] = world.enter()
    me = world.person(ADMIN).person_id or 0

    with world.database.read() as conn:
        letter = letter_for_case(conn, ref, kind, person_id=me, reader=Reader(now=WHEN, base_url="http://x"))
        mine = preview_template(
            conn, {f"zh/{kind}/subject.txt": "试：{{ digest.first.items[0].title }}"}, letter
        )
        shipped = preview_templates(conn, {}).render(letter)

    assert mine.subject == "试：科学课 1"
    assert "科学课 1" in shipped.text
    assert mine.text == shipped.text
    assert world.rows(template_text) == []


def test_a_case_that_is_not_late_is_shown_as_it_would_be_after_its_date(world: World) -> None:
    [ref] = world.enter()
    me = world.person(WANG).person_id or 0

    with world.database.read() as conn:
        reader = Reader(now=WHEN, base_url="http://x")
        late = letter_for_case(conn, ref, "overdue", person_id=me, reader=reader)
        soon = letter_for_case(conn, ref, "reminder", person_id=me, reader=reader)

    assert [item.days_late > 0 for item in late.items] == [True]
    assert [item.days_late for item in soon.items] == [0]


@pytest.mark.parametrize("kind", ["daily", "test"])
def test_a_mail_about_no_case_is_shown_to_who_asks(world: World, kind: str) -> None:
    me = world.rows(person, email=ADMIN)[0]

    with world.database.read() as conn:
        letter = letter_for_case(
            conn, "", kind, person_id=me.id, reader=Reader(now=WHEN, base_url="http://x")
        )

    assert letter == replace(sample_letter(kind), to=letter.to)
    assert letter.to.email == ADMIN
