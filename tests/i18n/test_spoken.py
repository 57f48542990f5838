"""What a voice says for times, dates, numbers and codes (access.md T-03)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.i18n.clocktimes import SAYINGS
from kiosk.i18n.languages import SHIPPED
from kiosk.i18n.spoken import one_by_one, spoken

# The golden table: what the screen shows, and what is said in each of the first languages.
GOLDEN = {
    "en": {
        "Your time is 10:30.": "Your time is 10 30.",
        "Check-in opens at 10:05.": "Check-in opens at 10 oh 5.",
        "by 10:00": "by 10 o'clock",
        "2:00 PM": "2 PM",
        "2:30\u202fPM": "2 30 PM",
        "14:00": "14 hundred hours",
        "at 10:30 a nurse comes": "at 10 30 a nurse comes",
        "1950-01-02": "January 2, 1950",
        "+44 20 7946 0018": "plus 4 4, 2 0, 7 9 4 6, 0 0 1 8",
    },
    "es": {
        "Su cita: 10:30.": "Su cita: 10 y 30.",
        "10:00": "10 en punto",
        "1:05\u202fp.\u202fm.": "una y 5 de la tarde",
        "10:00\xa0a.\xa0m.": "10 de la mañana",
        "1950-01-02": "2 de enero de 1950",
        "+34 600 123 456": "más 3 4, 6 0 0, 1 2 3, 4 5 6",
    },
    "ar": {
        "موعدك الساعة \u206810:30 ص\u2069.": "موعدك الساعة 10 و 30 دقيقة صباحًا.",
        "2:00 م": "2 مساءً",
        "14:05": "14 و 5 دقيقة",
        "10:00": "10 تمامًا",
        "1950-01-02": "2 يناير 1950",
    },
    "hi": {
        "आपका समय 10:30 am है।": "आपका समय सुबह 10 बजकर 30 मिनट है।",
        "2:00 pm": "दोपहर बाद 2 बजे",
        "14:05": "14 बजकर 5 मिनट",
        "1950-01-02": "2 जनवरी 1950",
    },
    "zh-Hans": {
        "如果到10:30还没有人叫您": "如果到10点30分还没有人叫您",
        "今天下午2:05": "今天下午两点零5分",
        "10:00": "10点整",
        "12:30": "12点30分",
        "1950-01-02": "1950年1月2日",
    },
}
CASES = [(tag, shown, said) for tag, table in GOLDEN.items() for shown, said in table.items()]


@pytest.mark.parametrize(("tag", "shown", "said"), CASES)
def test_t03_times_and_dates_are_said_as_people_say_them(tag: str, shown: str, said: str) -> None:
    assert spoken(shown, tag) == said


def test_a_language_without_words_for_times_says_hour_and_minutes() -> None:
    said = [spoken(time, "xx") for time in ("10:30", "10:05", "10:00", "2:30 PM")]
    assert said == ["10 30", "10 0 5", "10 0 0", "2 30"]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("020 7946 0018", "0 2 0, 7 9 4 6, 0 0 1 8"),
        ("5550123456", "5 5 5, 0 1 2, 3 4 5 6"),
        ("Phone: •••123", "Phone: 1 2 3"),
        ("K1M10123AB", "K 1 M, 1 0 1, 2 3 A B"),
        ("code 007", "code 0 0 7"),
        ("ends in 1 2 3", "ends in 1 2 3"),
    ],
)
def test_telephone_numbers_and_codes_are_said_one_by_one(shown: str, said: str) -> None:
    assert spoken(shown, "en") == said


@pytest.mark.parametrize("shown", ["Room 12", "10 to 20 minutes", "2026", "12,000", "B12", "COVID"])
def test_plain_numbers_and_words_stay(shown: str) -> None:
    assert spoken(shown, "en") == shown


def test_a_voice_that_reads_latin_digits_in_english_gets_its_own() -> None:
    assert spoken("10:30, 2 / 2", "ne") == "१० बजेर ३० मिनेट, २ २"


def test_signs_that_a_voice_would_name_are_left_out() -> None:
    assert spoken("Care → help / rest • sit | #1 <b>", "hi") == "Care help rest sit 1 b"


def test_every_shipped_language_has_words_for_times() -> None:
    assert {row.tag for row in SHIPPED} <= set(SAYINGS)


@pytest.mark.parametrize("tag", SAYINGS)
def test_each_row_keeps_hour_and_minutes(tag: str) -> None:
    row = SAYINGS[tag]
    for pattern in (row.time, row.few or row.time):
        assert pattern.count("{h}") == pattern.count("{m}") == 1
    assert all("{h}" in hour for hour in (row.hour, row.late or row.hour))
    assert row.am.count("{t}") == row.pm.count("{t}") == 1
    assert row.am != row.pm


TEXTS = st.text() | st.text("0123456789:-+ ()•AMPKampصم点午上.\u202f\u2068\u2069", max_size=40)
LANGUAGES = st.sampled_from([*SAYINGS, "xx"])


@given(TEXTS, LANGUAGES)
def test_any_text_can_be_said_and_has_no_marks_left(text: str, tag: str) -> None:
    said = spoken(text, tag)
    assert said == " ".join(said.split())
    assert not {unicodedata.category(ch) for ch in said} & {"Cc", "Cs", "So", "Sk"}
    assert not set(said) & set("\u2068\u2069\u200e\u200f*#/|")


@given(st.text().filter(lambda text: not any(ch.isdigit() for ch in text)), LANGUAGES)
def test_text_without_numbers_is_not_changed_twice(text: str, tag: str) -> None:
    once = spoken(text, tag)
    assert spoken(once, tag) == once


@given(st.text("0123456789ABC", min_size=1, max_size=30))
def test_one_by_one_loses_nothing(characters: str) -> None:
    assert one_by_one(characters).replace(", ", "").replace(" ", "") == characters
