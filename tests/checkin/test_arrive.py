"""What each outcome records, and how often somebody nobody could be asked about is kept."""

from datetime import date

import pytest

from kiosk.domain import passcode
from kiosk.domain.event import (
    ArrivalRecorded,
    ArrivalUnmatched,
    HelpRequested,
    NeedStated,
    ScanRefused,
)
from kiosk.domain.identify import Answer, Details
from kiosk.domain.outcome import ARRIVES, EXPLAINED, Outcome

from .hands import BORN, CODE, CUT_OFF, IN_TIME, NOON, Hands, details, reached

PLAIN = Details(appointment="a-1", start=NOON)


@pytest.fixture
def hands() -> Hands:
    return Hands()


def codes(number: int) -> list[str]:
    return [passcode.build("MA", f"{n:020}") for n in range(number)]


@pytest.mark.parametrize("outcome", sorted(ARRIVES))
def test_who_may_check_in_is_recorded_as_arrived(hands: Hands, outcome: Outcome) -> None:
    hands.identified(reached(outcome))
    assert hands.facts[-1] == ArrivalRecorded(appointment="a-1", outcome=outcome)


def test_offline_the_arrival_is_sent_as_unconfirmed(hands: Hands) -> None:
    hands.identified(Answer(outcome=Outcome.IN_TIME, online=False, details=PLAIN))
    assert hands.step == "needs"
    recorded = hands.facts[-1]
    assert isinstance(recorded, ArrivalRecorded)
    assert (recorded.online, recorded.confirmed) == (False, False)


@pytest.mark.parametrize("outcome", sorted(EXPLAINED))
def test_an_outcome_with_a_reason_tells_staff_which(hands: Hands, outcome: Outcome) -> None:
    hands.identified(reached(outcome, details=PLAIN))
    assert hands.step == "outcome"
    assert hands.facts[-1] == ScanRefused(reason=outcome, appointment="a-1")


def test_the_same_without_a_code_says_that_it_was_typed(hands: Hands) -> None:
    hands.press("no-code").type("Robin").press("next").born()
    query = hands.asked()[0].query
    assert (query.pass_code, query.typed_name, query.birth_date) == ("", "Robin", BORN)
    hands.answer(IN_TIME)
    assert hands.facts[-1] == ArrivalRecorded(
        appointment="a-1", outcome=Outcome.IN_TIME, how="typed"
    )


def test_a_neutral_failure_may_be_tried_again(hands: Hands) -> None:
    hands.press("no-code").type("Robin").press("next").born()
    hands.answer(Answer(outcome=Outcome.NOT_FOUND)).keep()
    assert hands.facts[-1] == ScanRefused(reason=Outcome.NOT_FOUND, how="typed")
    hands.press("again")
    assert hands.step == "welcome"


def test_tries_that_are_used_up_call_a_person(hands: Hands) -> None:
    hands.present().born().answer(Answer(outcome=Outcome.LOCKED, tries_left=0)).keep()
    refused, help_ = hands.facts[-2:]
    assert refused == ScanRefused(reason=Outcome.LOCKED)
    assert isinstance(help_, HelpRequested)
    assert (help_.reason, help_.step) == ("three-tries", "birth-date")
    assert hands.step == "outcome"
    assert hands.view.node("again") is None


def test_who_cannot_be_asked_about_is_kept_for_a_match(hands: Hands) -> None:
    hands.identified(CUT_OFF)
    assert hands.facts[-1] == ArrivalUnmatched(pass_code=CODE, birth_date=BORN)
    assert hands.step == "outcome"


def test_a_typed_name_is_kept_for_a_match_without_any_code(hands: Hands) -> None:
    hands.press("no-code").type("Robin Sample").press("next").born().answer(CUT_OFF).keep()
    assert hands.facts[-1] == ArrivalUnmatched(typed_name="Robin Sample", birth_date=BORN)


def test_a_pass_is_kept_for_a_match_once(hands: Hands) -> None:
    for digits in ("14031984", "15031984", "14031984"):
        hands.present().born(digits).answer(CUT_OFF).keep().press("finish")
    assert hands.types.count("arrival.unmatched") == 1


def test_who_could_not_be_kept_is_not_told_that_they_were(hands: Hands) -> None:
    hands.present().born().answer(CUT_OFF).keep(False).press("finish")
    hands.present().born().answer(CUT_OFF)
    assert hands.step == "birth-date"
    assert hands.types.count("arrival.unmatched") == 2


def test_a_typed_person_is_kept_once_a_day(hands: Hands) -> None:
    def come(name: str) -> None:
        hands.press("no-code").type(name).press("next").born().answer(CUT_OFF).keep()
        hands.press("finish").wait(700)

    for name in ("Robin", "ROBIN", "Robin"):
        come(name)
    assert hands.types.count("arrival.unmatched") == 1
    hands.wait(24 * 3600)
    come("Robin")
    assert hands.types.count("arrival.unmatched") == 2


def test_after_five_in_ten_minutes_a_person_is_called_instead(hands: Hands) -> None:
    first, *_, sixth, seventh = codes(7)
    for code in codes(5):
        hands.scan(code).answer(Answer()).keep().born().answer(CUT_OFF).keep().press("finish")
    hands.scan(sixth).answer(Answer()).keep().born().answer(CUT_OFF).keep()
    assert hands.types.count("arrival.unmatched") == 5
    help_ = hands.facts[-1]
    assert isinstance(help_, HelpRequested)
    assert help_.reason == "locked"
    heading = hands.view.node("heading")
    assert heading is not None
    assert heading.text == "Let us get a person to help."
    hands.press("finish").wait(600)
    hands.scan(seventh).answer(Answer()).keep().born().answer(CUT_OFF).keep()
    assert hands.types.count("arrival.unmatched") == 6
    assert first != seventh


def test_needs_on_record_are_chosen_already_and_can_be_taken_back(hands: Hands) -> None:
    hands.identified(reached(Outcome.IN_TIME, details=details(needs=("hearing", "moonboots"))))
    hands.press("next").keep().press("need-hearing").touch("quiet").press("next").keep()
    said = [body for body in hands.facts if isinstance(body, NeedStated)]
    assert [(body.need, body.stated) for body in said] == [("quiet", True), ("hearing", False)]


def test_a_need_this_kiosk_does_not_know_is_left_on_record(hands: Hands) -> None:
    hands.identified(reached(Outcome.IN_TIME, details=details(needs=("moonboots",))))
    hands.press("next").keep().press("next").keep()
    assert not [body for body in hands.facts if isinstance(body, NeedStated)]


def test_a_need_stated_and_then_taken_back_in_one_visit_is_taken_back_at_the_desk() -> None:
    hands = Hands(parts=("needs", "contact")).identified()
    hands.touch("quiet").press("next").keep()
    hands.press("back").touch("quiet").press("next").keep()
    said = [body for body in hands.facts if isinstance(body, NeedStated)]
    assert [(body.need, body.stated) for body in said] == [("quiet", True), ("quiet", False)]


def test_a_practice_that_asks_nothing_is_done_with_the_arrival() -> None:
    hands = Hands(parts=()).identified()
    assert hands.step == "done"
    assert hands.types[-2:] == ["arrival.recorded", "intake.completed"]
    hands.wait(20)
    assert "session.abandoned" not in hands.types


def test_the_date_asked_is_the_date_typed_in_every_language() -> None:
    for language, digits in (("en", "14031984"), ("ar", "14031984"), ("zh-Hans", "19840314")):
        hands = Hands().present(Answer(language=language)).born(digits)
        assert hands.asked()[0].query.birth_date == date(1984, 3, 14), language
