# ruff: noqa: RUF001 - marks of other scripts are meant
"""Lines end where readers of each script expect it (access.md G-05)."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.i18n.breaks import clusters, opportunities, phrases
from kiosk.i18n.languages import SHIPPED

from .texts import spoken

PARAGRAPHS = spoken.map(lambda text: text.replace("\n", " "))
TAGS = st.sampled_from(["", "th", *(row.tag for row in SHIPPED)])
# What must not begin a line, and what must not end one (JIS X 4051, GB/T 15834).
NOT_FIRST = "、。，．・：；？！）」』】》〉〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々”’"
NOT_LAST = "（「『【《〈〔“‘"


def cut(text: str, ends: list[int]) -> list[str]:
    return [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]


@given(PARAGRAPHS, TAGS)
def test_breaks_rise_to_the_end_and_spaces_hang_on_the_line_before(text: str, tag: str) -> None:
    for ends in (opportunities(text, tag), phrases(text, tag)):
        assert ends == sorted(set(ends))
        assert (ends[-1] == len(text)) if text else ends == []
        assert not any(piece.startswith(" ") for piece in cut(text, ends)[1:])


@given(PARAGRAPHS, TAGS)
def test_no_letter_is_parted_from_its_marks(text: str, tag: str) -> None:
    whole = set(clusters(text))
    for end in opportunities(text, tag)[:-1]:
        if category(text[end - 1])[0] in "LMN":
            assert end in whole, text


@given(PARAGRAPHS, TAGS)
def test_phrases_are_some_of_the_places_that_are_allowed(text: str, tag: str) -> None:
    assert set(phrases(text, tag)) <= set(opportunities(text, tag))


@pytest.mark.parametrize(
    ("tag", "text", "pieces"),
    [
        ("en", "Hold up your code", ["Hold ", "up ", "your ", "code"]),
        ("en", "10:30", ["10:30"]),
        ("en", "2:05\u202fPM", ["2:05\u202fPM"]),
        ("en", "Dr.\u00a0Chen", ["Dr.\u00a0Chen"]),
        ("de", "(ja) nein", ["(ja) ", "nein"]),
        ("de", "sowohl-als-auch", ["sowohl-", "als-", "auch"]),
        ("fr", "Votre nom\u00a0: « oui »", ["Votre ", "nom\u00a0: ", "« oui »"]),
        ("ar", "موعدك الساعة 10:30", ["موعدك ", "الساعة ", "10:30"]),
        ("zh-Hans", "请坐下。谢谢", ["请", "坐", "下。", "谢", "谢"]),
        ("zh-Hans", "请点“帮助”。", ["请", "点", "“帮", "助”。"]),
        ("zh-Hant", "請按「協助」。", ["請", "按", "「協", "助」。"]),
        ("zh-Hant", "醫生Wei Chen在", ["醫", "生", "Wei ", "Chen", "在"]),
        ("ja", "かばん、くつ", ["か", "ば", "ん、", "く", "つ"]),
        ("ja", "ちょっと、カード「見る」", ["ちょっ", "と、", "カー", "ド", "「見", "る」"]),
        ("ko", "접수", ["접", "수"]),
        ("th", "กรุณารอที่นี่", ["กรุณา", "รอ", "ที่", "นี่"]),
        ("th", "กา\u200bกา", ["กา\u200b", "กา"]),
        ("km", "សូមរង់ចាំនៅទីនេះ", ["សូម", "រង់ចាំ", "នៅ", "ទីនេះ"]),
        ("my", "ကျေးဇူးတင်ပါတယ်။ ဒီမှာ", ["ကျေးဇူးတင်", "ပါ", "တယ်။ ", "ဒီမှာ"]),
    ],
)
def test_lines_may_end_where_readers_expect(tag: str, text: str, pieces: list[str]) -> None:
    assert cut(text, opportunities(text, tag)) == pieces


@pytest.mark.parametrize(
    ("tag", "text", "pieces"),
    [
        ("ja", "受付が完了しました。", ["受付が", "完了", "しました。"]),
        ("ko", "접수가 완료되었습니다. 잠시만요", ["접수가 ", "완료되었습니다. ", "잠시만요"]),
        ("zh-Hans", "请坐", ["请", "坐"]),
        ("en", "Sit down", ["Sit ", "down"]),
    ],
)
def test_lines_end_between_phrases_where_a_language_has_them(
    tag: str, text: str, pieces: list[str]
) -> None:
    assert cut(text, phrases(text, tag)) == pieces


@given(st.text("請座受付カード" + NOT_FIRST + NOT_LAST + "a1 ", max_size=30))
def test_marks_of_chinese_and_japanese_stay_with_their_words(text: str) -> None:
    for tag in ("ja", "zh-Hans", "zh-Hant"):
        for end in opportunities(text, tag)[:-1]:
            if text[end - 1] != " ":
                assert text[end] not in NOT_FIRST, text
            assert text[end - 1] not in NOT_LAST or text[end] in NOT_LAST + " ", text


@pytest.mark.parametrize("unit", [" ", "\U0001f1e6", "(“", "a\u0301", "中", "\u200b", "a\u00ad"])
def test_a_long_text_is_worked_out_to_its_end(unit: str) -> None:
    text = unit * 5000
    assert opportunities(text)[-1] == len(text)
    assert phrases(text, "ja")[-1] == len(text)
    assert clusters(text)[-1] == len(text)
