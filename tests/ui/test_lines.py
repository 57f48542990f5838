"""What stands side by side shares the width; what does not fit goes on a line of its own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.screens import screens

from kiosk.intake.view import Look, Node, Region, Role
from kiosk.ui import lines
from kiosk.ui.compose import compose
from kiosk.ui.lines import Line
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box
from kiosk.ui.profile import PROFILES, Profile
from kiosk.ui.theme import theme

from .matrix import ruler

EACH = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
ENGLISH = dict(screens("en"))
SLACK = 0.001


def pen(profile: Profile) -> Pen:
    return Pen(theme(profile, set()), ruler(profile.name).measure, profile.portrait)


def inside(found: Line, x: float, w: float) -> bool:
    cells = found.cells
    apart = all(a[1] + a[2] <= b[1] + SLACK for a, b in pairwise(cells))
    return apart and x - SLACK <= cells[0][1] and cells[-1][1] + cells[-1][2] <= x + w + SLACK


def key(number: int) -> Node:
    return Node(f"key-{number}", Role.KEY, Region.ANSWER, str(number % 10), line=2)


@given(st.integers(1, 12), st.integers(100, 260).map(float))
def test_nodes_that_share_a_line_fill_it(count: int, width: float) -> None:
    found = lines.shared(
        pen(PROFILES["wide-15"]), [key(n) for n in range(count)], Box(8, 0, width, 0), 2.6
    )
    assert inside(found, 8, width)
    last = found.cells[-1]
    assert last[1] + last[2] == pytest.approx(8 + width)
    assert len({round(w, 6) for _, _, w in found.cells}) == 1


@EACH
@pytest.mark.parametrize("name", ENGLISH)
def test_every_line_stays_between_its_edges_and_holds_every_node(
    profile: Profile, name: str
) -> None:
    view, x, w = ENGLISH[name], 8.0, profile.width_mm - 16
    made = lines.answers(pen(profile), view, x, w)
    assert all(inside(one, x, w) for one in made)
    assert [n.id for one in made for n, _, _ in one.cells] == [
        node.id for node in view.of(Region.ANSWER)
    ]
    tops = lines.top(pen(profile), view, x, w)
    assert all(inside(one, x, w) for one in tops)
    assert {n.id for one in tops for n, _, _ in one.cells} == {n.id for n in view.of(Region.TOP)}


@EACH
def test_a_line_is_as_high_as_its_highest_node(profile: Profile) -> None:
    for view in ENGLISH.values():
        for one in lines.words(pen(profile), view, 8, 120):
            needs = [compose(pen(profile), n, Box(x, 0, w, 0))[0] for n, x, w in one.cells]
            assert one.high == max(needs)
            assert one.most >= one.high


@EACH
def test_one_action_takes_the_whole_row_and_two_share_it(profile: Profile) -> None:
    go = Node("next", Role.BUTTON, Region.ACTION, "Next", look=Look.PRIMARY)
    back = Node("back", Role.BUTTON, Region.ACTION, "Back", icon="arrow-left")
    (alone,) = lines.actions(pen(profile), [go], 8, 130).cells
    assert alone[1:] == (8, 130)
    row = lines.actions(pen(profile), [back, go], 8, 130)
    assert inside(row, 8, 130)
    assert row.cells[0][2] < row.cells[1][2]
    assert row.high >= profile.primary_mm


def test_cards_stand_in_two_columns_where_each_is_wide_enough() -> None:
    view = ENGLISH["needs, 0"]
    wide = lines.answers(pen(PROFILES["portrait-21"]), view, 8, 250)
    narrow = lines.answers(pen(PROFILES["portrait-21"]), view, 8, 100)
    assert {len(one.cells) for one in wide} == {2}
    assert {len(one.cells) for one in narrow} == {1}
