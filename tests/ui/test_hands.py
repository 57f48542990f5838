"""Keys and voice on real screens: what is spoken has the focus, and nobody else hears secrets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.screens import GIVEN_NAME, WORDS, screens, start

from kiosk.devices.speech import Level, State, Told, Utterance
from kiosk.domain.action import Action
from kiosk.intake import say
from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.present import present
from kiosk.intake.view import Role, StepView
from kiosk.ui import focus
from kiosk.ui.hands import Hands

ALOUD = dict(screens("en", "read-aloud"))
MOVES = [Action.NEXT, Action.PREVIOUS]


@dataclass
class Mouth:
    """Says everything at once and remembers it: a port's fake, without sound or threads."""

    aloud: bool = False
    headphones: bool = False
    heard: list[Utterance] = field(default_factory=list)
    paused: bool = False
    level: int = 4
    resets: int = 0
    stops: int = 0
    told: Callable[[Told], None] = lambda _: None

    def speaks(self, language: str) -> bool:
        return language in {"en", "es", "hi"}

    def say(self, utterances: Sequence[Utterance]) -> None:
        self.heard = list(utterances)
        for one in utterances:
            self.told(Told(one.id, State.STARTED, 0.0, one.language))

    def stop(self) -> None:
        self.stops += 1

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def volume(self, step: int) -> Level:
        self.level = min(max(self.level + step, 1), 8)
        return Level(self.level, 8, True, 50)

    rate = volume

    def reset(self) -> None:
        self.resets += 1

    @property
    def texts(self) -> list[str]:
        return [one.instead if one.private and not self.aloud else one.text for one in self.heard]


@dataclass
class Glass:
    ringed: str = ""
    done: list[str] = field(default_factory=list)

    def ring(self, node: str) -> None:
        self.ringed = node

    def activate(self, node: str) -> None:
        self.done.append(node)


class Person:
    """Keys, ears and a finger at one kiosk."""

    def __init__(self) -> None:
        self.mouth, self.glass, self.curtains = Mouth(), Glass(), 0
        self.hands = Hands(self.glass, WORDS, self.mouth, self._curtain)
        self.mouth.told = self.hands.heard

    def _curtain(self) -> None:
        self.curtains += 1

    def sees(self, view: StepView, *, over: bool = False) -> "Person":
        self.hands.show(view, over=over)
        return self

    def press(self, *actions: Action) -> "Person":
        for action in actions:
            self.hands.act(action)
        return self


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.mark.parametrize("name", ALOUD)
def test_s_01_all_that_shows_is_told_by_moving_through_the_screen(name: str) -> None:
    view, person = ALOUD[name], Person()
    person.sees(view)
    heard = {one.id for one in person.mouth.heard}
    for _ in view.nodes:
        person.press(Action.NEXT)
        heard |= {one.id for one in person.mouth.heard}
    shown = {n.id for n in view.nodes if (n.text or n.value or n.says) and n.id != "demo"}
    assert shown - {"more", "earlier"} <= heard


@pytest.mark.parametrize("name", ALOUD)
def test_s_02_nothing_that_can_be_used_is_without_a_name(name: str) -> None:
    assert [n.id for n in ALOUD[name].nodes if n.focusable and not n.spoken] == []


@given(st.sampled_from(sorted(ALOUD)), st.lists(st.sampled_from(MOVES)))
def test_s_06_the_focus_is_on_what_is_spoken(name: str, moves: list[Action]) -> None:
    person = Person().sees(ALOUD[name])
    for move in moves:
        person.press(move)
        assert {one.id for one in person.mouth.heard} == {person.hands.focus}
        assert person.glass.ringed == person.hands.focus


@pytest.mark.parametrize("name", ALOUD)
def test_o_02_the_focus_goes_round_and_comes_back(name: str) -> None:
    person = Person().sees(ALOUD[name]).press(Action.NEXT)
    first, seen = person.hands.focus, []
    for _ in range(person.hands.count):
        seen.append(person.hands.focus)
        person.press(Action.NEXT)
    assert person.hands.focus == first
    assert sorted(seen) == sorted(focus.stops(ALOUD[name]))


@pytest.mark.parametrize("name", ALOUD)
def test_s_07_every_word_is_said_in_a_voice_of_its_language(name: str) -> None:
    person = Person().sees(ALOUD[name])
    for one in person.mouth.heard:
        node = ALOUD[name].node(one.id)
        assert one.language in {"en", node.lang if node else "en"}
        assert person.mouth.speaks(one.language)


@pytest.mark.parametrize("name", [name for name in ALOUD if "name" in name or "done" in name])
def test_s_09_a_room_never_hears_what_is_private(name: str) -> None:
    view, person = ALOUD[name], Person()
    person.sees(view)
    private = {n.value or n.text for n in view.nodes if n.private} - {""}
    for _ in range(len(view.nodes) + 1):
        assert not private & set(person.mouth.texts)
        person.press(Action.NEXT)


def test_s_09_the_person_may_choose_to_have_private_things_said() -> None:
    view = dict(screens("en", "read-aloud", "private-aloud"))["name, latin 0"]
    person = Person().sees(view)
    while person.hands.focus != "field-text":
        person.press(Action.NEXT)
    assert GIVEN_NAME in person.mouth.texts


def typed(digits: str) -> StepView:
    at = start("en", "read-aloud")
    from kiosk.intake import entry

    draft = entry.empty_date(("day", "month", "year"))
    for digit in digits:
        draft = entry.digit(draft, digit)
    return present(step_of(CHECK_IN, "birth-date"), replace(at, draft=draft))


def test_s_08_typed_digits_of_a_birth_date_are_stars_in_a_room(person: Person) -> None:
    person.sees(typed("")).sees(typed("2"))
    assert person.mouth.texts == [WORDS.text(say.STAR, "en")]


def test_typing_keeps_the_focus_on_the_key_and_names_the_next_field(person: Person) -> None:
    person.sees(typed(""))
    while person.hands.focus != "key-9":
        person.press(Action.NEXT)
    person.sees(typed("2")).sees(typed("29"))
    assert person.hands.focus == "key-9"
    assert person.mouth.texts[-1] == "Month"


def test_s_11_an_error_is_said_with_the_field_it_is_about(person: Person) -> None:
    person.sees(ALOUD["birth-date, "]).sees(ALOUD["birth-date, date-unreal"])
    said = [one.id for one in person.mouth.heard]
    active = next(n.id for n in ALOUD["birth-date, "].nodes if "active" in n.state)
    assert said[0] == "note"
    assert person.hands.focus == active


def test_s_04_speech_stops_before_anything_a_key_does(person: Person) -> None:
    person.sees(ALOUD["needs, 0"])
    for number, action in enumerate(a for a in Action if a is not Action.PAUSE):
        person.press(action)
        assert person.mouth.stops == number + 1


def test_s_05_repeat_says_the_last_thing_then_the_whole_screen(person: Person) -> None:
    person.sees(ALOUD["needs, 0"]).press(Action.NEXT, Action.REPEAT)
    assert {one.id for one in person.mouth.heard} == {person.hands.focus}
    person.press(Action.REPEAT)
    assert {"heading", "sentence"} <= {one.id for one in person.mouth.heard}


def test_s_04_pause_and_go_on(person: Person) -> None:
    person.sees(ALOUD["needs, 0"]).press(Action.PAUSE)
    assert person.mouth.paused
    person.press(Action.PAUSE)
    assert not person.mouth.paused


def test_help_explains_first_and_calls_the_staff_when_pressed_again(person: Person) -> None:
    person.sees(ALOUD["needs, 0"]).press(Action.HELP)
    assert person.glass.done == []
    assert WORDS.text(say.AGAIN, "en") in person.mouth.texts
    person.press(Action.HELP)
    assert person.glass.done == ["help"]


def test_help_calls_the_staff_at_once_where_nothing_is_spoken(person: Person) -> None:
    person.sees(dict(screens("en"))["needs, 0"]).press(Action.HELP)
    assert person.glass.done == ["help"]


def test_select_does_what_has_the_focus_and_reads_again_what_cannot_be_used(person: Person) -> None:
    person.sees(ALOUD["needs, 0"]).press(Action.SELECT)
    assert person.glass.done == [focus.first(ALOUD["needs, 0"])]
    while person.hands.focus != "heading":
        person.press(Action.NEXT)
    person.press(Action.SELECT)
    assert len(person.glass.done) == 1


def test_v_03_volume_and_speed_are_announced(person: Person) -> None:
    person.sees(ALOUD["needs, 0"]).press(Action.LOUDER)
    assert person.mouth.texts == ["Volume 5 of 8"]
    person.press(Action.SLOWER)
    assert person.mouth.texts == ["Speed 4 of 8"]


def test_o_10_the_next_person_starts_with_a_voice_as_it_was(person: Person) -> None:
    person.sees(ALOUD["needs, 0"]).sees(dict(screens("en"))["welcome, live"], over=True)
    assert person.mouth.resets == 1
    assert person.glass.ringed == ""


def test_a_finger_takes_the_ring_away_and_silences_the_voice(person: Person) -> None:
    person.sees(ALOUD["needs, 0"]).press(Action.NEXT)
    person.hands.touched()
    assert person.glass.ringed == ""
    assert person.mouth.stops == 2


def test_keys_work_without_a_voice_and_show_where_they_are() -> None:
    glass = Glass()
    hands = Hands(glass, WORDS, None, lambda: None)
    hands.show(dict(screens("en"))["needs, 0"])
    assert glass.ringed == ""
    hands.act(Action.NEXT)
    assert glass.ringed == hands.focus != ""


def test_switches_stop_only_where_something_can_be_used(person: Person) -> None:
    person.hands.touched_only = True
    view = ALOUD["needs, 0"]
    person.sees(view)
    for _ in range(person.hands.count):
        person.press(Action.NEXT)
        node = view.node(person.hands.focus)
        assert node is not None
        assert node.focusable
        assert node.role is not Role.HEADING
