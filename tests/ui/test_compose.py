"""One node, measured and drawn by the same call: what is drawn fits what was measured."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.screens import screens

from kiosk.intake.view import Node, Region, Role
from kiosk.ui.compose import compose
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box, Icon, Shape, Stage, Text
from kiosk.ui.profile import PROFILES
from kiosk.ui.theme import theme

from .matrix import ruler

PROFILE = PROFILES["portrait-21"]
NODES: dict[Role, list[Node]] = {}
for _, _view in screens("en"):
    for _node in _view.nodes:
        NODES.setdefault(_node.role, []).append(_node)
WIDTHS = st.integers(60, 250).map(float)


def pen(*modes: str) -> Pen:
    return Pen(theme(PROFILE, set(modes)), ruler(PROFILE.name).measure, PROFILE.portrait)


def test_every_role_is_drawn() -> None:
    assert set(NODES) == set(Role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("modes", [(), ("extra-large", "high-contrast")], ids=["normal", "large"])
def test_a_node_needs_the_same_height_wherever_it_stands(
    role: Role, modes: tuple[str, ...]
) -> None:
    for node in NODES[role][:12]:
        need, _ = compose(pen(*modes), node, Box(0, 0, 120, 0))
        assert compose(pen(*modes), node, Box(30, 70, 120, 0))[0] == pytest.approx(need)
        taller, _ = compose(pen(*modes), node, Box(0, 0, 120, need + 20))
        # a key's letter grows with its key, and still fits it
        assert taller == pytest.approx(need) or need < taller <= need + 20


@pytest.mark.parametrize("role", Role)
def test_what_is_drawn_stays_in_the_box_that_was_measured(role: Role) -> None:
    for node in NODES[role][:12]:
        need, _ = compose(pen(), node, Box(8, 10, 120, 0))
        box = Box(8, 10, 120, need)
        for piece in compose(pen(), node, box)[1]:
            if isinstance(piece, Text | Icon | Stage):
                assert piece.box.x >= box.x - 0.05
                assert piece.box.y >= box.y - 0.05
                assert piece.box.right <= box.right + 0.05
                assert piece.box.bottom <= box.bottom + 0.05


@given(st.sampled_from(NODES[Role.SENTENCE]), WIDTHS, WIDTHS)
def test_words_need_no_less_height_in_a_narrower_box(node: Node, one: float, other: float) -> None:
    narrow, wide = sorted((one, other))
    high = compose(pen(), node, Box(0, 0, narrow, 0))[0]
    assert high >= compose(pen(), node, Box(0, 0, wide, 0))[0]


@given(st.sampled_from(NODES[Role.BUTTON]), st.integers(25, 120).map(float))
def test_a_label_gets_smaller_before_a_word_is_broken(node: Node, width: float) -> None:
    text = Text(Box(0, 0, width, 0), node.text, 7.4, "#000000", bold=True)
    fitted = pen().whole_words(text)
    assert fitted.size <= text.size
    assert fitted.size >= text.size / 2
    for word in node.text.split():
        probe = replace(fitted, text=word, box=Box(0, 0, 1000, 0))
        assert pen().measure(probe)[0] <= width or fitted.size == text.size / 2


def test_the_chosen_card_is_marked_by_border_tint_and_tick() -> None:
    plain = next(node for node in NODES[Role.CHECK] if not node.state)
    chosen = replace(plain, state=("chosen",))
    box = Box(0, 0, 120, 26)
    before, after = (compose(pen(), node, box)[1] for node in (plain, chosen))
    shape, other = before[0], after[0]
    assert isinstance(shape, Shape)
    assert isinstance(other, Shape)
    assert shape.fill != other.fill
    assert shape.line != other.line
    assert shape.stroke < other.stroke
    ticks = [p for p in after if isinstance(p, Icon) and p.name == "check"]
    assert len(ticks) == 1
    assert not [p for p in before if isinstance(p, Icon) and p.name == "check"]


def test_the_field_that_takes_the_next_key_has_a_ring_and_a_bar() -> None:
    field = Node("field-day", Role.FIELD, Region.ANSWER, "Day", "14", state=("active",))
    active = compose(pen(), field, Box(0, 0, 60, 0))[1]
    idle = compose(pen(), replace(field, state=()), Box(0, 0, 60, 0))[1]
    assert len(active) == len(idle) + 1
    assert "14|" in {piece.text for piece in active if isinstance(piece, Text)}
