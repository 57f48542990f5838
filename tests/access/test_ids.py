"""The table of requirements on access is whole, and what it names is there."""

import ast
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TESTS = HERE.parent
TABLE: Mapping[str, Mapping[str, str]] = tomllib.loads((HERE / "ids.toml").read_text("utf-8"))
COUNTS = {"S": 16, "V": 8, "D": 13, "O": 17, "P": 8, "L": 9, "G": 6, "I": 4, "R": 5, "A": 4}
COUNTS |= {"N": 18, "T": 4}
ALL = {f"{letter}-{n:02}" for letter, most in COUNTS.items() for n in range(1, most + 1)}
ALL |= {"R-01b", "N-A", "N-B", "N-C", "N-D", "N-E"}
ENOUGH = 20  # letters of a reason


def names() -> set[str]:
    """Return the names of all tests there are."""
    trees = (ast.parse(path.read_text("utf-8")) for path in TESTS.rglob("test_*.py"))
    return {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_requirement_stands_in_the_table_once() -> None:
    rows = [id_ for part in TABLE.values() for id_ in part]
    assert sorted(rows) == sorted(ALL)
    assert set(TABLE) == {"test", "installer", "unmet"}


def test_every_test_that_is_named_is_there() -> None:
    assert set(TABLE["test"].values()) - names() == set()


@pytest.mark.parametrize("id_", sorted(TABLE["installer"]))
def test_the_installers_list_has_what_software_cannot_check(id_: str) -> None:
    page = (TESTS.parent / "deploy" / "it.md").read_text("utf-8")
    words = " ".join(re.sub(r"[^\w\s]", " ", page).split()).lower()
    wanted = re.findall(r"\w{5,}|\d{3,}", TABLE["installer"][id_].lower())
    found = [word for word in wanted if word in words]
    assert len(found) >= len(wanted) * 0.5, sorted(set(wanted) - set(found))


@pytest.mark.parametrize("id_", sorted(TABLE["unmet"]))
def test_what_is_not_held_says_why(id_: str) -> None:
    assert len(TABLE["unmet"][id_]) >= ENOUGH
