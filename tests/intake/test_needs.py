"""Needs on screen: groups first, then what is in one; what follows from them; what is told."""

import re
from collections.abc import Iterator, Set
from dataclasses import replace

import pytest

from kiosk.domain.identify import Details
from kiosk.domain.needs import Need
from kiosk.domain.outcome import Outcome
from kiosk.i18n.sources import forms, template
from kiosk.intake import say
from kiosk.intake.bones import Setting
from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.needs import KEEP, MOST_SAID, WHO, follow_ups
from kiosk.intake.present import group, present
from kiosk.intake.view import Node, Region, Role, StepView

from .screens import DETAILS, NEEDS, TABLE, WORDS, identified, start

PRIVATE = {need.id for need in TABLE.need if need.private}
BY_SIGHT = ["hearing", "sign", "touch"]
EACH = pytest.mark.parametrize("need", TABLE.need, ids=list(NEEDS))
VOICE = re.compile(r"\bcall", re.IGNORECASE)


def known(*needs: str) -> Details:
    return DETAILS.model_copy(update={"needs": needs})


def arrived(*on_record: str, modes: tuple[str, ...] = ()) -> Setting:
    at = start("en", *modes)
    return replace(at, session=identified(at.session, Outcome.IN_TIME, known(*on_record)))


def asked(*chosen: str, on_record: tuple[str, ...] = (), modes: tuple[str, ...] = ()) -> StepView:
    at = replace(arrived(*on_record, modes=modes), chosen=frozenset(chosen))
    return present(step_of(CHECK_IN, "needs"), at)


def opened(group_: str, *chosen: str, modes: tuple[str, ...] = ()) -> StepView:
    return group(replace(arrived(modes=modes), chosen=frozenset(chosen), group=group_))


def done(*stated: str) -> StepView:
    at = arrived()
    return present(
        step_of(CHECK_IN, "done"), replace(at, session=at.session.answer("needs", stated))
    )


def cards(view: StepView) -> list[str]:
    return [node.id for node in view.nodes if node.role is Role.CHECK]


def node(view: StepView, id_: str) -> Node:
    found = view.node(id_)
    assert found is not None, id_
    return found


def effects(view: StepView) -> list[str]:
    return [one.text for one in view.nodes if one.id.startswith("effect-")]


def test_a_few_groups_come_first_and_choosing_nothing_is_as_easy() -> None:
    view = asked()
    assert cards(view) == [f"group-{one.id}" for one in TABLE.group]
    assert node(view, "next").text == "Nothing today, thank you"
    assert node(asked("quiet"), "next").text == "Next"


@pytest.mark.parametrize("one", TABLE.group, ids=lambda one: one.id)
def test_a_group_opens_what_is_in_it(one: object) -> None:
    (found,) = [group_ for group_ in TABLE.group if group_ is one]
    view = opened(found.id)
    assert cards(view) == [f"need-{need.id}" for need in TABLE.of(found.id)]
    assert node(view, "heading").text == found.ask
    assert [action.id for action in view.of(Region.ACTION)][:1] == ["go-on"]


def test_a_group_shows_how_much_of_it_is_chosen() -> None:
    view = asked("sight", "braille", "quiet")
    assert {id_: node(view, id_).value for id_ in cards(view) if node(view, id_).state} == {
        "group-seeing": "2",
        "group-calm": "1",
    }


def test_one_need_on_record_is_at_hand_and_several_are_a_group() -> None:
    view = asked("hearing", on_record=("hearing",))
    assert cards(view)[0] == "need-hearing"
    assert node(view, "need-hearing").state == ("chosen",)
    taken_back = asked(on_record=("hearing",))
    assert node(taken_back, "need-hearing").state == ()
    several = ("hearing", "step-free")
    assert cards(asked("hearing", on_record=several))[0] == "group-before"
    at = replace(arrived(*several), chosen=frozenset({"hearing"}), group="before")
    assert cards(group(at)) == ["need-hearing", "need-step-free"]
    assert [node(group(at), id_).state for id_ in cards(group(at))] == [("chosen",), ()]


@pytest.mark.parametrize("on_record", [(), ("hearing",), ("hearing", "step-free", "quiet")])
def test_there_is_never_more_than_two_columns_of_four(on_record: tuple[str, ...]) -> None:
    assert len(cards(asked(on_record=on_record))) <= 8


def test_easy_words_have_a_picture_in_a_group_too() -> None:
    assert node(opened("calm", modes=("easy-read",)), "picture").icon == "wind"
    assert opened("calm").node("picture") is None


@EACH
def test_each_need_is_in_the_group_that_says_so_and_marked_when_chosen(need: Need) -> None:
    assert node(opened(need.group, need.id), f"need-{need.id}").state == ("chosen",)
    assert node(asked(need.id), f"group-{need.group}").state == ("chosen",)


# What follows


def led(*chosen: str, on_record: Set[str] = frozenset()) -> tuple[str, ...]:
    return follow_ups(TABLE, frozenset(chosen), on_record)


def test_nothing_chosen_leads_nowhere() -> None:
    assert led() == ()


@EACH
def test_n_b_a_need_is_kept_only_when_the_person_says_so(need: Need) -> None:
    assert (KEEP in led(need.id)) == need.consent
    assert KEEP not in led(need.id, on_record={need.id})
    assert (WHO in led(need.id)) == ("ask-who" in need.does)


def test_what_is_new_is_asked_about_beside_what_is_known() -> None:
    assert led("hearing", "quiet", on_record={"hearing"}) == (KEEP,)
    assert led("companion", "quiet") == (WHO, KEEP)


def test_both_answers_to_a_question_of_consent_look_alike() -> None:
    at = arrived()
    view = present(step_of(CHECK_IN, KEEP), at)
    answers = [one for one in view.nodes if one.id.startswith("answer-")]
    assert [one.id for one in answers] == ["answer-yes", "answer-today"]
    assert len({(one.role, one.look, one.region) for one in answers}) == 1
    assert all(not one.state for one in answers)
    assert view.node("next") is None


# What is told


def told(view: StepView) -> list[str]:
    return [one.id for one in view.nodes if one.id.startswith("told-")]


@EACH
def test_the_last_screen_says_what_staff_were_told_and_names_nothing_private(need: Need) -> None:
    view = done(need.id)
    assert told(view) == ["told-private" if need.private else f"told-{need.id}"]
    if need.private:
        assert need.ask not in {one.text for one in view.nodes}
        assert need.icon not in {one.icon for one in view.nodes}


def test_several_private_needs_are_one_line() -> None:
    assert told(done(*PRIVATE, "quiet")) == ["told-quiet", "told-private"]


@EACH
def test_the_last_screen_says_what_happens_now(need: Need) -> None:
    assert effects(done(need.id)) == ([need.effect] if need.effect else [])


def test_of_many_effects_the_most_important_are_said_once() -> None:
    said = effects(done(*NEEDS))
    assert len(said) == MOST_SAID == len(set(said))
    assert said[:2] == [NEEDS["touch"].effect, NEEDS["infection"].effect]
    assert effects(done("worried", "chaperone")) == [NEEDS["worried"].effect]
    assert effects(done("braille", "assistance-dog"))[0] == NEEDS["assistance-dog"].effect


def test_who_should_wait_apart_is_sent_to_no_seat() -> None:
    assert done("quiet").node("where") is not None
    view = done("infection", "quiet")
    assert view.node("where") is None
    assert effects(view)[0] == NEEDS["infection"].effect


def test_nobody_is_told_what_was_not_asked_this_time() -> None:
    view = present(step_of(CHECK_IN, "done"), arrived("hearing"))
    assert view.node("told") is None
    assert effects(view) == []


def words_of(view: StepView) -> Iterator[str]:
    for one in view.nodes:
        if one.region in {Region.WORDS, Region.ANSWER}:
            yield one.text


@pytest.mark.parametrize("need", BY_SIGHT)
def test_n_04_nobody_who_does_not_hear_is_promised_a_call_by_voice(need: str) -> None:
    for view in (done(need), done(need, "short-wait", "worried"), asked(need)):
        assert [words for words in words_of(view) if VOICE.search(words)] == []
    assert "come to you" in node(done(need), "note").text


def test_n_04_the_record_is_enough_to_come_to_a_person() -> None:
    at = arrived("sign")
    assert "come to you" in node(present(step_of(CHECK_IN, "done"), at), "note").text
    assert "called you" in node(done("quiet"), "note").text


# What others hear


def aloud(view: StepView, id_: str) -> list[str]:
    """What a loudspeaker says of a node."""
    return [text for text, private in say.phrases(view, node(view, id_), WORDS) if not private]


def heard(view: StepView) -> list[str]:
    """All that a loudspeaker says of a screen."""
    return [text for one in view.nodes for text in aloud(view, one.id)]


@EACH
def test_n_d_no_need_is_said_aloud_on_the_last_screen(need: Need) -> None:
    assert need.ask not in heard(done(need.id))
    if need.private:
        assert need.effect not in heard(done(need.id))


@pytest.mark.parametrize("need", sorted(PRIVATE))
def test_n_d_a_private_choice_is_never_said_aloud(need: str) -> None:
    group_ = NEEDS[need].group
    assert "chosen" not in aloud(opened(group_, need), f"need-{need}")
    assert "chosen" not in aloud(asked(need), f"group-{group_}")


@pytest.mark.parametrize("need", sorted(PRIVATE))
def test_what_there_is_to_choose_from_is_the_same_for_all_and_said_aloud(need: str) -> None:
    for chosen in ((), (need,)):
        assert NEEDS[need].ask in aloud(opened(NEEDS[need].group, *chosen), f"need-{need}")


def test_a_voice_says_what_is_chosen() -> None:
    view = opened("seeing", "sight")
    said = [text for text, _ in say.phrases(view, node(view, "need-sight"), WORDS)]
    assert said == ["I find it hard to see", "chosen", "1 of 4"]


# What is never offered

INTERPRETS = re.compile(r"interpret|translat", re.IGNORECASE)
NOT_TRAINED = re.compile(
    r"\b(child|son|daughter|kid|famil|relative|friend|helper|companion|parent|carer|bring)",
    re.IGNORECASE,
)


def test_n_e_no_message_offers_an_interpreter_who_is_not_trained() -> None:
    said = [form for message in template() if message.id for form in forms(message.id)]
    about = [message for message in said if INTERPRETS.search(message)]
    assert about
    assert [message for message in about if NOT_TRAINED.search(message)] == []


def test_n_e_no_screen_of_languages_mentions_who_came_along() -> None:
    view = opened("language", "interpreter")
    assert [words for words in words_of(view) if NOT_TRAINED.search(words)] == []
