"""Lines stacked in a room: nothing is lost, nothing grows beyond what it may."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from intake.screens import screens

from kiosk.intake.view import Role
from kiosk.ui.lines import Line
from kiosk.ui.page import MORE, Page, fill, grown, height
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box
from kiosk.ui.profile import PROFILES
from kiosk.ui.theme import theme

from .matrix import ruler

MM = st.integers(1, 60).map(float)
LINES = st.builds(
    lambda high, more, after: Line((), high, high + more, after), MM, MM | st.just(0.0), MM
)
STACKS = st.lists(LINES, max_size=8)
PROFILE = PROFILES["portrait-21"]
ENGLISH = dict(screens("en"))


def page(name: str) -> Page:
    pen = Pen(theme(PROFILE, set()), ruler(PROFILE.name).measure, PROFILE.portrait)
    return Page(pen, ENGLISH[name], Box(8, 8, 250, 400))


@given(STACKS)
def test_the_height_counts_the_gaps_between_and_none_after(stack: list[Line]) -> None:
    expected = sum(one.high for one in stack) + sum(one.after for one in stack[:-1])
    assert height(stack) == expected


@given(STACKS, st.integers(0, 200).map(float))
def test_spare_room_is_shared_and_no_line_outgrows_its_most(
    stack: list[Line], spare: float
) -> None:
    heights = grown(stack, spare)
    assert all(one.high <= high <= one.most for one, high in zip(stack, heights, strict=True))
    used = sum(heights) - sum(one.high for one in stack)
    hungry = sum(one.most - one.high for one in stack)
    assert abs(used - min(spare, hungry)) <= 0.02 * (len(stack) + 1)


@given(STACKS, st.integers(20, 200).map(float))
def test_lines_are_cut_into_groups_that_fit_and_none_is_lost(
    stack: list[Line], room: float
) -> None:
    groups = fill(stack, room)
    assert [one for group in groups for one in group] == stack
    assert all(height(group) <= room or len(group) == 1 for group in groups)
    for group, following in pairwise(groups):
        assert height([*group, following[0]]) > room


def test_a_page_knows_what_is_on_it() -> None:
    assert page("needs, 0").touched
    assert page("welcome, live").touched
    assert not page("done, in-time").touched
    assert page("name, latin 0").keyboard
    assert not page("birth-date, empty").keyboard
    assert page("fault, online").actions(Box(0, 0, 100, 0)) is not None
    assert page("one-moment, online").actions(Box(0, 0, 100, 0)) is None


def test_a_page_that_is_not_the_last_offers_more_and_perhaps_back() -> None:
    box = Box(0, 0, 250, 0)
    with_back = page("birth-date, empty").more(box)
    assert [node.id for node, _, _ in with_back.cells] == ["back", MORE]
    alone = page("done, in-time").more(box)
    assert [node.id for node, _, _ in alone.cells] == [MORE]


def test_a_smaller_question_is_no_smaller_than_its_sentence() -> None:
    small = page("needs, 0").small().pen.theme
    assert small.sentence <= small.question <= page("needs, 0").pen.theme.question


def test_without_some_nodes_the_others_stay_in_order() -> None:
    whole = page("birth-date, empty")
    less = whole.without(["heading", "sentence"])
    rest = [node for node in whole.view.nodes if node.id not in {"heading", "sentence"}]
    assert list(less.view.nodes) == rest
    assert any(node.role is Role.KEY for node in less.view.nodes)
