from datetime import timedelta

import pytest
from backend.cached import BORN, CODE, OTHER, START, keep, row, write_policy
from backend.little_desk import LittleDesk
from outbox.hands import HandClock

from kiosk.backend.desk import Desk
from kiosk.backend.folder import Folder
from kiosk.backend.offline import UNKNOWN, OfflineDesk
from kiosk.courier.health import Health
from kiosk.courier.identify import DEADLINE, Asking
from kiosk.courier.link import Link
from kiosk.domain.identify import Answer, Query
from kiosk.domain.outcome import Outcome

KNOWN = Query(pass_code=CODE, birth_date=BORN)
WRONG = Query(pass_code=CODE, birth_date=OTHER)
TYPED = Query(typed_name="Sample Person", birth_date=BORN)


@pytest.fixture
def link() -> Link:
    link = Link()
    link.good()
    return link


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
def asking(little: LittleDesk, files: Folder, link: Link, health: Health) -> Asking:
    clock = HandClock(wall=START - timedelta(minutes=5))
    write_policy(files)
    keep(files, row())
    offline = OfflineDesk(files, clock)
    return Asking(link, health, offline, lambda: Desk(little.address, None, clock))


def test_online_the_desk_answers_as_it_knows_more(little: LittleDesk, asking: Asking) -> None:
    little.answer = Answer(outcome=Outcome.LATE, language="es")
    assert asking.identify(KNOWN) == little.answer
    assert asking.identify(TYPED) == little.answer
    assert len(little.queries) == 2


def test_offline_the_desk_is_not_even_asked(little: LittleDesk, asking: Asking, link: Link) -> None:
    for _ in range(3):
        link.bad()
    assert asking.identify(KNOWN).outcome is Outcome.IN_TIME
    assert asking.identify(TYPED) == UNKNOWN
    assert little.asked == []


@pytest.mark.parametrize("mode", ["reset", "html 502", "garbage", "half", "422", "after 429 9"])
def test_a_desk_that_fails_is_replaced_by_the_day_cache(
    mode: str, little: LittleDesk, asking: Asking
) -> None:
    little.always["/identify"] = mode
    answer = asking.identify(KNOWN)
    assert (answer.outcome, answer.online) == (Outcome.IN_TIME, False)


def test_a_slow_desk_is_not_waited_for(little: LittleDesk, asking: Asking, health: Health) -> None:
    little.always["/identify"] = "slow"
    little.slow = DEADLINE + 0.2
    answer = asking.identify(KNOWN)
    assert (answer.outcome, answer.online) == (Outcome.IN_TIME, False)
    assert health.changed.is_set()  # the next heartbeat looks at the link


def test_failures_while_people_wait_take_the_link_off(
    little: LittleDesk, asking: Asking, link: Link
) -> None:
    little.always["/identify"] = "reset"
    for _ in range(3):
        asking.identify(TYPED)
    assert not link.online


def test_tries_counted_at_the_desk_hold_offline_too(
    little: LittleDesk, asking: Asking, link: Link
) -> None:
    little.answer = Answer(outcome=Outcome.MISMATCH, tries_left=1)
    assert asking.identify(WRONG).tries_left == 1
    for _ in range(3):
        link.bad()
    assert asking.identify(WRONG).outcome is Outcome.LOCKED


def test_a_device_the_desk_does_not_know_tells_nobody_anything(
    little: LittleDesk, asking: Asking, health: Health
) -> None:
    little.always["/identify"] = "401"
    assert asking.identify(KNOWN) == UNKNOWN
    health.enrolled = False
    little.asked.clear()
    assert asking.identify(KNOWN) == UNKNOWN
    assert little.asked == []


def test_tries_counted_here_hold_online_too(little: LittleDesk, asking: Asking, link: Link) -> None:
    for _ in range(3):
        link.bad()
    for _ in range(3):
        asking.identify(WRONG)
    link.good()
    link.good()
    little.answer = Answer(outcome=Outcome.IN_TIME)
    assert asking.identify(KNOWN).outcome is Outcome.LOCKED
    assert little.queries == []
