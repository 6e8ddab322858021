"""The sealer at work: a checkpoint a minute at most, one mail a working day, to auditors alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import delete, insert, text, update
from structlog.testing import capture_logs

from config.errors import UserError
from engine.database import Database
from engine.items import Reader
from engine.mailbox import letter_shown
from engine.runner import Runner
from engine.seal import notes_of
from engine.seal_key import SealKey
from engine.sealer import EVERY, Sealer
from engine.tables import firing, history, message, meta, person, right
from engine.verifier import read_key, read_note, signed
from notifications.outcome import Outcome
from tests.engine.auditors import AUDITOR, KEY, SECOND, with_auditors
from tests.engine.post import Post
from tests.engine.world import ADMIN, NOW, OFFICE, World, at

FRIDAY = at(9, 15)


@pytest.fixture
def audited(world: World) -> World:
    return with_auditors(world)


def sealer(key: Callable[[], SealKey] = lambda: KEY) -> Sealer:
    return Sealer(key=key)


def notes(world: World) -> list[str]:
    with world.database.read() as conn:
        return notes_of(conn)


def work(one: Sealer, world: World, now: datetime) -> int:
    with capture_logs():
        return one.work(world.database, now=now)


def logged(one: Sealer, world: World, now: datetime) -> list[tuple[str, str]]:
    with capture_logs() as told:
        one.work(world.database, now=now)
    return [(line["event"], line.get("code", "")) for line in told]


def test_new_rows_are_sealed_once_a_minute_at_most_and_nothing_new_is_not(world: World) -> None:
    one, sealed = sealer(), []
    for seconds, new in ((0, False), (1, True), (59, False), (60, False), (180, False)):
        if new:
            world.enter()
        work(one, world, NOW + timedelta(seconds=seconds))
        sealed.append(len(notes(world)))

    assert sealed == [1, 1, 1, 2, 2]


def test_a_clock_set_back_does_not_silence_the_sealer(world: World) -> None:
    one = sealer()
    work(one, world, NOW)
    world.enter()

    work(one, world, NOW - timedelta(days=3))

    assert len(notes(world)) == 2


def test_each_auditor_gets_one_mail_a_working_day_from_nine(audited: World) -> None:
    one = sealer()
    moments = [at(9, 15, 8, 59), FRIDAY, at(9, 15, 9, 2), at(9, 15, 17), at(9, 16), at(9, 17), at(9, 18, 14)]

    queued = [work(one, audited, now) for now in moments]

    assert queued == [0, 2, 0, 0, 0, 0, 2]
    auditors = [row.id for row in audited.rows(person) if row.email in (AUDITOR, SECOND)]
    assert [row.key for row in audited.rows(message)] == [
        f"checkpoint:{day}:{number}" for day in ("2023-09-15", "2023-09-18") for number in auditors
    ]


def test_a_make_up_day_is_a_working_day_and_a_holiday_is_none(audited: World) -> None:
    assert [work(sealer(), audited, at(*day)) for day in ((9, 29), (10, 6), (10, 7))] == [0, 0, 2]


def test_no_second_mail_after_a_restart_nor_when_the_note_of_the_day_was_lost(audited: World) -> None:
    first, again = work(sealer(), audited, FRIDAY), work(sealer(), audited, FRIDAY)
    with audited.database.write() as conn:
        conn.execute(delete(meta).where(meta.c.key == "checkpoint_mailed"))

    assert (first, again, work(sealer(), audited, FRIDAY)) == (2, 0, 0)


def test_a_clock_set_back_a_day_mails_nothing_again(audited: World) -> None:
    queued = [work(sealer(), audited, now) for now in (at(9, 14), FRIDAY, at(9, 14), FRIDAY)]

    assert queued == [2, 2, 0, 0]


def test_who_is_inactive_or_cannot_be_reached_gets_none(audited: World) -> None:
    with audited.database.write() as conn:
        conn.execute(update(person).where(person.c.email == AUDITOR).values(active=False))
        conn.execute(update(person).where(person.c.email == SECOND).values(address_bad=True))
        other = insert(person).values(id=99, name="无邮箱", lang="zh", version=1, head="")
        conn.execute(other)
        conn.execute(insert(right).values(person_id=99, role="auditor", region="350500"))

    assert work(sealer(), audited, FRIDAY) == 0


def test_a_day_is_not_used_up_before_there_is_an_auditor(world: World) -> None:
    one = sealer()
    before = work(one, world, FRIDAY)
    with_auditors(world)

    assert (before, work(one, world, FRIDAY + EVERY)) == (0, 2)


def test_the_note_in_the_mail_is_the_checkpoint_byte_by_byte_and_its_signature_holds(audited: World) -> None:
    work(sealer(), audited, FRIDAY)
    [note], post = notes(audited), Post()

    audited.deliver(post, FRIDAY)

    assert [str(mail["To"]).split("<")[1] for mail in post.seen] == [f"{AUDITOR}>", f"{SECOND}>"]
    for body in post.bodies():
        start = body.index("duban/test\r\n")
        found = body[start : body.index("\r\n", body.index("— ")) + 2]
        assert found == note.replace("\n", "\r\n")
        assert signed(read_note(found), read_key(KEY.pubkey))
    size, root = read_note(note).size, read_note(note).root.hex()
    assert [str(mail["Subject"]) for mail in post.seen] == [
        f"【督办】历史检查点：{size:,} 行，根 {root[:16]}",
        f"Sealed {size:,} rows: {root[:16]}",
    ]


def test_the_mail_names_the_contacts_of_the_notices_in_force(audited: World) -> None:
    work(sealer(), audited, FRIDAY)
    number = audited.rows(message)[0].id
    post = Post()
    reader = Reader(now=FRIDAY, base_url=OFFICE.base_url)
    with audited.database.read() as conn:
        waiting = letter_shown(conn, number, reader)

    audited.deliver(post, FRIDAY)

    assert waiting is not None
    assert waiting.senders and waiting.list_url == f"{OFFICE.base_url}/history"
    with audited.database.read() as conn:
        assert letter_shown(conn, number, reader) == waiting


def test_who_is_no_auditor_any_more_is_sent_nothing(audited: World) -> None:
    work(sealer(), audited, FRIDAY)
    with audited.database.write() as conn:
        conn.execute(delete(right).where(right.c.role == "auditor"))

    audited.deliver(Post(), FRIDAY)

    assert {row.state for row in audited.rows(message)} == {"obsolete"}


def test_a_note_tampered_with_in_the_outbox_is_not_sent_and_holds_nothing_up(audited: World) -> None:
    work(sealer(), audited, FRIDAY)
    with audited.database.write() as conn:
        conn.execute(update(message).values(note="督办"))

    audited.deliver(Post(), FRIDAY)

    assert {row.state for row in audited.rows(message)} == {"obsolete"}


def test_without_a_key_nothing_is_sealed_the_log_says_why_and_a_key_made_later_is_found(
    audited: World,
) -> None:
    keys: list[SealKey] = []

    def key() -> SealKey:
        if not keys:
            raise UserError(zh="没有", en="there is none", code="key.missing")
        return keys[0]

    one = sealer(key)
    refused = logged(one, audited, FRIDAY)
    keys.append(KEY)

    assert (refused, audited.rows(message)) == ([("sealing refused", "key.missing")], [])
    assert work(one, audited, FRIDAY + EVERY) == 2


def test_an_altered_history_is_logged_not_sealed_and_the_last_good_checkpoint_still_goes_out(
    audited: World,
) -> None:
    work(sealer(), audited, at(9, 14, 8))
    [good] = notes(audited)
    with audited.database.write() as conn:
        off = "ALTER TABLE history DISABLE TRIGGER history_no_change"
        conn.execute(text("DROP TRIGGER history_no_update" if conn.dialect.name == "sqlite" else off))
        conn.execute(update(history).where(history.c.id == 3).values(hash="ab" * 32))
        conn.execute(update(meta).where(meta.c.key == "log").values(value='{"size":0,"last":0,"peaks":[]}'))
    audited.enter()

    told = logged(sealer(), audited, FRIDAY)

    assert (told[0], notes(audited)) == (("sealing refused", "seal.altered"), [good])
    assert [row.note for row in audited.rows(message)] == [good, good]


def test_whatever_goes_wrong_reminders_go_on(audited: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_words: object, **_named: object) -> int:
        raise RuntimeError("disk")

    monkeypatch.setattr("engine.sealer.seal", broken)
    monkeypatch.setattr("engine.sealer.mail_checkpoint", broken)

    assert logged(sealer(), audited, FRIDAY) == [
        ("sealing failed", ""),
        ("mailing the checkpoint failed", ""),
    ]


class Waiting(Post):
    """A mail server whose second customer can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.two = Event()

    def send(self, message: object) -> Outcome:
        """Take a mail, and say so from the second on."""
        outcome = super().send(message)  # type: ignore[arg-type]  # it is only passed on
        if len(self.seen) == 2:
            self.two.set()
        return outcome


def test_a_runner_seals_and_mails_the_auditors_alone_once_also_after_a_restart(sqlite: Database) -> None:
    city = with_auditors(World(sqlite).found())
    with sqlite.write() as conn:
        conn.execute(update(firing).values(settled_at=NOW, outcome="past"))
    post, now = Waiting(), [datetime(2023, 9, 15, 1, tzinfo=UTC)]

    with capture_logs():
        for _ in range(2):
            runner = Runner(
                database=sqlite, office=OFFICE, transport=lambda: post, clock=lambda: now[0], sealer=sealer()
            )
            runner.start()
            runner.tick()
            assert post.two.wait(15)
            now[0] += EVERY
            runner.tick()
            runner.stop()

    to = [str(mail["To"]) for mail in post.seen]
    assert (len(to), all(ADMIN not in one for one in to)) == (2, True)
    assert {AUDITOR in one or SECOND in one for one in to} == {True}
    assert len(notes(city)) >= 2
