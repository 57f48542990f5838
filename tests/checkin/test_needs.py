"""What a touch on a need does at once, what it leads to, and what staff hear when."""

from dataclasses import replace

import pytest

from kiosk.checkin import CheckIn
from kiosk.domain.event import AnswersRecorded, Data, HelpRequested, IntakeCompleted, NeedStated
from kiosk.domain.outcome import Outcome

from .hands import START, Hands, details, practice, reached

SESSION_SAYS = (AnswersRecorded, NeedStated, IntakeCompleted)


@pytest.fixture
def hands() -> Hands:
    """A person who is asked what would help."""
    return Hands(parts=("needs",)).identified()


def stated(hands: Hands) -> list[tuple[str, bool]]:
    return [(body.need, body.stated) for body in hands.facts if isinstance(body, NeedStated)]


def answers(hands: Hands) -> list[dict[str, object]]:
    return [dict(body.answers) for body in hands.facts if isinstance(body, AnswersRecorded)]


def said(hands: Hands) -> list[type[Data]]:
    return [type(body) for body in hands.facts if isinstance(body, SESSION_SAYS)]


def chosen(hands: Hands, node: str) -> bool:
    found = hands.view.node(node)
    assert found is not None, node
    return "chosen" in found.state


def test_a_group_opens_and_closes_and_keeps_what_was_chosen_in_it(hands: Hands) -> None:
    hands.press("group-calm")
    assert hands.step == "group"
    assert hands.press("need-quiet").view.modes == ("calm",)
    assert hands.press("go-on").step == "needs"
    assert chosen(hands, "group-calm")
    assert chosen(hands.press("group-calm"), "need-quiet")


@pytest.mark.parametrize("way", [("help", "go-on"), ("ways", "go-on"), ("language", "language-es")])
def test_what_opens_above_a_group_gives_the_group_back(hands: Hands, way: tuple[str, ...]) -> None:
    hands.press("group-calm", "need-quiet", *way)
    assert hands.step == "group"
    assert chosen(hands, "need-quiet")


def test_a_warning_above_a_group_loses_nothing_either(hands: Hands) -> None:
    hands.press("group-seeing", "need-braille").wait(61)
    assert hands.step == "still-there"
    assert chosen(hands.press("stay"), "need-braille")


def test_the_next_person_finds_no_group_open(hands: Hands) -> None:
    hands.press("group-seeing").wait(61).wait(46)
    assert hands.step == "welcome"
    assert hands.identified().step == "needs"


@pytest.mark.parametrize(("need", "mode"), [("sight", "extra-large"), ("step-free", "low-reach")])
def test_n_c_one_touch_on_a_need_changes_the_screen(need: str, mode: str) -> None:
    hands = Hands(parts=("needs",)).identified()
    hands.press("group-seeing" if need == "sight" else "group-moving")
    assert mode in hands.press(f"need-{need}").view.modes


def test_n_c_a_need_for_an_interpreter_offers_the_languages_and_loses_nothing(hands: Hands) -> None:
    hands.touch("quiet").press("group-language", "need-interpreter")
    assert hands.step == "languages"
    hands.press("language-ar")
    assert (hands.step, hands.view.language) == ("group", "ar")
    assert chosen(hands, "need-interpreter")
    hands.press("go-on")
    assert chosen(hands, "group-calm")
    hands.press("group-language", "need-interpreter")
    assert hands.step == "group"  # taken back: there is nothing to pick


def test_where_one_language_is_spoken_none_is_offered() -> None:
    made = practice("needs")
    alone = made.policy.practice.model_copy(update={"languages": ("en",)})
    made = replace(made, policy=made.policy.model_copy(update={"practice": alone}))
    hands = Hands(parts=("needs",))
    hands.checkin = CheckIn(made, START)
    hands.identified().press("group-language", "need-interpreter")
    assert hands.step == "group"


def test_a_person_who_cannot_see_or_hear_gets_a_person_at_once(hands: Hands) -> None:
    hands.press("group-hearing", "need-touch")
    assert hands.step == "help-told"
    call = next(body for body in hands.facts if isinstance(body, HelpRequested))
    assert (call.reason, call.step, call.appointment) == ("asked", "needs", "a-1")
    assert stated(hands) == [("touch", True)]  # who comes knows how to speak to them
    hands.press("go-on")
    assert chosen(hands, "need-touch")


def test_a_need_that_called_staff_can_be_taken_back(hands: Hands) -> None:
    hands.press("group-hearing", "need-touch", "go-on", "need-touch", "go-on", "next").keep()
    assert hands.step == "done"
    assert stated(hands) == [("touch", True), ("touch", False)]


def test_what_may_be_kept_is_asked_once_and_the_answer_recorded(hands: Hands) -> None:
    hands.touch("quiet", "hearing").press("next").keep()
    assert hands.step == "keep-needs"
    hands.press("answer-yes").keep()
    assert hands.step == "done"
    assert answers(hands) == [{"needs": ["hearing", "quiet"], "keep-needs": "yes"}]


def test_who_leaves_at_the_question_of_keeping_is_helped_today_and_nothing_is_kept(
    hands: Hands,
) -> None:
    hands.touch("quiet").press("next").keep().wait(61).wait(46)
    assert hands.step == "welcome"
    assert stated(hands) == [("quiet", True)]
    assert answers(hands) == []
    assert hands.types[-1] == "session.abandoned"


def test_what_is_about_today_or_known_already_is_not_asked_about() -> None:
    known = reached(Outcome.IN_TIME, details=details(needs=("hearing",)))
    hands = Hands(parts=("needs",)).identified(known)
    hands.touch("assistance-dog").press("next").keep()
    assert hands.step == "done"
    assert answers(hands) == [{"needs": ["assistance-dog", "hearing"]}]


def test_who_is_with_the_patient_is_asked_only_of_those_who_are_not_alone(hands: Hands) -> None:
    hands.touch("companion").press("next").keep()
    assert hands.step == "who"
    hands.press("answer-carer").keep()
    assert hands.step == "done"
    assert answers(hands) == [{"needs": ["companion"], "who": "carer"}]


def test_staff_hear_of_needs_before_the_questions_that_follow(hands: Hands) -> None:
    hands.touch("companion", "quiet").press("next").keep()
    assert stated(hands) == [("companion", True), ("quiet", True)]
    hands.press("answer-friend").keep()
    assert said(hands) == [NeedStated, NeedStated]
    hands.press("answer-today").keep()
    assert said(hands) == [NeedStated, NeedStated, AnswersRecorded, IntakeCompleted]


def test_back_from_a_question_leads_to_the_needs_as_they_were(hands: Hands) -> None:
    hands.touch("companion", "quiet").press("next").keep().press("answer-friend", "back", "back")
    assert hands.step == "needs"
    assert chosen(hands, "group-company")
    hands.touch("companion").press("next").keep()
    assert hands.step == "keep-needs"
    hands.press("answer-today").keep()
    assert answers(hands) == [{"needs": ["quiet"], "keep-needs": "today"}]
    assert stated(hands)[-2:] == [("quiet", True), ("companion", False)]


def test_nobody_is_thanked_before_the_last_answer_is_kept(hands: Hands) -> None:
    hands.touch("quiet").press("next").keep().press("answer-yes")
    assert hands.step == "keep-needs"
    assert hands.keep().step == "done"


def test_an_answer_that_is_not_offered_answers_nothing(hands: Hands) -> None:
    hands.touch("quiet").press("next").keep()
    before = hands.view
    assert hands.force("answer-carer").force("answer-").force("next").view == before


def test_a_need_that_was_never_stated_is_not_taken_back(hands: Hands) -> None:
    hands.touch("quiet", "quiet").press("next").keep()
    assert stated(hands) == []
