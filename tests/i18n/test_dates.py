# ruff: noqa: RUF001 - letters of other scripts are meant
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale, localedata

from kiosk.i18n.dates import locale_of, order, short_time, weekday_and_date
from kiosk.i18n.languages import SHIPPED, Language, language

MONDAY = date(2026, 11, 23)
AFTERNOON = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


GOLDEN = [
    ("en", "GB", "14:05", "Monday 23 November", "day"),
    ("en", "US", "2:05\u202fPM", "Monday, November 23", "month"),
    ("es", "GB", "14:05", "lunes, 23 de noviembre", "day"),
    ("es", "US", "2:05\u202fp.m.", "lunes, 23 de noviembre", "day"),
    ("zh-Hans", "GB", "14:05", "11月23日星期一", "year"),
    ("zh-Hant", "GB", "下午2:05", "11月23日 星期一", "year"),
    ("vi", "GB", "14:05", "Thứ Hai, 23 tháng 11", "day"),
    ("ar", "GB", "2:05\u00a0م", "الاثنين، 23 نوفمبر", "day"),
    ("fil", "GB", "2:05\u202fPM", "Lunes, Nobyembre 23", "month"),
    ("ko", "GB", "오후\u00a02:05", "11월 23일 월요일", "year"),
    ("ru", "GB", "14:05", "понедельник, 23 ноября", "day"),
    ("uk", "GB", "14:05", "понеділок, 23 листопада", "day"),
    ("pt", "GB", "14:05", "segunda-feira, 23 de novembro", "day"),
    ("ht", "GB", "14:05", "lendi 23 novanm", "day"),
    ("ht", "HT", "14:05", "lendi 23 novanm", "day"),
    ("fr", "GB", "14:05", "lundi 23 novembre", "day"),
    ("pl", "GB", "14:05", "poniedziałek, 23 listopada", "day"),
    ("ro", "GB", "14:05", "luni, 23 noiembrie", "day"),
    ("it", "GB", "14:05", "lunedì 23 novembre", "day"),
    ("de", "GB", "14:05", "Montag, 23. November", "day"),
    ("fa", "GB", "14:05", "دوشنبه 23 نوامبر", "year"),
    ("ur", "GB", "2:05\u00a0دوپہر", "پیر، 23 نومبر", "day"),
    ("hi", "GB", "दोपहर\u00a02:05", "सोमवार, 23 नवंबर", "day"),
    ("bn", "GB", "2:05\u00a0দুপুর", "সোমবার, 23 নভেম্বর", "day"),
    ("gu", "GB", "2:05\u00a0બપોરે", "સોમવાર, 23 નવેમ્બર", "day"),
    ("pa", "GB", "2:05\u00a0ਬਾ.ਦੁ.", "ਸੋਮਵਾਰ, 23 ਨਵੰਬਰ", "day"),
    ("ne", "GB", "14:05", "नोभेम्बर 23, सोमबार", "year"),
    ("ta", "GB", "பிற்பகல்\u00a02:05", "திங்கள், 23 நவம்பர்", "day"),
    ("so", "GB", "2:05\u202fGD", "Isniin, Noofeembar 23", "day"),
    ("tr", "GB", "14:05", "23 Kasım Pazartesi", "day"),
    ("ja", "GB", "14:05", "11月23日月曜日", "year"),
]


@pytest.mark.parametrize(("tag", "territory", "time", "day", "first"), GOLDEN)
def test_times_and_days_are_written_as_people_there_write_them(
    tag: str, territory: str, time: str, day: str, first: str
) -> None:
    locale = locale_of(language(tag), territory)
    assert short_time(AFTERNOON, ZoneInfo("Europe/London"), locale) == time
    assert weekday_and_date(MONDAY, locale) == day
    assert order(locale)[0] == first


def test_the_golden_table_has_every_language() -> None:
    assert {row.tag for row in SHIPPED} == {tag for tag, *_ in GOLDEN}


@pytest.mark.parametrize("territory", ["GB", "US"])
@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_no_two_times_of_a_day_and_no_two_days_of_a_year_are_written_alike(
    row: Language, territory: str
) -> None:
    locale = locale_of(row, territory)
    hours = [AFTERNOON.replace(hour=h, minute=m) for h in range(24) for m in (0, 5, 30)]
    assert len({short_time(at, ZoneInfo("UTC"), locale) for at in hours}) == len(hours)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert len({weekday_and_date(day, locale) for day in days}) == len(days)


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_a_time_is_never_torn_over_two_lines(row: Language) -> None:
    for hour in range(24):
        at = AFTERNOON.replace(hour=hour)
        assert " " not in short_time(at, ZoneInfo("UTC"), locale_of(row, "GB"))


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_a_reader_of_another_script_meets_no_latin_letters_in_a_time(row: Language) -> None:
    if row.script == "Latn":
        return
    for hour in range(24):
        at = AFTERNOON.replace(hour=hour)
        assert not any(
            "A" <= ch <= "z" for ch in short_time(at, ZoneInfo("UTC"), locale_of(row, "US"))
        )


def test_haitian_days_and_months_are_not_french() -> None:
    ours, french = locale_of(language("ht"), "US"), locale_of(language("fr"), "US")
    for month in range(1, 13):
        for day in range(1, 8):
            on = date(2026, month, day)
            written, other = weekday_and_date(on, ours), weekday_and_date(on, french)
            weekday, _, name = written.split()
            assert weekday not in other.split()
            assert str(on.day) in written
            assert name not in other.split() or name == "avril"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("ru", "понедельник, 23 ноября"),
        ("ko", "11월 23일 월요일"),
        ("hu", "november 23., hétfő"),
        ("lv", "pirmdiena, 23. novembris"),
        ("th", "วันจันทร์ที่ 23 พฤศจิกายน"),
    ],
)
def test_the_year_goes_with_the_words_that_belong_to_it(name: str, day: str) -> None:
    assert weekday_and_date(MONDAY, Locale.parse(name)) == day


def test_every_locale_of_cldr_has_a_day_without_year_and_an_order_of_three() -> None:
    for name in localedata.locale_identifiers():
        locale = Locale.parse(name)
        assert set(order(locale)) == {"day", "month", "year"}, name
        written = weekday_and_date(MONDAY, locale)
        assert "23" in written, name
        assert "2026" not in written, name


def test_the_practices_zone_decides_the_hour() -> None:
    locale = locale_of(language("en"), "GB")
    assert short_time(AFTERNOON, ZoneInfo("Europe/Paris"), locale) == "15:05"
