"""The tree itself: small files, small functions, words that are translated, icons that exist."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from intake.screens import NEEDS, screens
from ui.matrix import ruler

import kiosk
from kiosk.resources import shipped
from kiosk.ui.arrange import arrange
from kiosk.ui.pieces import Icon
from kiosk.ui.profile import PROFILES

PACKAGE = Path(kiosk.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)
NAMES = [str(path.relative_to(PACKAGE)) for path in FILES]
LINES, FUNCTION = 300, 40
MARKS = {"N_", "N_n"}
SHOWN_TO_PEOPLE = ("ui", "intake", "checkin")
_SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
_WORD = re.compile(r"[A-Z][a-z]+[.!?]?")
ICONS = set(json.loads(shipped("assets", "icons", "lucide.json").read_text(encoding="utf-8")))
EACH = pytest.mark.parametrize("path", FILES, ids=NAMES)


@EACH
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@EACH
def test_a_function_can_be_read_at_a_glance(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= FUNCTION
    ]
    assert long == []


def loose(path: Path) -> Iterator[str]:
    """Yield words that are neither marked for translation nor meant for engineers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spared = {id(inner) for node in ast.walk(tree) if _spared(node) for inner in ast.walk(node)}
    said = {id(word) for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in spared:
            text = node.value if isinstance(node.value, str) else ""
            if _SENTENCE.search(text) or (id(node) in said and _WORD.fullmatch(text)):
                yield f"line {node.lineno}: {text}"


def _spared(node: ast.AST) -> bool:
    """Docstrings and other bare strings, marked words, and faults."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in MARKS
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Raise | ast.Assert)


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.relative_to(PACKAGE).parts[0] in SHOWN_TO_PEOPLE],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_no_word_reaches_a_patient_untranslated(path: Path) -> None:
    assert list(loose(path)) == []


def test_the_search_for_loose_words_finds_them(tmp_path: Path) -> None:
    written = tmp_path / "x.py"
    written.write_text(
        '"""A doc."""\nask = N_("Marked words")\nsaid = "Please wait"\nnode("Next")\n'
    )
    assert list(loose(written)) == ["line 3: Please wait", "line 4: Next"]


def test_every_need_has_an_icon_of_the_font() -> None:
    assert {need.icon for need in NEEDS.values()} <= ICONS


def test_every_icon_on_screen_is_one_of_the_font() -> None:
    used = set[str]()
    for profile in PROFILES.values():
        for _, view in screens("en"):
            used |= {node.icon for node in view.nodes if node.icon}
            layout = arrange(view, profile, ruler(profile.name).measure)
            pieces = [piece for placed in layout.placed for piece in placed.pieces]
            used |= {piece.name for piece in pieces if isinstance(piece, Icon)}
    assert used <= ICONS
    assert {"check", "hand-helping", "camera-off", "pencil"} <= used
