import pytest
from hypothesis import given
from uniseg.graphemecluster import grapheme_cluster_boundaries
from uniseg.linebreak import line_break_boundaries

from kiosk.i18n.breaks import clusters, opportunities

from .texts import spoken


@given(spoken)
def test_short_cuts_change_no_rule(text: str) -> None:
    assert opportunities(text) == list(line_break_boundaries(text))


@given(spoken)
def test_clusters_are_those_of_uax_29(text: str) -> None:
    assert [0, *clusters(text)] == list(grapheme_cluster_boundaries(text)) or text == ""


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Hold up your code", ["Hold ", "up ", "your ", "code"]),
        ("请坐下。谢谢", ["请", "坐", "下。", "谢", "谢"]),
        ("かばん、くつ", ["か", "ば", "ん、", "く", "つ"]),
        ("กา\u200bกา", ["กา\u200b", "กา"]),
        ("10:30", ["10:30"]),
        ("Dr.\u00a0Chen", ["Dr.\u00a0Chen"]),
        ("(ja) nein", ["(ja) ", "nein"]),
        ("sowohl-als-auch", ["sowohl-", "als-", "auch"]),
    ],
)
def test_lines_may_end_where_readers_expect(text: str, pieces: list[str]) -> None:
    ends = opportunities(text)
    assert [text[a:b] for a, b in zip([0, *ends], ends, strict=False)] == pieces


@pytest.mark.parametrize("unit", [" ", "\U0001f1e6", "(“", "a\u0301", "中", "\u200b", "a\u00ad"])
def test_a_long_text_is_worked_out_in_pieces(unit: str) -> None:
    text = unit * 5000
    assert opportunities(text)[-1] == len(text)
    assert clusters(text)[-1] == len(text)
