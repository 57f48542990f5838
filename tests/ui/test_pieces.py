import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.intake.view import Node, Region, Role
from kiosk.ui.pieces import Box, Icon, Layout, Placed, Shape, Stage, Text, mirror

MM = st.integers(0, 300).map(float)
BOXES = st.builds(Box, MM, MM, MM, MM)
WIDTH = 268.0


def placed(id: str, box: Box, role: Role = Role.BUTTON, *, off: bool = False) -> Placed:
    node = Node(id, role, Region.ACTION, id, state=("disabled",) if off else ())
    return Placed(node, box, (Shape(box), Text(box, id, 7, "#000000"), Icon(box, "x", "#000000")))


@given(BOXES)
def test_a_mirror_held_to_a_mirror_gives_the_box_back(box: Box) -> None:
    there = box.mirrored(WIDTH)
    assert there.mirrored(WIDTH) == box
    assert (there.y, there.w, there.h) == (box.y, box.w, box.h)
    assert there.x + box.x + box.w == WIDTH


@given(BOXES, MM, MM)
def test_a_point_is_inside_when_it_is_between_the_edges(box: Box, x: float, y: float) -> None:
    assert box.holds(x, y) == (box.x <= x < box.right and box.y <= y < box.bottom)


def test_an_inset_shrinks_every_side() -> None:
    assert Box(10, 20, 30, 40).inset(1, 2) == Box(11, 22, 28, 36)


def test_a_mirrored_node_starts_its_words_at_the_right_and_flips_its_icons() -> None:
    box = Box(10, 20, 30, 40)
    there = mirror(placed("back", box), WIDTH)
    shape, text, icon = there.pieces
    assert there.box == shape.box == text.box == icon.box == Box(228, 20, 30, 40)
    assert isinstance(text, Text)
    assert text.right
    assert isinstance(icon, Icon)
    assert icon.flipped


def test_a_mirrored_stage_is_not_turned_round() -> None:
    stage = Stage(Box(0, 0, 10, 10), "live")
    there = mirror(Placed(placed("camera", stage.box).node, stage.box, (stage,)), 100)
    assert there.pieces == (Stage(Box(90, 0, 10, 10), "live"),)


def test_a_touch_means_the_node_under_it() -> None:
    boxes = (placed("one", Box(0, 0, 10, 10)), placed("two", Box(20, 0, 10, 10)))
    layout = Layout(boxes, 100, 100)
    assert layout.at(5, 5) is boxes[0].node
    assert layout.at(25, 9.9) is boxes[1].node
    assert layout.at(15, 5) is None
    assert layout.at(5, 10) is None


@pytest.mark.parametrize(
    "untouchable",
    [placed("a", Box(0, 0, 9, 9), Role.HEADING), placed("a", Box(0, 0, 9, 9), off=True)],
)
def test_words_and_what_is_off_cannot_be_touched(untouchable: Placed) -> None:
    assert Layout((untouchable,), 100, 100).at(5, 5) is None


def test_a_layout_knows_where_each_node_is() -> None:
    layout = Layout((placed("one", Box(0, 0, 10, 10)),), 100, 100)
    assert layout.bounds() == {"one": Box(0, 0, 10, 10)}


def test_words_do_not_show_when_they_are_printed() -> None:
    assert "Robin" not in repr(Text(Box(0, 0, 1, 1), "Robin", 7, "#000000"))
