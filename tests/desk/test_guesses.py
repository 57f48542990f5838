"""Guessing is slowed, by address and by name; nobody is locked out by what others do."""

import ipaddress

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

from kiosk.desk import staff
from kiosk.desk.guesses import delay, source

from .support import Served

PASSWORD = "a-long-enough-one"


class _From(HTTPAdapter):
    """Requests from an address of our choice; all of 127/8 is this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: object, **more: object) -> None:
        super().init_poolmanager(*args, **more, source_address=(self._address, 0))  # type: ignore[arg-type]


def log_in(
    served: Served, password: str, address: str = "127.0.0.1", user: str = "maya"
) -> requests.Response:
    with requests.Session() as http:
        http.mount("http://", _From(address))
        body = {"user": user, "password": password}
        return http.post(served.base + "/login", json=body, timeout=30)


def guess(served: Served, times: int, address: str) -> list[int]:
    return [log_in(served, "wrong", address).status_code for _ in range(times)]


@pytest.fixture
def maya(served: Served) -> Served:
    served.desk.database.write(lambda conn: staff.put(conn, "maya", PASSWORD, ("front-desk",)))
    return served


def test_who_guesses_is_locked_and_who_knows_gets_in_from_elsewhere(maya: Served) -> None:
    assert guess(maya, 6, "127.0.0.66") == [401] * 5 + [429]
    assert log_in(maya, PASSWORD, "127.0.0.66").headers["Retry-After"] == "30"
    assert log_in(maya, PASSWORD, "127.0.0.2").status_code == 200
    assert log_in(maya, PASSWORD, "127.0.0.66").status_code == 429  # that was not their success


def test_guesses_from_many_addresses_make_it_slow_but_lock_nobody_out(maya: Served) -> None:
    for last in range(60, 64):
        assert guess(maya, 5, f"127.0.0.{last}") == [401] * 5
    now = maya.clock.now()
    assert staff.knock(maya.desk.database, "maya", "127.0.0.99", now) == 1.0
    assert log_in(maya, PASSWORD, "127.0.0.2").status_code == 200
    maya.clock.move(hours=1, seconds=1)
    assert staff.knock(maya.desk.database, "maya", "127.0.0.99", maya.clock.now()) == 0.0


def test_a_login_that_stands_lives_on_while_others_guess(maya: Served) -> None:
    cookies = log_in(maya, PASSWORD).cookies
    guess(maya, 7, "127.0.0.1")
    guess(maya, 7, "127.0.0.66")
    assert requests.get(maya.base + "/me", cookies=cookies, timeout=10).ok


def test_a_pause_is_for_one_name_only(maya: Served) -> None:
    maya.desk.database.write(lambda conn: staff.put(conn, "may", PASSWORD))
    maya.desk.database.write(lambda conn: staff.put(conn, "m_ya", PASSWORD))
    assert guess(maya, 6, "127.0.0.66")[-1] == 429
    for other in ("may", "m_ya"):
        assert log_in(maya, PASSWORD, "127.0.0.66", other).status_code == 200
    assert log_in(maya, PASSWORD, "127.0.0.66").status_code == 429


def test_an_unknown_name_is_slowed_like_a_known_one(maya: Served) -> None:
    answers = [log_in(maya, "wrong", user="nobody").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_a_new_password_ends_every_pause(maya: Served) -> None:
    guess(maya, 6, "127.0.0.66")
    maya.desk.database.write(lambda conn: staff.put(conn, "maya", "another-long-one"))
    assert log_in(maya, "another-long-one", "127.0.0.66").status_code == 200


def test_many_tries_at_once_get_around_nothing(maya: Served) -> None:
    now, database = maya.clock.now(), maya.desk.database
    let_in = [staff.knock(database, "maya", "192.0.2.7", now) for _ in range(20)]
    assert [one for one in let_in if isinstance(one, float)] == [0.0] * 5


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_guesses_never_make_it_faster_and_it_stays_bearable(one: int, more: int) -> None:
    assert 0.0 <= delay(one) <= delay(one + more) <= 8.0


def test_nobody_waits_for_a_few_slips() -> None:
    assert delay(19) == 0.0
    assert [delay(wrong) for wrong in (20, 40, 60, 80, 1000)] == [1.0, 2.0, 4.0, 8.0, 8.0]


@given(st.integers(1, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_all_addresses_of_one_ipv6_network_are_one(network: int, one: int, other: int) -> None:
    found = {source(str(ipaddress.IPv6Address((network << 64) + low))) for low in (one, other)}
    assert found == {str(ipaddress.IPv6Network((network << 64, 64)))}


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
        ("unix", "unix"),
        ("", ""),
    ],
)
def test_who_counts_as_one(address: str, one: str) -> None:
    assert source(address) == one
