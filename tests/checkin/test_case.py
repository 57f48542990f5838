"""CheckIn, one press at a time: nobody is thanked before it is kept, nothing stale comes back."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from kiosk.checkin import Moment, Record
from kiosk.domain.event import (
    AnswersRecorded,
    ArrivalRecorded,
    HelpRequested,
    ScanRefused,
    SessionAbandoned,
    SessionStarted,
)
from kiosk.domain.identify import Answer
from kiosk.domain.outcome import Outcome

from .hands import BORN, CODE, CUT_OFF, IN_TIME, MISMATCH, NEW, Hands, details, reached

DONE = "done"


@pytest.fixture
def hands() -> Hands:
    return Hands()


def heading(hands: Hands) -> str:
    found = hands.view.node("heading")
    assert found is not None
    return found.text


def note(hands: Hands) -> str:
    found = hands.view.node("note")
    return found.text if found else ""


def test_a_check_in_by_code_from_hello_to_done(hands: Hands) -> None:
    hands.scan()
    assert hands.view.node("camera").state == ("read",)  # type: ignore[union-attr]
    hands.answer(NEW)
    assert hands.step == "birth-date"
    hands.born()
    (question,) = hands.asked()
    assert (question.query.pass_code, question.query.birth_date) == (CODE, BORN)
    hands.answer(IN_TIME).keep()
    assert hands.step == "still-right"
    hands.press("next").keep().press("next").keep()
    assert hands.step == DONE
    assert heading(hands) == "You are checked in, Robin."
    assert hands.types == [
        "session.started",
        "arrival.recorded",
        "answers.recorded",
        "answers.recorded",
        "intake.completed",
    ]


def test_the_arrival_is_kept_before_anything_else_is_asked(hands: Hands) -> None:
    hands.present().born().answer(IN_TIME)
    assert hands.step == "birth-date"
    (record,) = [one for one in hands.open if isinstance(one, Record)]
    assert isinstance(record.bodies[0], ArrivalRecorded)
    hands.settle(record, True)
    assert hands.step == "still-right"


def test_nobody_is_thanked_before_the_last_fact_is_kept(hands: Hands) -> None:
    hands.identified().press("next").keep().press("next")
    assert hands.step == "needs"
    hands.wait(5)
    assert hands.step == "one-moment"
    hands.keep()
    assert hands.step == DONE


def test_an_answer_that_takes_long_shows_one_moment(hands: Hands) -> None:
    hands.present().born().wait(0.3)
    assert hands.step == "birth-date"
    hands.wait(0.2)
    assert hands.step == "one-moment"
    hands.answer(IN_TIME).keep()
    assert hands.step == "still-right"


@pytest.mark.parametrize("node", ["next", "key-1", "field-day", "back", "no-code", "stay"])
def test_while_an_answer_is_awaited_presses_change_nothing(hands: Hands, node: str) -> None:
    hands.present().born()
    before, made = hands.view, len(hands.made)
    hands.force(node).force(node)
    assert hands.view == before
    assert len(hands.made) == made


@pytest.mark.parametrize(
    "node", ["next", "finish", "change-phone", "need-quiet", "key-1", "help-told", "", "leave", "x"]
)
def test_what_is_not_on_the_screen_cannot_be_pressed(hands: Hands, node: str) -> None:
    before = hands.view
    hands.force(node)
    assert (hands.view, hands.made) == (before, [])


def test_a_code_counts_only_while_one_is_asked_for(hands: Hands) -> None:
    hands.present()
    assert not hands.checkin.wants_codes
    hands.scan()
    assert hands.asked() == []
    hands.press("help").scan()
    assert hands.step == "help-told"
    assert hands.asked() == []


def test_a_second_code_in_front_of_the_camera_starts_nothing_new(hands: Hands) -> None:
    hands.scan().scan()
    assert len(hands.asked()) == 1
    assert hands.types == ["session.started"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://example.org/x", "foreign"),
        ("K1MA", "unreadable"),
        ("\x00\x1b[2J", "hostile"),
        ("KE1:https://desk.example|-|ABCDEFGH", "enrolment"),
        ("'; DROP TABLE row; --" * 200, "foreign"),
        ("[b]big[/b]", "foreign"),
        ("\u202eabc", "hostile"),
    ],
)
def test_a_code_that_is_no_pass_is_told_calmly_and_its_text_kept_nowhere(
    hands: Hands, text: str, reason: str
) -> None:
    hands.scan(text)
    assert hands.step == "welcome"
    assert "can't read this code" in note(hands)
    (refused,) = hands.facts
    assert isinstance(refused, ScanRefused)
    assert refused.reason == reason
    assert text not in refused.model_dump_json()
    assert refused.length == min(len(text), 9999)
    hands.wait(7)
    assert note(hands) == ""
    assert hands.checkin.wants_codes


def test_answers_of_an_ended_session_are_dropped(hands: Hands) -> None:
    hands.present().born()
    (question,) = hands.asked()
    hands.wait(0.5).press("help").press("go-on")
    hands.wait(30)  # nobody answered: the kiosk gives up
    assert hands.step == "fault"
    hands.press("finish").keep()
    assert hands.step == "welcome"
    before = hands.view
    hands.settle(question, IN_TIME)
    assert hands.view == before


def test_a_record_that_an_ended_session_lost_disturbs_nobody_else(hands: Hands) -> None:
    hands.present().press("back")
    (gone,) = [one for one in hands.open if isinstance(one, Record)]
    assert isinstance(gone.bodies[0], SessionAbandoned)
    hands.scan().answer(NEW)
    hands.settle(gone, False)
    assert hands.step == "birth-date"


REFUSALS: dict[str, Callable[[Hands], object]] = {
    "the start": lambda hands: hands.scan(),
    "the arrival": lambda hands: hands.present().born().answer(IN_TIME),
    "the last answers": lambda hands: hands.identified().press("next").keep().press("next"),
    "a call for help": lambda hands: hands.present().press("help"),
    "to be matched": lambda hands: hands.present().born().answer(CUT_OFF),
    "no code": lambda hands: hands.press("no-code"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_a_disk_that_refuses_is_told_calmly_and_thanks_for_nothing(hands: Hands, what: str) -> None:
    REFUSALS[what](hands)
    hands.keep(False)
    assert hands.step == "fault"
    assert "desk" in heading(hands)
    hands.press("finish")
    assert hands.step == "welcome"


@pytest.mark.parametrize(
    "way",
    [
        ("language", "go-on"),
        ("language", "language-es"),
        ("help", "go-on"),
        ("text-size", "text-size", "finish"),
    ],
)
def test_no_way_leads_around_a_fault_to_being_thanked(hands: Hands, way: tuple[str, ...]) -> None:
    hands.present().born().answer(IN_TIME).keep(False)
    for node in way:
        hands.press(node).keep()
    assert hands.step in {"welcome", "fault"}


def test_after_a_fault_the_desk_hears_of_it_if_it_can(hands: Hands) -> None:
    hands.present().born().answer(IN_TIME).keep(False)
    help_, gone = hands.facts[-2:]
    assert isinstance(help_, HelpRequested)
    assert help_.reason == "fault"
    assert isinstance(gone, SessionAbandoned)
    hands.keep(False)  # the disk still refuses: nothing more can be done, and nothing loops
    assert hands.open == []
    assert hands.step == "fault"


def test_a_kiosk_that_cannot_work_says_so_and_asks_for_nothing() -> None:
    hands = Hands(fault="storage")
    assert hands.step == "out-of-order"
    hands.scan().force("help").force("no-code").wait(1000).device(camera="lost", online=False)
    assert hands.step == "out-of-order"
    assert hands.made == []
    assert not hands.checkin.wants_codes


def test_after_the_code_alone_only_language_and_modes_are_applied(hands: Hands) -> None:
    greeting = Answer(language="ar", modes=("extra-large",), details=details())
    hands.present(greeting)
    assert (hands.view.language, hands.view.direction) == ("ar", "rtl")
    assert hands.view.modes == ("extra-large",)
    assert "Robin" not in " ".join(node.spoken for node in hands.view.nodes)


def test_a_greeting_that_comes_late_is_still_heard(hands: Hands) -> None:
    hands.scan().wait(0.3)
    assert (hands.step, hands.view.language) == ("birth-date", "en")
    hands.answer(Answer(language="zh-Hans"))
    assert hands.view.language == "zh-Hans"
    fields = [node.id for node in hands.view.nodes if node.id.startswith("field-")]
    assert fields == ["field-year", "field-month", "field-day"]


def test_a_greeting_that_comes_in_the_middle_of_a_date_keeps_what_was_typed(hands: Hands) -> None:
    hands.scan().wait(0.3).type("1403").answer(Answer(language="zh-Hans"))
    assert hands.view.language == "zh-Hans"
    assert hands.type("1984").press("next").asked()[0].query.birth_date == BORN


def test_a_language_that_was_chosen_outranks_the_record(hands: Hands) -> None:
    hands.press("language-es").present(Answer(language="ar"))
    assert hands.view.language == "es"


def test_a_language_the_practice_does_not_offer_is_not_applied(hands: Hands) -> None:
    hands.present(Answer(language="fr"))
    assert hands.view.language == "en"


def test_a_date_that_does_not_match_may_be_typed_again(hands: Hands) -> None:
    hands.present().born("15031984").answer(MISMATCH)
    assert (hands.step, note(hands)) == ("birth-date", "That does not match. Please try again.")
    assert all(node.value == "" for node in hands.view.nodes if node.id.startswith("field-"))
    hands.born()
    assert hands.asked()[0].query.birth_date == BORN


@pytest.mark.parametrize(
    ("digits", "said"),
    [("", "Please type the day"), ("1403", "Please type the day"), ("30021984", "not in the cal")],
)
def test_a_date_that_cannot_be_is_told_beside_the_field(
    hands: Hands, digits: str, said: str
) -> None:
    hands.present().born(digits)
    assert said in note(hands)
    assert hands.asked() == []
    if digits:
        hands.press("key-delete")
        assert note(hands) == ""


def test_help_is_told_on_top_of_any_screen_and_gives_it_back(hands: Hands) -> None:
    hands.present().type("140").press("help")
    assert (hands.step, hands.facts[-1]) == (
        "help-told",
        HelpRequested(step="birth-date", reason="asked", kiosk="Kiosk 1 (door)", language="en"),
    )
    hands.press("go-on")
    assert [n.value for n in hands.view.nodes if n.id.startswith("field-")] == ["14", "0", ""]


def test_that_help_comes_is_not_wiped_away_by_an_answer(hands: Hands) -> None:
    hands.present().born().wait(0.5).press("help").answer(IN_TIME)
    assert hands.step == "help-told"
    hands.keep().press("go-on")
    assert hands.step == "still-right"


def test_help_after_the_second_factor_names_the_appointment(hands: Hands) -> None:
    hands.identified().press("help")
    asked = hands.facts[-1]
    assert isinstance(asked, HelpRequested)
    assert (asked.step, asked.appointment) == ("still-right", "a-1")


def test_back_from_the_first_question_starts_over_in_the_same_language(hands: Hands) -> None:
    hands.press("language-es", "text-size", "no-code").type("Robin").press("back")
    assert (hands.step, hands.view.language, hands.view.modes) == ("welcome", "es", ("larger",))
    assert hands.facts[-1] == SessionAbandoned(step="name", reason="left")


def test_back_never_leads_behind_the_second_factor(hands: Hands) -> None:
    hands.identified()
    assert hands.view.node("back") is None
    hands.press("next").keep()
    assert hands.step == "needs"
    hands.press("back")
    assert hands.step == "still-right"
    assert hands.view.node("back") is None


def test_a_changed_line_comes_back_changed_and_is_told(hands: Hands) -> None:
    hands.identified().press("change-name-to-use")
    field = hands.view.node("field-text")
    assert field is not None
    assert field.value == "Robin"
    hands.press(*["key-delete"] * 5).type("Sam").press("next")
    assert hands.step == "still-right"
    hands.press("change-phone").type("+442079460101").press("next").press("next")
    told = next(body for body in hands.facts if isinstance(body, AnswersRecorded))
    assert told.answers == {"name-to-use": "Sam", "phone": "+442079460101", "still-right": "yes"}
    assert told.appointment == "a-1"


def test_a_line_that_is_opened_and_left_is_as_it_was(hands: Hands) -> None:
    hands.identified().press("change-phone", "back")
    row = hands.view.node("change-phone")
    assert row is not None
    assert row.value == "ends in 101"
    hands.press("next")
    told = next(body for body in hands.facts if isinstance(body, AnswersRecorded))
    assert told.answers == {"still-right": "yes"}


def test_parts_done_again_replace_the_ones_before(hands: Hands) -> None:
    hands.identified().press("next").keep().press("back", "next").keep()
    told = [body for body in hands.facts if isinstance(body, AnswersRecorded)]
    assert [(body.part, body.revision) for body in told] == [("contact", 1), ("contact", 2)]


def test_a_need_that_changes_the_screen_does_so_at_once(hands: Hands) -> None:
    hands.identified().press("next").keep().press("group-seeing", "need-sight")
    assert hands.view.modes == ("extra-large",)
    assert hands.view.node("need-sight").state == ("chosen",)  # type: ignore[union-attr]


def test_a_need_taken_back_takes_its_modes_with_it(hands: Hands) -> None:
    hands.identified().press("next").keep().press("group-seeing", "need-sight", "need-sight")
    assert not hands.view.modes


def test_modes_the_person_set_stay_whatever_needs_come_and_go(hands: Hands) -> None:
    hands.press("text-size", "text-size").identified().press("next").keep()
    hands.press("group-seeing", "need-sight", "need-sight")
    assert hands.view.modes == ("extra-large",)
    hands.press("need-sight", "text-size", "need-braille")
    assert not hands.view.modes


def test_bigger_text_goes_round_and_does_what_it_says(hands: Hands) -> None:
    def offer() -> tuple[str, ...]:
        node = hands.view.node("text-size")
        assert node is not None
        return (node.text, *hands.view.modes)

    seen = [offer()]
    for _ in range(3):
        hands.press("text-size")
        seen.append(offer())
    assert seen == [
        ("Bigger text",),
        ("Bigger text", "larger"),
        ("Normal text", "extra-large"),
        ("Bigger text",),
    ]


def test_normal_text_is_normal_also_for_who_came_with_larger_text(hands: Hands) -> None:
    hands.present(Answer(modes=("larger",))).born().answer(IN_TIME).keep()
    hands.press("next").keep().press("group-seeing", "need-sight", "text-size")
    assert not hands.view.modes


def test_the_camera_and_the_link_show_on_the_screen(hands: Hands) -> None:
    hands.device(camera="lost")
    assert hands.view.node("camera").state == ("lost",)  # type: ignore[union-attr]
    assert heading(hands) == "Hello. Let us check you in."
    hands.device(camera="live", online=False).press("help")
    assert heading(hands) == "Please go to the desk."


def test_the_session_says_how_and_in_which_language_it_began(hands: Hands) -> None:
    hands.press("language-hi", "ways", "way-high-contrast", "go-on", "no-code")
    assert hands.facts == [SessionStarted(language="hi", modes=("high-contrast",), how="typed")]


def test_every_question_has_a_number_of_its_own(hands: Hands) -> None:
    hands.identified().press("next").keep().press("next").keep().press("finish")
    hands.identified()
    numbers = [one.id for one in hands.made]
    assert numbers == sorted(set(numbers))
    sessions = {one.session for one in hands.made if isinstance(one, Record)}
    assert len(sessions) == 2


def test_a_child_born_today_is_welcome_even_before_it_is_today_in_greenwich() -> None:
    half_past_midnight = Moment(datetime(2030, 5, 13, 23, 30, tzinfo=UTC), 100.0)  # in London
    hands = Hands(now=half_past_midnight).present().born("14052030")
    assert hands.asked()[0].query.birth_date == date(2030, 5, 14)


@pytest.mark.parametrize("outcome", [Outcome.ALREADY_IN, Outcome.LATE_WITHIN_GRACE])
def test_the_done_screen_says_what_is_so(hands: Hands, outcome: Outcome) -> None:
    hands.identified(reached(outcome))
    if outcome is Outcome.ALREADY_IN:
        assert heading(hands) == "You are already checked in, Robin."
    else:
        hands.press("next").keep().press("next").keep()
        sentence = hands.view.node("sentence")
        assert sentence is not None
        assert sentence.text.startswith("You are a little late.")


def test_a_device_the_desk_does_not_take_sends_people_to_the_desk_until_it_does() -> None:
    hands = Hands().device(refused=True)
    assert hands.step == "out-of-order"
    assert not hands.view.node("no-code")
    assert hands.device(refused=False).step == "welcome"


def test_pressing_help_again_on_the_same_screen_is_the_same_call() -> None:
    hands = Hands().press("help", "go-on", "help", "go-on")
    assert hands.types.count("help.requested") == 1
    assert hands.wait(121).press("help").types.count("help.requested") == 2
