from datetime import date, timedelta

import pytest
from outbox.hands import HandClock

from kiosk.backend.daycache import DayCache
from kiosk.backend.folder import Folder
from kiosk.backend.offline import UNKNOWN, OfflineDesk
from kiosk.domain.appointment import AppointmentStatus
from kiosk.domain.identify import Answer, Query
from kiosk.domain.outcome import Outcome

from .cached import BORN, CODE, OTHER, START, STRANGE, keep, row, write_policy


@pytest.fixture
def clock() -> HandClock:
    return HandClock(wall=START - timedelta(minutes=10))


@pytest.fixture
def desk(files: Folder, clock: HandClock) -> OfflineDesk:
    write_policy(files)
    keep(files, row())
    return OfflineDesk(files, clock)


def _ask(desk: OfflineDesk, born: date | None = BORN, code: str = CODE) -> Answer:
    return desk.identify(Query(pass_code=code, birth_date=born))


def test_a_pass_alone_is_told_language_and_modes_only(desk: OfflineDesk) -> None:
    assert _ask(desk, None) == Answer(online=False, language="hi", modes=("large",))


def test_an_unknown_pass_alone_is_told_nothing_at_all(desk: OfflineDesk) -> None:
    assert _ask(desk, None, STRANGE) == Answer(online=False)


def test_pass_and_birth_date_in_time_arrive_without_a_name(desk: OfflineDesk) -> None:
    answer = _ask(desk)
    assert (answer.outcome, answer.online) == (Outcome.IN_TIME, False)
    assert answer.details is not None
    assert (answer.details.appointment, answer.details.location) == ("appt-1", "Room 4")
    assert (answer.details.called, answer.details.phone_ends) == ("", "")


def test_a_pass_that_is_not_cached_is_to_be_matched(desk: OfflineDesk) -> None:
    assert _ask(desk, code=STRANGE) == UNKNOWN


@pytest.mark.parametrize("code", ["", "17", "Ünknown", "K1" * 30])
def test_anything_else_is_to_be_matched(desk: OfflineDesk, code: str) -> None:
    assert _ask(desk, code=code) == UNKNOWN


def test_a_typed_name_is_to_be_matched(desk: OfflineDesk) -> None:
    query = Query(typed_name="Sample Person", birth_date=BORN)
    assert desk.identify(query) == UNKNOWN


def test_a_record_without_a_birth_date_is_to_be_matched(files: Folder, desk: OfflineDesk) -> None:
    keep(files, row(birth_date=None))
    assert _ask(desk) == UNKNOWN


def test_three_wrong_birth_dates_lock_the_pass_for_the_day(
    desk: OfflineDesk, clock: HandClock
) -> None:
    wrong = [_ask(desk, OTHER) for _ in range(3)]
    assert [each.outcome for each in wrong] == [Outcome.MISMATCH, Outcome.MISMATCH, Outcome.LOCKED]
    assert [each.tries_left for each in wrong] == [2, 1, 0]
    assert all(each.details is None and not each.language for each in wrong)
    assert _ask(desk).outcome is Outcome.LOCKED
    clock.pass_by(24 * 3600)
    assert _ask(desk).outcome is Outcome.WRONG_DAY


def test_tries_used_up_at_the_desk_are_not_given_back_offline(desk: OfflineDesk) -> None:
    query = Query(pass_code=CODE, birth_date=OTHER)
    desk.learn(query, Answer(outcome=Outcome.MISMATCH, tries_left=1))
    assert _ask(desk, OTHER).outcome is Outcome.LOCKED
    desk.learn(query, Answer(outcome=Outcome.IN_TIME))


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"status": AppointmentStatus.CANCELLED}, Outcome.CANCELLED),
        ({"status": AppointmentStatus.ARRIVED}, Outcome.ALREADY_IN),
        ({"revoked": True}, Outcome.REVOKED),
        ({"start": START + timedelta(days=1)}, Outcome.WRONG_DAY),
        ({"start": START - timedelta(hours=3)}, Outcome.LATE),
    ],
)
def test_each_outcome_has_its_reason(
    files: Folder, desk: OfflineDesk, changes: dict[str, object], outcome: Outcome
) -> None:
    keep(files, row(**changes))
    assert _ask(desk).outcome is outcome


def test_the_wrong_site_names_the_right_one(files: Folder, desk: OfflineDesk) -> None:
    keep(files, row(site="M2"))
    answer = _ask(desk)
    assert answer.outcome is Outcome.WRONG_SITE
    assert answer.details is not None
    assert (answer.details.site, answer.details.directions) == ("Mill Lane", "Left at the church.")
    assert answer.details.location == ""


def test_too_early_says_when_to_come_back(files: Folder, desk: OfflineDesk) -> None:
    keep(files, row(start=START + timedelta(hours=4)))
    answer = _ask(desk)
    assert answer.outcome is Outcome.TOO_EARLY
    assert answer.details is not None
    assert answer.details.opens == START + timedelta(hours=3)


def test_a_device_whose_clock_is_wrong_judges_by_the_desks(
    files: Folder, desk: OfflineDesk, clock: HandClock
) -> None:
    clock.wall -= timedelta(days=2)
    DayCache(files.daycache).note_offset(2 * 24 * 3600 * 1000)
    assert _ask(desk).outcome is Outcome.IN_TIME


@pytest.mark.parametrize("name", ["policy.json", "daycache.db"])
@pytest.mark.parametrize("broken", [True, False])
def test_whatever_is_missing_or_broken_a_person_helps(
    files: Folder, desk: OfflineDesk, name: str, *, broken: bool
) -> None:
    path = files.path / name
    path.write_bytes(b"nonsense" * 2000) if broken else path.unlink()
    assert _ask(desk) == UNKNOWN
    desk.learn(Query(pass_code=CODE), Answer(outcome=Outcome.LOCKED))


def test_nobody_is_told_anything_when_tries_cannot_be_counted(
    files: Folder, desk: OfflineDesk
) -> None:
    files.tries.mkdir()
    assert _ask(desk) == UNKNOWN
    assert _ask(desk, OTHER) == UNKNOWN
