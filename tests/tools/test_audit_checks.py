"""Each check of the audit can fail: a screen that is made bad is found, by the rule's id."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from intake.screens import WORDS, screens
from words.reading import grade as reference

from kiosk.intake.view import Look, Node, Region, Role, StepView
from kiosk.tools.audit import glyphs, listening, reading
from kiosk.tools.audit.found import Breach
from kiosk.tools.audit.listening import Heard, listen
from kiosk.tools.audit.ruler import Ruler
from kiosk.tools.audit.rules import RULES
from kiosk.tools.audit.seen import Seen, seen, texts
from kiosk.ui.page import MORE
from kiosk.ui.pieces import Box, Layout, Placed
from kiosk.ui.profile import PROFILES

HIGH = PROFILES["portrait-21"]
RULER = Ruler(HIGH.px_per_mm)
NEEDS = dict(screens("en"))["needs, 0"]
ARABIC = dict(screens("ar"))["needs, 0"]
ALOUD = dict(screens("en", "read-aloud"))

Change = Callable[[Placed], Placed | None]


def laid(view: StepView = NEEDS) -> Seen:
    return seen(view, HIGH, RULER.measure)


def spoilt(node: str, change: Change, view: StepView = NEEDS) -> Seen:
    """The screen with one node placed otherwise, or not at all."""
    one = laid(view)
    pages = [replace(page, placed=tuple(_placed(page, node, change))) for page in one.pages]
    return replace(one, pages=pages)


def _placed(page: Layout, node: str, change: Change) -> Iterator[Placed]:
    for placed in page.placed:
        made = change(placed) if placed.node.id == node else placed
        if made is not None:
            yield made


def moved(x: float = 0, y: float = 0, w: float = 0, h: float = 0) -> Change:
    def change(placed: Placed) -> Placed:
        box = placed.box
        return replace(placed, box=Box(box.x + x, box.y + y, box.w + w, box.h + h))

    return change


def words(**changes: object) -> Change:
    def change(placed: Placed) -> Placed:
        pieces = tuple(
            replace(piece, **changes) if piece in texts(placed) else piece  # type: ignore[arg-type]
            for piece in placed.pieces
        )
        return replace(placed, pieces=pieces)

    return change


def found(rule: str, one: Seen) -> set[str]:
    return {breach.rule for breach in RULES[rule](one)}


PAGED = dict(screens("en", "extra-large"))["done, every need"]
BAD = [
    ("overlap", "D-08", spoilt("heading", moved(y=8))),
    ("outside", "D-08", spoilt("next", moved(x=300))),
    ("clipped", "G-04", spoilt("heading", words(box=Box(10, 10, 30, 2)))),
    ("tiny", "D-01", spoilt("sentence", words(size=1.0))),
    ("broken", "G-04", spoilt("heading", words(box=Box(10, 10, 3, 200)))),
    ("small", "D-09", spoilt("next", lambda p: replace(p, box=replace(p.box, h=5)))),
    ("small", "D-10", spoilt("next", lambda p: replace(p, box=replace(p.box, h=12)))),
    ("small", "D-11", spoilt("next", lambda p: replace(p, box=replace(p.box, h=17)))),
    ("close", "D-10", spoilt("back", moved(w=3.5))),
    ("lost", "D-08", spoilt("sentence", lambda _: None)),
    ("stuck", "O-02", spoilt(MORE, lambda _: None, PAGED)),
    ("one_way", "O-02", spoilt("earlier", lambda _: None, PAGED)),
    ("backward", "O-02", spoilt("group-seeing", moved(y=-200, x=-200))),
    ("unmirrored", "G-03", spoilt("next", moved(x=5), ARABIC)),
    ("high", "P-01", laid(replace(dict(screens("en"))["welcome, live"], modes=("low-reach",)))),
]


@pytest.mark.parametrize(("rule", "id_", "one"), BAD, ids=[f"{b[0]} {b[1]}" for b in BAD])
def test_a_badly_placed_node_is_found(rule: str, id_: str, one: Seen) -> None:
    if rule == "high":
        one = spoilt("language-en", moved(y=-80), one.view)
    assert id_ in found(rule, one)


def test_pages_out_of_order_are_found() -> None:
    one = laid(PAGED)
    assert len(one.pages) > 1
    turned = replace(one, pages=[replace(page) for page in reversed(one.pages)])
    assert found("unordered", turned) == {"O-02"}


def test_a_help_bar_that_wanders_is_found() -> None:
    one = laid(PAGED)
    other = spoilt("help", moved(x=4), PAGED)
    assert found("bar", replace(one, pages=[one.pages[0], other.pages[1]])) == {"O-11"}


def test_the_rules_that_are_tried_are_all_there_are() -> None:
    assert {rule for rule, _, _ in BAD} | {"unordered", "bar"} == set(RULES)


def changed(view: StepView, id_: str, **changes: object) -> StepView:
    nodes = tuple(
        replace(node, **changes) if node.id == id_ else node  # type: ignore[arg-type]
        for node in view.nodes
    )
    return replace(view, nodes=nodes)


def test_a_character_without_a_glyph_is_found() -> None:
    view = changed(NEEDS, "heading", text="What \U0010fffd helps?")
    assert [breach.rule for breach in glyphs.missing(laid(view))] == ["G-01"]


HARD = "Processing necessitates unambiguous authorisation notwithstanding prior notification."


def test_hard_words_and_long_sentences_are_found() -> None:
    view = changed(NEEDS, "sentence", text=" ".join([HARD] * 6).replace(". ", " "))
    assert [breach.rule for breach in reading.long(view)] == ["R-02"]
    plain = replace(view, nodes=tuple(n for n in view.nodes if n.id in {"sentence", "heading"}))
    assert [breach.rule for breach in reading.hard(plain)] == ["R-03"]
    assert list(reading.hard(NEEDS)) == []


def test_screens_are_graded_as_by_a_dictionary_of_hyphens() -> None:
    for name, view in screens("en"):
        told = [node.text for node in view.nodes if node.role is not Role.KEY and node.text]
        assert reading.grade(told) == pytest.approx(reference(told), abs=1.6), name
    assert reading.grade([HARD]) > 18
    assert reading.grade([]) == 0.0


def heard(view: StepView, **changes: object) -> Heard:
    one = laid(view)
    drawn = {p.node.id: [t.text for t in texts(p)] for page in one.pages for p in page.placed}
    made = listen(view, WORDS, lambda _: True, lambda id_: drawn.get(id_, ()))
    return replace(made, **changes)  # type: ignore[arg-type]


def rules(check: str, one: Heard) -> set[str]:
    return {breach.rule for breach in listening.CHECKS[check](one)}


VIEW = ALOUD["needs, 0"]
ROWS = ALOUD["still-right, phone 101"]
KEY = "key-1"


def _silent() -> Heard:
    one = heard(VIEW)
    return replace(one, said=[said for said in one.said if said.id != "heading"])


def _nameless() -> Heard:
    one = heard(VIEW)
    return replace(one, said=[said for said in one.said if said.id != "next"], drawn=lambda _: ())


def _told() -> Heard:
    one = heard(ROWS)
    return replace(one, room=[said.text for said in one.said])


def _other_voice() -> Heard:
    one = heard(VIEW)
    return replace(one, said=[replace(said, language="ta") for said in one.said])


TOGGLE = replace(VIEW, nodes=(*VIEW.nodes, Node("x", Role.KEY, Region.ANSWER, "X", state=("on",))))
TWIN = changed(ALOUD["phone, typed"], "key-2", text="1")
DEAF = [
    ("unreached", "O-02", heard(VIEW, stops=["heading"])),
    ("unreached", "D-13", heard(VIEW, ringed=False)),
    ("unspoken", "S-01", _silent()),
    ("unspoken", "S-02", _nameless()),
    ("blurted", "S-09", _told()),
    ("foreign", "S-07", _other_voice()),
    ("parted", "S-06", heard(VIEW, apart=["heading"])),
    ("parted", "S-04", heard(VIEW, silenced=False)),
    ("stateless", "O-16", heard(TOGGLE)),
    ("alike", "S-02", heard(TWIN)),
]


@pytest.mark.parametrize(("check", "id_", "one"), DEAF, ids=[f"{d[0]} {d[1]}" for d in DEAF])
def test_what_ears_and_keys_miss_is_found(check: str, id_: str, one: Heard) -> None:
    assert id_ in rules(check, one)


def test_the_checks_that_are_tried_are_all_there_are() -> None:
    assert {check for check, _, _ in DEAF} == set(listening.CHECKS)


def test_a_good_screen_breaks_nothing() -> None:
    view = dict(screens("en", "read-aloud"))["who"]
    one: list[Breach] = [b for rule in RULES.values() for b in rule(laid(view))]
    checks = listening.CHECKS.items()
    one += [b for name, check in checks if name != "stateless" for b in check(heard(view))]
    assert one == []
    assert view.node("answer-parent") is not None
    assert any(node.look is Look.QUIET for node in view.nodes)
