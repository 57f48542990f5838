"""The fold of facts into visits: what it promises for any order, and what each rule means."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.course import NOT_HERE
from kiosk.desk.fold import fold
from kiosk.desk.turn import Fact
from kiosk.domain.appointment import VisitStatus
from kiosk.domain.event import (
    AnswersRecorded,
    ArrivalUnmatched,
    ArrivalVoided,
    HelpAcknowledged,
    HelpRequested,
    IntakeCompleted,
    MatchMade,
    NeedStated,
    ScanRefused,
    SessionAbandoned,
    StatusChanged,
)
from kiosk.domain.outcome import Outcome

from .facts import arrival, days, fact, session
from .support import NOON

MISTAKE = ArrivalVoided(session=session(1), reason="wrong person")


def moved(status: VisitStatus, appointment: str = "a") -> StatusChanged:
    return StatusChanged(appointment=appointment, status=status)


@given(days(), st.randoms())
def test_any_order_and_any_doubles_fold_into_the_same_day(
    facts: list[Fact], random: object
) -> None:
    shuffled = [*facts, *facts[::2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled) == fold(facts)


@given(days())
def test_at_most_one_arrival_stands_and_all_others_mean_the_same(facts: list[Fact]) -> None:
    for visit in fold(facts).visits.values():
        assert visit.standing not in visit.same_as
        assert len(set(visit.same_as)) == len(visit.same_as)
        assert visit.standing or not visit.same_as
        assert visit.standing not in visit.voided


@given(days())
def test_every_unvoided_arrival_is_found_again(facts: list[Fact]) -> None:
    day = fold(facts)
    for turn in day.turns:
        for appointment in turn.appointments:
            visit = day.visits[appointment]
            if turn.voided_at is not None:
                assert turn.session in visit.voided
            elif turn.arrived(appointment):
                assert turn.session in {visit.standing, *visit.same_as}
                arrived = turn.arrived(appointment)
                assert arrived
                assert visit.arrived_at
                assert visit.arrived_at <= arrived


@given(days(), days())
def test_voiding_is_final_whatever_the_session_says_later(
    facts: list[Fact], more: list[Fact]
) -> None:
    known = [*facts, fact(MISTAKE, minute=3, late_min=60, user="noor")]
    later = [
        replace(one, received=one.received + timedelta(hours=2))
        for one in more
        if one.event.subject == session(1) and not one.by_staff
    ]
    before, after = fold(known), fold([*known, *later])
    for appointment, visit in after.visits.items():
        was = before.visits.get(appointment)
        assert visit.status == (was.status if was else VisitStatus.BOOKED)
        assert visit.standing == (was.standing if was else None)
        assert session(1) not in visit.sessions


@given(days())
def test_somebody_who_waits_for_a_match_is_in_no_visit(facts: list[Fact]) -> None:
    day = fold(facts)
    standing = {visit.standing for visit in day.visits.values()}
    assert all(visit.standing not in standing for visit in day.unmatched)


def test_an_arrival_is_arrived_and_completing_it_is_checked_in() -> None:
    facts = [fact(arrival())]
    assert fold(facts).visits["a"].status is VisitStatus.ARRIVED
    facts.append(fact(IntakeCompleted(appointment="a"), minute=2))
    visit = fold(facts).visits["a"]
    assert (visit.status, visit.finished) == (VisitStatus.CHECKED_IN, True)
    assert visit.arrived_at == NOON


def test_the_time_is_corrected_by_the_clock_offset_and_never_in_the_future() -> None:
    slow = fact(arrival(), minute=5, offset_ms=240_000)
    assert slow.event.time == NOON + timedelta(minutes=1)
    assert fold([slow]).visits["a"].arrived_at == NOON + timedelta(minutes=5)
    ahead = fact(arrival("b"), minute=0, late_min=-30)
    assert fold([ahead]).visits["b"].arrived_at == ahead.received


def test_answers_that_come_before_their_arrival_wait_in_their_session() -> None:
    answers = fact(AnswersRecorded(part="contact", revision=1, answers={"phone": "55"}), minute=1)
    assert fold([answers]).visits == {}
    visit = fold([answers, fact(arrival())]).visits["a"]
    assert [part.answers["phone"] for part in visit.answers] == ["55"]


def test_the_highest_revision_of_a_part_stands() -> None:
    facts = [
        fact(AnswersRecorded(part="contact", revision=2, answers={"phone": "2"}), minute=1),
        fact(AnswersRecorded(part="contact", revision=1, answers={"phone": "1"}), minute=2),
        fact(arrival()),
    ]
    assert fold(facts).visits["a"].answers[0].answers == {"phone": "2"}


def test_the_earliest_of_two_arrivals_stands_and_the_other_means_the_same() -> None:
    facts = [fact(arrival(), minute=5, of=1), fact(arrival(), minute=3, of=2, kiosk="k-2")]
    visit = fold(facts).visits["a"]
    assert (visit.standing, visit.same_as) == (session(2), (session(1),))
    assert visit.source == "/kiosks/k-2"


def test_undoing_an_arrival_puts_the_visit_back_to_booked() -> None:
    facts = [fact(arrival()), fact(moved(VisitStatus.READY), minute=1), fact(MISTAKE, minute=2)]
    visit = fold(facts).visits["a"]
    assert (visit.status, visit.arrived_at, visit.voided) == (
        VisitStatus.BOOKED,
        None,
        (session(1),),
    )


def test_late_events_of_a_voided_session_are_listed_and_change_nothing() -> None:
    facts = [fact(MISTAKE, minute=2), fact(arrival()), fact(IntakeCompleted(), minute=9)]
    day = fold(facts)
    assert day.visits["a"].status is VisitStatus.BOOKED
    assert [turn.session for turn in day.turns] == [session(1)]


def test_a_new_session_after_an_undo_counts() -> None:
    facts = [fact(arrival()), fact(MISTAKE, minute=2), fact(arrival(), minute=4, of=2)]
    visit = fold(facts).visits["a"]
    assert (visit.status, visit.standing) == (VisitStatus.ARRIVED, session(2))
    assert visit.arrived_at == NOON + timedelta(minutes=4)


def test_undoing_one_of_two_arrivals_leaves_the_other() -> None:
    facts = [
        fact(arrival(), of=1),
        fact(arrival(), minute=1, of=2),
        fact(moved(VisitStatus.READY), minute=2),
        fact(MISTAKE, minute=3),
    ]
    visit = fold(facts).visits["a"]
    assert (visit.status, visit.standing) == (VisitStatus.READY, session(2))


def test_staff_move_a_visit_on_and_the_kiosk_does_not_pull_it_back() -> None:
    facts = [
        fact(arrival()),
        fact(moved(VisitStatus.IN_PROGRESS), minute=5),
        fact(IntakeCompleted(), minute=6),
        fact(arrival(), minute=7, of=2),
    ]
    visit = fold(facts).visits["a"]
    assert visit.status is VisitStatus.IN_PROGRESS
    assert visit.seen_at == NOON + timedelta(minutes=5)


def test_an_arrival_after_no_show_counts_and_one_before_it_does_not() -> None:
    no_show = fact(moved(VisitStatus.NO_SHOW), minute=5)
    assert fold([no_show, fact(arrival(), minute=6)]).visits["a"].status is VisitStatus.ARRIVED
    assert fold([no_show, fact(arrival(), minute=4)]).visits["a"].status is VisitStatus.NO_SHOW


def test_staff_can_check_somebody_in_without_a_kiosk() -> None:
    visit = fold([fact(moved(VisitStatus.ARRIVED), minute=3)]).visits["a"]
    assert (visit.how, visit.standing, visit.source) == ("staff", None, "/staff/maya")
    assert visit.arrived_at == NOON + timedelta(minutes=3)


def test_a_person_without_a_match_waits_until_somebody_says_who_it_is() -> None:
    unmatched = fact(ArrivalUnmatched(typed_name="Somebody"), minute=1)
    day = fold([unmatched])
    assert [visit.standing for visit in day.unmatched] == [session(1)]
    matched = fold([unmatched, fact(MatchMade(session=session(1), appointment="a"), minute=9)])
    assert matched.unmatched == ()
    visit = matched.visits["a"]
    assert (visit.status, visit.matched) == (VisitStatus.ARRIVED, True)
    assert visit.arrived_at == NOON + timedelta(minutes=1)


def test_a_match_may_be_corrected_and_an_undo_takes_the_person_off_the_list() -> None:
    unmatched = fact(ArrivalUnmatched(typed_name="Somebody"), minute=1)
    first = fact(MatchMade(session=session(1), appointment="a"), minute=2)
    second = fact(MatchMade(session=session(1), appointment="b"), minute=3)
    day = fold([unmatched, first, second])
    assert "a" not in day.visits
    assert day.visits["b"].standing == session(1)
    undone = fold([unmatched, fact(MISTAKE, minute=4)])
    assert (undone.unmatched, undone.visits) == ((), {})


def test_needs_are_added_and_taken_back() -> None:
    facts = [
        fact(arrival()),
        fact(NeedStated(need="hearing"), minute=1),
        fact(NeedStated(need="quiet"), minute=1),
        fact(NeedStated(need="hearing", stated=False), minute=2),
    ]
    said = {one.need: one.stated for one in fold(facts).visits["a"].needs}
    assert said == {"hearing": False, "quiet": True}


def test_somebody_who_walks_away_is_arrived_and_unfinished() -> None:
    facts = [fact(arrival()), fact(SessionAbandoned(step="phone", reason="idle"), minute=2)]
    visit = fold(facts).visits["a"]
    assert (visit.status, visit.unfinished, visit.finished) == (
        VisitStatus.ARRIVED,
        "phone",
        False,
    )


def test_a_call_for_help_is_open_until_somebody_goes() -> None:
    call = fact(HelpRequested(step="name", language="ar"))
    assert [one.event for one in fold([call]).helps] == [call.event.id]
    assert fold([call, fact(HelpAcknowledged(event=call.event.id), minute=1)]).helps == ()


def test_a_refused_try_is_remembered_with_its_appointment_and_is_no_arrival() -> None:
    visit = fold([fact(ScanRefused(reason=Outcome.TOO_EARLY, appointment="a"))]).visits["a"]
    assert [flag.code for flag in visit.flags] == ["too-early"]
    assert visit.status in NOT_HERE
