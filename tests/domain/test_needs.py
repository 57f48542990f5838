"""The table of needs: what is shipped is whole, and what is broken is named."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kiosk.domain import needs
from kiosk.errors import ConfigError
from kiosk.intake.flows import CHECK_IN
from kiosk.resources import shipped

SHIPPED = needs.read_table(shipped("assets", "needs.toml"))
NEEDS = SHIPPED.needs
FIRST = ("interpreter", "hearing", "sight", "step-free", "assistance-dog", "quiet", "easy-words")
GROUP = """
[[group]]
id = "calm"
ask = "Calm"
icon = "moon"
"""
ROW = """
[[need]]
id = "quiet"
access = "N-08"
group = "calm"
ask = "A quiet place to wait"
icon = "moon"
staff = "quiet place"
act = "Offer a quiet place."
modes = ["calm"]
code = { system = "none" }
"""
ELSEWHERE = """
[[elsewhere]]
access = "N-14"
step = "name-to-use"
staff = "name to use"
code = { system = "none" }
"""
WHOLE = GROUP + ROW
INTERPRETS = re.compile(r"interpret|translat", re.IGNORECASE)
NOT_TRAINED = re.compile(
    r"\b(child|son|daughter|kid|famil|relative|friend|helper|companion|parent|carer|bring)",
    re.IGNORECASE,
)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "needs.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("need", NEEDS.values(), ids=list(NEEDS))
def test_n_a_each_need_changes_something_is_told_to_staff_and_has_a_code_or_an_explicit_none(
    need: needs.Need,
) -> None:
    assert need.modes or need.effect or need.does
    assert need.staff
    assert need.act.endswith(".")
    assert (need.code.system == "none") == (need.code.code == "")
    assert need.code.system == "none" or need.code.display
    assert need.spoken == need.ask


def test_n_a_every_need_of_the_list_is_asked_about() -> None:
    asked = {need.access for need in SHIPPED.need} | {row.access for row in SHIPPED.elsewhere}
    assert asked == {f"N-{number:02d}" for number in range(1, 19)}


def test_n_a_what_is_asked_elsewhere_is_a_step_of_the_check_in() -> None:
    assert {row.step for row in SHIPPED.elsewhere} <= {step.id for step in CHECK_IN}


def test_n_a_needs_that_records_hold_already_keep_their_names() -> None:
    assert {*FIRST, "companion"} <= NEEDS.keys()


def test_n_e_nobody_who_is_not_trained_is_ever_offered_as_an_interpreter() -> None:
    said = [*SHIPPED.messages, *(words for n in SHIPPED.need for words in (n.staff, n.act))]
    about = [words for words in said if INTERPRETS.search(words)]
    assert about
    assert [words for words in about if NOT_TRAINED.search(words)] == []


def test_infection_is_silent() -> None:
    assert NEEDS["infection"].private
    assert not NEEDS["infection"].consent


def test_groups_are_few_and_short_enough_to_choose_from_at_a_glance() -> None:
    sizes = Counter(need.group for need in SHIPPED.need)
    assert len(SHIPPED.group) <= 7
    assert set(sizes) == {group.id for group in SHIPPED.group}
    assert all(2 <= size <= 4 for size in sizes.values())
    assert {n for g in SHIPPED.group for n in SHIPPED.of(g.id)} == set(SHIPPED.need)


def test_what_a_patient_chooses_from_is_short() -> None:
    assert all(len(group.ask.split()) <= 4 for group in SHIPPED.group)
    assert all(len(need.ask.split()) <= 6 for need in SHIPPED.need)


def test_every_message_of_the_table_is_there_to_be_translated_once() -> None:
    said = SHIPPED.messages
    assert len(said) == len(set(said))
    assert {"Help to see", "Read it to me", "Your dog is welcome here."} <= set(said)
    assert "" not in said


def test_needs_keep_the_order_of_the_file(tmp_path: Path) -> None:
    both = WHOLE + ROW.replace('"quiet"', '"silent"')
    assert list(needs.read(written(tmp_path, both))) == ["quiet", "silent"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "need"),
        ("need = 3", "need"),
        (GROUP + "[[need]]\n", "need 1 (?): id:"),
        ("need = [3]\n" + GROUP, "need 1: "),
        ("[[need]", "needs.toml"),
        (b"\xff\xfe", "needs.toml"),
        (WHOLE.replace("icon", "ikon"), "need 1 (quiet): ikon:"),
        (WHOLE.replace('id = "quiet"', 'id = "Quiet!"'), "need 1 (Quiet!): id:"),
        (WHOLE.replace('"none"', '"icd"'), "need 1 (quiet): code: system:"),
        (WHOLE.replace('"none"', '"snomed"'), "need 1 (quiet): code:"),
        (WHOLE.replace('"none"', '"none", code = "1"'), "need 1 (quiet): code:"),
        (WHOLE.replace('modes = ["calm"]', ""), "need 1 (quiet): Value error, modes, effect"),
        (WHOLE.replace('["calm"]', '["loud"]'), "there is no mode loud"),
        (WHOLE.replace("N-08", "N-8"), "need 1 (quiet): access:"),
        (WHOLE.replace('group = "calm"', 'group = "loud"'), "need quiet: there is no group loud"),
        (WHOLE + 'special = "cat"', "need 1 (quiet): special:"),
        (WHOLE + 'does = ["sing"]', "need 1 (quiet): does: 0:"),
        (WHOLE + ROW, "need: two rows have the id quiet"),
        (GROUP + WHOLE, "group: two rows have the id calm"),
        (WHOLE + ELSEWHERE.replace("name-to-use", "Name"), "elsewhere 1 (?): step:"),
        ("title = 'x'\n" + WHOLE, "title"),
    ],
)
def test_a_broken_table_is_named_with_its_row(
    tmp_path: Path, text: str | bytes, named: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        needs.read(written(tmp_path, text))
    assert "needs.toml" in str(refused.value)
    assert named in str(refused.value)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"needs\.toml"):
        needs.read(tmp_path / "needs.toml")
