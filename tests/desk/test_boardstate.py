"""The board as data: columns, cards, calls, and what to look at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.config import PracticeSettings, Site
from kiosk.desk import sample
from kiosk.desk.boardattention import Refused
from kiosk.desk.boardmodels import BoardState, Card
from kiosk.desk.boardstate import BoardInput, show
from kiosk.desk.fold import fold
from kiosk.desk.turn import Fact
from kiosk.domain.appointment import Appointment, AppointmentStatus, Patient, VisitStatus
from kiosk.domain.event import (
    ArrivalUnmatched,
    ArrivalVoided,
    HelpRequested,
    IntakeCompleted,
    NeedStated,
    ScanRefused,
    SessionStarted,
    StatusChanged,
)
from kiosk.domain.needs import read
from kiosk.domain.outcome import Outcome
from kiosk.resources import shipped

from .facts import arrival, fact, session
from .support import NOON, a_device

PRACTICE = PracticeSettings(
    name="Sample Practice", timezone="Europe/London", sites=(Site(code="01", name="Main Street"),)
)
NEEDS = read(shipped("assets", "needs.toml"))
ADA = Appointment(
    "a",
    Patient("p1", "Example", "Ada", needs=("hearing",), language="ar"),
    NOON + timedelta(minutes=10),
    15,
    "01",
    practitioner="Dr. Chen",
)
BEN = replace(ADA, id="b", patient=Patient("p2", "Beispiel", "Ben"), start=NOON)


def board(
    facts: Iterable[Fact] = (), *, minutes: float = 0, today: tuple[Appointment, ...] = (ADA, BEN)
) -> BoardState:
    return show(inputs(facts, minutes=minutes, today=today))


def inputs(
    facts: Iterable[Fact] = (), *, minutes: float = 0, today: tuple[Appointment, ...] = (ADA, BEN)
) -> BoardInput:
    return BoardInput(
        version=7,
        now=NOON + timedelta(minutes=minutes),
        demo=False,
        practice=PRACTICE,
        needs=NEEDS,
        today=today,
        others={},
        day=fold(facts),
        devices=[a_device(last_seen=NOON + timedelta(minutes=minutes))],
    )


def column(state: BoardState, id_: str) -> tuple[Card, ...]:
    return next(one.cards for one in state.columns if one.id == id_)


def only(state: BoardState, appointment: str) -> Card:
    (found,) = [
        card for one in state.columns for card in one.cards if card.appointment == appointment
    ]
    return found


def moved(status: VisitStatus, appointment: str = "a") -> StatusChanged:
    return StatusChanged(appointment=appointment, status=status)


def test_an_empty_day_has_its_columns_in_order() -> None:
    state = board(today=())
    assert [one.id for one in state.columns] == [
        "arrived",
        "checked-in",
        "expected",
        "in-progress",
        "over",
    ]
    assert (state.day, state.day_text, state.version) == ("2030-05-14", "Tuesday 14 May", 7)


def test_people_are_expected_in_the_order_of_their_time() -> None:
    state = board(today=(BEN, ADA))
    assert [card.name for card in column(state, "expected")] == ["Beispiel, Ben", "Example, Ada"]
    expected = next(one for one in state.columns if one.id == "expected")
    assert expected.summary == "next 12:00"
    assert expected.cards[0].waiting_minutes is None


def test_who_waits_longest_is_on_top() -> None:
    facts = [fact(arrival("a"), minute=1), fact(arrival("b"), minute=0, of=2)]
    state = board(facts, minutes=12)
    assert [card.waiting_minutes for card in column(state, "arrived")] == [12, 11]
    assert (
        next(one for one in state.columns if one.id == "arrived").summary == "longest wait 12 min"
    )


@pytest.mark.parametrize(("minutes", "overdue"), [(29, False), (30, True)])
def test_a_wait_beyond_the_promise_is_overdue(minutes: float, overdue: bool) -> None:
    assert only(board([fact(arrival())], minutes=minutes), "a").overdue is overdue


def test_needs_are_those_on_record_and_stated_without_those_taken_back() -> None:
    facts = [
        fact(arrival()),
        fact(NeedStated(need="quiet", note="after ten"), minute=1),
        fact(NeedStated(need="hearing", stated=False), minute=1),
        fact(NeedStated(need="something-new"), minute=1),
    ]
    chips = only(board(facts, minutes=2), "a").needs
    assert [(chip.id, chip.text, chip.note) for chip in chips] == [
        ("quiet", NEEDS["quiet"].staff, "after ten"),
        ("something-new", "something new", ""),
    ]


def test_a_language_that_is_not_the_practices_own_is_said_in_words() -> None:
    facts = [fact(SessionStarted(language="en")), fact(arrival())]
    assert only(board(facts), "a").language_text == "speaks Arabic"
    facts = [fact(SessionStarted(language="es")), fact(arrival("b"))]
    assert only(board(facts), "b").language_text == "speaks Spanish"
    assert only(board(), "b").language_text == ""


@pytest.mark.parametrize(
    ("status", "column_id"),
    [
        (VisitStatus.ARRIVED, "arrived"),
        (VisitStatus.CHECKED_IN, "checked-in"),
        (VisitStatus.READY, "checked-in"),
        (VisitStatus.IN_PROGRESS, "in-progress"),
        (VisitStatus.DONE, "over"),
        (VisitStatus.NO_SHOW, "over"),
        (VisitStatus.LEFT, "over"),
        (VisitStatus.BOOKED, "expected"),
    ],
)
def test_every_status_has_its_column_and_its_ways_on(status: VisitStatus, column_id: str) -> None:
    facts = [fact(arrival()), fact(moved(status), minute=1)]
    (card,) = [one for one in column(board(facts), column_id) if one.appointment == "a"]
    assert card.status_text
    assert card.moves
    assert status not in {move.status for move in card.moves}


def test_what_the_practices_system_says_shows_until_something_happens_here() -> None:
    there = replace(ADA, status=AppointmentStatus.ARRIVED)
    assert only(board(today=(there,)), "a").status is VisitStatus.ARRIVED
    undone = [fact(arrival()), fact(ArrivalVoided(session=session(1), reason="x"), minute=1)]
    assert only(board(undone, today=(there,)), "a").status is VisitStatus.BOOKED


def test_an_arrival_set_by_staff_can_be_taken_back_by_a_move() -> None:
    card = only(board([fact(moved(VisitStatus.ARRIVED))]), "a")
    assert card.undoable == ""
    assert VisitStatus.BOOKED in {move.status for move in card.moves}


def test_somebody_who_came_too_early_is_noted_and_looked_at_until_they_arrive() -> None:
    tried = fact(ScanRefused(reason=Outcome.TOO_EARLY, appointment="a"))
    state = board([tried], minutes=1)
    assert [note.text for note in only(state, "a").notes] == ["came too early"]
    (look,) = state.attention
    assert (look.kind, look.title) == ("refused", "Example, Ada, 12:10: came too early")
    assert board([tried, fact(arrival(), minute=2, of=2)], minutes=3).attention == ()
    assert board([tried], minutes=61).attention == ()


def test_codes_a_kiosk_cannot_read_are_worth_a_look_when_there_are_many() -> None:
    failed = [
        fact(ScanRefused(reason="unreadable"), minute=number, of=number) for number in range(1, 4)
    ]
    assert board(failed[:2], minutes=4).attention == ()
    (look,) = board(failed, minutes=4).attention
    assert look.title == "Kiosk 1 could not read 3 codes"


def test_codes_made_to_do_harm_and_people_not_found_are_one_line_for_each_kiosk() -> None:
    strange = [fact(ScanRefused(reason="hostile"), minute=n / 100, of=n) for n in range(1, 121)]
    missed = fact(ScanRefused(reason=Outcome.NOT_FOUND, how="typed"), minute=3, of=200)
    person = fact(ArrivalUnmatched(typed_name="Ada Example"), minute=0, of=300)
    looks = board([*strange, missed, person], minutes=5).attention
    assert [look.title for look in looks] == [
        "Kiosk 1 could not find 1 of the people who typed their name",
        "Kiosk 1 was shown 120 codes made to do harm",
        "Who is this?",
    ]


def test_a_person_without_a_match_is_waiting_and_asked_about() -> None:
    given = ArrivalUnmatched(typed_name="Ada Example")
    state = board([fact(given)], minutes=5)
    (card,) = column(state, "arrived")
    assert (card.appointment, card.name, card.waiting_minutes) == ("", "Ada Example", 5)
    (look,) = state.attention
    assert [one.appointment for one in look.candidates] == ["a"]
    assert look.candidates[0].fits == ("name",)


def test_a_shown_code_is_a_hint_for_who_it_may_be() -> None:
    facts = [fact(ArrivalUnmatched(pass_code="K1"))]
    state = show(replace(inputs(facts), claims={session(1): "b"}))
    assert [(one.appointment, one.fits) for one in state.attention[0].candidates] == [
        ("b", ("pass",))
    ]


def test_an_arrival_the_schedule_does_not_know_is_a_conflict() -> None:
    (look,) = board([fact(arrival("unknown"))], minutes=1).attention
    assert (look.kind, look.appointment) == ("conflict", "unknown")
    moved_away = replace(ADA, start=NOON + timedelta(days=3))
    state = show(replace(inputs([fact(arrival())], today=(BEN,)), others={"a": moved_away}))
    assert "another day" in state.attention[0].title


def test_an_arrival_of_another_day_that_came_late_is_no_conflict() -> None:
    old = fact(arrival("a"), minute=-60 * 30, late_min=60 * 30)
    yesterday = replace(ADA, start=NOON - timedelta(hours=30))
    state = show(replace(inputs([old], today=(BEN,)), others={"a": yesterday}))
    assert state.attention == ()


def test_calls_for_help_are_oldest_first_with_who_where_and_language() -> None:
    facts = [
        fact(HelpRequested(step="name", language="hi"), minute=2, of=2),
        fact(HelpRequested(step="dob", reason="three-tries"), minute=1),
        fact(arrival(), minute=0),
    ]
    calls = board(facts, minutes=3).helps
    assert [call.age_seconds for call in calls] == [120, 60]
    assert calls[1].language_text == "speaks Hindi"
    assert "could not show who they are" in calls[0].text


def test_a_kiosk_that_is_silent_for_three_minutes_is_offline() -> None:
    silent = a_device(last_seen=NOON - timedelta(minutes=3, seconds=1), queue=2, parked=1)
    state = show(replace(inputs(), devices=[silent]))
    assert {look.kind for look in state.attention} == {"kiosk-offline", "parked"}
    assert state.kiosks[0].online is False
    fresh = a_device(enrolled=NOON - timedelta(minutes=2))
    assert show(replace(inputs(), devices=[fresh])).attention == ()


def test_what_the_desk_could_not_take_is_shown_without_its_content() -> None:
    refused = Refused(3, "/kiosks/k-1", "coffee.made", "unknown-type", NOON)
    (look,) = show(replace(inputs(), refused=[refused])).attention
    assert look.detail == "coffee.made: unknown type; it is kept at the kiosk"


def test_finishing_at_the_kiosk_is_said_and_an_offline_arrival_is_marked() -> None:
    facts = [
        fact(arrival(online=False, confirmed=False)),
        fact(IntakeCompleted(appointment="a"), minute=1),
    ]
    card = only(board(facts, minutes=2), "a")
    assert card.finished
    assert [note.code for note in card.notes] == ["unconfirmed"]


def test_no_representation_shows_a_person() -> None:
    facts = [fact(arrival()), fact(ArrivalUnmatched(typed_name="Canary Bird"), of=2)]
    facts_input = inputs(facts)
    state = show(facts_input)
    for text in (repr(state), str(state), repr(facts_input.day), repr(state.columns)):
        assert not any(name in text for name in ("Canary", "Example", "Ada"))


def test_the_sample_day_fits_on_a_board() -> None:
    rows = tuple(sample.day(PRACTICE, "01", NOON))
    state = board(today=rows)
    assert sum(len(one.cards) for one in state.columns) == len(rows)
    assert BoardState.model_validate_json(state.model_dump_json()) == state
