from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale, localedata

from kiosk.i18n.dates import locale_of, order, short_time, weekday_and_date
from kiosk.i18n.languages import language

MONDAY = date(2026, 11, 23)
AFTERNOON = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "territory", "time", "day", "first"),
    [
        ("en", "GB", "14:05", "Monday 23 November", "day"),
        ("en", "US", "2:05\u202fPM", "Monday, November 23", "month"),
        ("es", "GB", "14:05", "lunes, 23 de noviembre", "day"),
        ("es", "US", "2:05\u202fp.m.", "lunes, 23 de noviembre", "day"),
        ("ar", "GB", "2:05 م", "الاثنين، 23 نوفمبر", "day"),
        ("hi", "GB", "2:05 pm", "सोमवार, 23 नवंबर", "day"),
        ("zh-Hans", "GB", "14:05", "11月23日星期一", "year"),
    ],
)
def test_times_and_days_are_written_as_people_there_write_them(
    tag: str, territory: str, time: str, day: str, first: str
) -> None:
    locale = locale_of(language(tag), territory)
    assert short_time(AFTERNOON, ZoneInfo("Europe/London"), locale) == time
    assert weekday_and_date(MONDAY, locale) == day
    assert order(locale)[0] == first


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
