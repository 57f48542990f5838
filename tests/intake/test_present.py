"""Every screen is complete: drawn, spoken and focused from one list of nodes."""

from collections.abc import Sequence

import pytest

from kiosk.domain.outcome import Outcome
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.outcomes import SAID
from kiosk.intake.tell import OVERLAYS
from kiosk.intake.view import Node, Region, Role, StepView

from .screens import (
    BORN_TEXTS,
    GIVEN_NAME,
    PHONE,
    PRACTICE,
    WORDS,
    Screen,
    screens,
)

ALL: dict[str, Sequence[Screen]] = {tag: tuple(screens(tag)) for tag in PRACTICE.languages}
BIG = tuple(screens("en", "extra-large", "high-contrast"))
EACH = pytest.mark.parametrize("language", ALL)
OF_NEEDS = ("need-", "group-", "told-", "effect-")
HELP = ("help", "text-size", "ways", "language")


def views(language: str) -> list[tuple[str, StepView]]:
    return list(ALL[language])


def texts(node: Node) -> str:
    return f"{node.text} {node.value} {node.says}"


def test_every_step_outcome_and_overlay_is_among_the_screens() -> None:
    steps = {view.step for _, view in ALL["en"]}
    assert steps == {step.id for step in CHECK_IN} | set(OVERLAYS) | {"group"}
    reached = {name.partition(",")[0] for name, _ in ALL["en"]}
    assert reached >= {str(outcome) for outcome in SAID}
    assert len({name for name, _ in ALL["en"]}) == len(ALL["en"])


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_words_or_a_screen_that_goes_on(outcome: Outcome) -> None:
    goes_on = {
        Outcome.IN_TIME,
        Outcome.LATE_WITHIN_GRACE,
        Outcome.ALREADY_IN,
        Outcome.MISMATCH,
    }
    assert (outcome in SAID) != (outcome in goes_on)


@EACH
def test_every_node_has_an_id_of_its_own(language: str) -> None:
    for name, view in views(language):
        ids = [node.id for node in view.nodes]
        assert len(ids) == len(set(ids)), name


@EACH
def test_what_can_be_touched_says_what_it_is(language: str) -> None:
    for name, view in views(language):
        for node in view.nodes:
            if node.focusable or node.role in {Role.CAMERA, Role.PROGRESS}:
                assert node.spoken.strip(), (name, node.id)


@EACH
def test_every_text_on_screen_is_spoken(language: str) -> None:
    for name, view in views(language):
        for node in view.nodes:
            shown = node.text and node.role is not Role.KEY
            assert not shown or node.spoken, (name, node.id)


@EACH
def test_the_help_bar_is_the_same_on_every_screen(language: str) -> None:
    for name, view in views(language):
        bar = tuple(node.id for node in view.of(Region.HELP))
        assert bar == (() if view.step == "out-of-order" else HELP), name
        assert tuple(node.id for node in view.nodes[-len(bar) :]) == bar or not bar, name


@EACH
def test_every_screen_has_one_heading_that_says_something(language: str) -> None:
    for name, view in views(language):
        headings = [node for node in view.nodes if node.role is Role.HEADING]
        assert len(headings) == 1, name
        assert headings[0].text, name


@EACH
def test_every_screen_offers_a_person_or_says_where_one_is(language: str) -> None:
    for name, view in views(language):
        assert view.node("help") or view.step == "out-of-order", name


@EACH
def test_every_screen_has_a_way_on(language: str) -> None:
    ways = {"next", "finish", "go-on", "no-code", "stay", "silent"}
    for name, view in views(language):
        if view.step not in {"one-moment", "out-of-order"}:
            usable = {node.id for node in view.nodes if node.focusable}
            assert ways & usable or any(id_.startswith("answer-") for id_ in usable), name


@EACH
def test_a_screen_is_in_its_language_and_direction(language: str) -> None:
    home = PRACTICE.language
    for name, view in views(language):
        assert (view.language, view.direction) == (language, WORDS.direction(language)), name
        for node in view.nodes:
            own = node.id.startswith("language-") or node.role is Role.KEY
            data = node.id in {"place", "directions"}
            expected = {language, home} if data else {language}
            assert own or node.lang in expected, (name, node.id)
            if node.role is not Role.KEY and node.id != "field-text":
                assert node.dir == WORDS.direction(node.lang), (name, node.id)


@EACH
def test_no_placeholder_is_left_open(language: str) -> None:
    for name, view in views(language):
        for node in view.nodes:
            assert "{" not in texts(node), (name, node.id)


@EACH
def test_another_language_changes_words_and_nothing_else(language: str) -> None:
    for (name, view), (other, english) in zip(views(language), views("en"), strict=True):
        assert name == other
        here = {node.id: (node.role, node.region, node.icon, node.state) for node in view.nodes}
        there = {node.id: (node.role, node.region, node.icon, node.state) for node in english.nodes}
        keys = {node.id for node in view.nodes if node.role is Role.KEY}
        fields = {node.id for node in view.nodes if node.role is Role.FIELD}
        chosen = {id_ for id_ in here if id_.startswith("language-")}
        same = here.keys() - keys - fields - chosen
        assert {id_: here[id_] for id_ in same} == {id_: there[id_] for id_ in same}, name
        assert here.keys() == there.keys(), name


def test_modes_change_how_a_screen_looks_and_not_what_it_asks() -> None:
    for (name, view), (_, big) in zip(ALL["en"], BIG, strict=True):
        assert [n.id for n in view.nodes] == [n.id for n in big.nodes], name
        assert big.modes == ("extra-large", "high-contrast")


@EACH
def test_what_names_or_dates_or_reaches_a_person_is_private(language: str) -> None:
    own = (GIVEN_NAME, PHONE, BORN_TEXTS["year"])
    for name, view in views(language):
        for node in view.nodes:
            tells = any(text in texts(node) for text in own)
            field = node.role in {Role.FIELD, Role.ROW}
            if not node.id.startswith(OF_NEEDS):  # see test_needs
                assert node.private == (tells or field), (name, node.id)


@EACH
def test_a_phone_on_record_shows_its_last_digits_only(language: str) -> None:
    for name, view in views(language):
        row = view.node("change-phone")
        if row is not None and "none" not in name:
            assert "101" in row.value
            assert sum(ch.isdigit() for ch in row.value) == 3


@EACH
def test_a_screen_shows_nobody_when_it_is_printed(language: str) -> None:
    for name, view in views(language):
        assert GIVEN_NAME not in repr(view), name
        assert PHONE not in repr(view), name


def test_an_error_stands_beside_the_question_with_its_sound() -> None:
    shown = [view for name, view in ALL["en"] if view.sound == "error" and view.node("note")]
    assert {view.step for view in shown} >= {"welcome", "name", "birth-date", "phone"}
    for view in shown:
        note = view.node("note")
        assert note is not None
        assert note.region is Region.WORDS


def test_the_last_screen_answers_its_questions_in_order() -> None:
    views_by_name = dict(ALL["en"])
    ids = [node.id for node in views_by_name["done, in-time"].nodes]
    asked = ["heading", "effect-hearing", "who", "when", "wait", "where", "note", "told"]
    assert [id_ for id_ in ids if id_ in asked] == asked


def test_what_is_not_known_is_not_promised() -> None:
    views_by_name = dict(ALL["en"])
    plain = views_by_name["done, in-time, no name"]
    wait = plain.node("wait")
    assert wait is not None
    assert wait.value == "We don't know yet"
    assert views_by_name["help-told, offline"].node("heading") != views_by_name[
        "help-told, online"
    ].node("heading")


def test_staff_were_told_is_only_said_when_they_can_have_been() -> None:
    for name, view in ALL["en"]:
        if view.step == "outcome":
            told = view.node("note")
            wanted = "online" in name and not name.startswith(("not-found", "to-be-matched"))
            assert (told is not None) == wanted, name


def test_to_be_matched_never_says_checked_in() -> None:
    for language, seen in ALL.items():
        done = {n.text for name, v in seen if v.step == "done" for n in v.of(Region.WORDS)}
        for name, view in seen:
            if name.startswith("to-be-matched"):
                said = {node.text for node in view.of(Region.WORDS)} - {""}
                assert not said & done, (language, name)
