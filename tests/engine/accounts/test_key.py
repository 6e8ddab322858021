"""The home's own secret: drawn once, for its owner alone, never shown."""

from pathlib import Path

import pytest

from config.errors import UserError
from config.settings import load_settings
from engine.accounts.key import AccountsKey, load_accounts_key, make_accounts_key
from engine.home import ACCOUNTS_KEY, init_home, open_home
from tests.engine.world import NOW


def test_a_home_gets_a_secret_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    chosen = load_settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'duban.db'}")
    init_home(chosen, now=NOW)
    path = tmp_path / ACCOUNTS_KEY
    first = path.read_text()

    assert init_home(chosen, now=NOW) is False
    assert (path.read_text(), path.stat().st_mode & 0o777) == (first, 0o600)
    with open_home(chosen) as home:
        assert home.office().key == home.accounts_key()


def test_a_home_without_its_secret_opens_and_init_draws_a_new_one(tmp_path: Path) -> None:
    chosen = load_settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'duban.db'}")
    init_home(chosen, now=NOW)
    (tmp_path / ACCOUNTS_KEY).unlink()

    with open_home(chosen) as home:
        assert home.office().key is None
        with pytest.raises(UserError) as refused:
            home.accounts_key()

    assert refused.value.code == "accounts_key.missing"
    assert init_home(chosen, now=NOW) is True


@pytest.mark.parametrize("text", ["", "short", "!" * 44, "AAAA" * 20])
def test_a_file_that_is_no_secret_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / ACCOUNTS_KEY
    path.write_text(text)
    path.chmod(0o600)

    with pytest.raises(UserError) as refused:
        load_accounts_key(path)

    assert refused.value.code == "accounts_key.unreadable"
    assert not text or text not in refused.value.in_("en")


def test_a_secret_that_others_can_read_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / ACCOUNTS_KEY
    make_accounts_key(path)
    path.chmod(0o640)

    with pytest.raises(UserError) as refused:
        load_accounts_key(path)

    assert "chmod 600" in refused.value.in_("zh")


def test_what_is_derived_depends_on_the_secret_the_purpose_and_every_part() -> None:
    key, other = AccountsKey(secret=bytes(32)), AccountsKey(secret=bytes([1]) * 32)

    derived = [
        key.derived("ticket", "1", "2"),
        key.derived("ticket", "12"),
        key.derived("ticket", "2", "1"),
        key.derived("webhook", "1", "2"),
        other.derived("ticket", "1", "2"),
    ]

    assert len(set(derived)) == 5
    assert {len(one) for one in derived} == {43}


def test_a_secret_is_in_no_repr() -> None:
    assert repr(AccountsKey(secret=b"x" * 32)) == "AccountsKey()"
