from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given

from kiosk.errors import ConfigError, ResourceMissing
from kiosk.i18n.catalog import Catalogue, path_of, placeholders
from kiosk.i18n.languages import SHIPPED
from kiosk.intake.words import Words

from .texts import hostile

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
ARABIC = (
    HEAD
    + '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10'
    + ' ? 3 : n%100>=11 ? 4 : 5);\\n"\n'
    + """
msgid "Hello {name}, you are seen at {time}"
msgstr "مرحبا {name}، موعدك {time}"

#, fuzzy
msgid "Done"
msgstr "ليس بعد"

msgid "Next"
msgstr ""

msgid "Ask {who}"
msgstr "اسأل {whom}"

msgid "{n} minute"
msgid_plural "{n} minutes"
msgstr[0] "أقل من دقيقة"
msgstr[1] "دقيقة واحدة"
msgstr[2] "دقيقتان"
msgstr[3] "{n} دقائق"
msgstr[4] "{n} دقيقة"
msgstr[5] "{n} دقيقة"
"""
)

Make = Callable[..., Catalogue]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(zone: str = "Europe/London", territory: str = "GB", **catalogues: str) -> Catalogue:
        for tag, content in catalogues.items():
            path = path_of(tmp_path, tag)
            path.parent.mkdir(parents=True)
            path.write_text(content, encoding="utf-8")
        return Catalogue(tmp_path, zone, territory)

    return made


def test_the_catalogue_fills_the_cores_contract(make: Make) -> None:
    words: Words = make()
    assert words.name("ar") == "العربية"
    assert words.direction("ar") == "rtl"
    assert words.direction("en") == "ltr"


def test_english_needs_no_file(make: Make) -> None:
    assert make().text("Hello {name}", "en", name="Ana") == "Hello Ana"


def test_english_can_be_reworded_by_a_file(make: Make) -> None:
    po = HEAD + '\nmsgid "Surgery"\nmsgstr "Practice"\n'
    assert make(en=po).text("Surgery", "en") == "Practice"


def test_a_sentence_is_translated_and_its_values_isolated(make: Make) -> None:
    said = make(ar=ARABIC).text(
        "Hello {name}, you are seen at {time}", "ar", name="Wei Chen", time="10:30"
    )
    assert said == "مرحبا \u2068Wei Chen\u2069، موعدك \u206810:30\u2069"


def test_a_latin_name_in_a_latin_sentence_needs_no_isolate(make: Make) -> None:
    words = make()
    assert words.text("Hello {name}", "en", name="Wei (Chen)") == "Hello Wei (Chen)"
    assert words.text("Hello {name}", "en", name="سمير") == "Hello \u2068سمير\u2069"


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "أقل من دقيقة"), (1, "دقيقة واحدة"), (2, "دقيقتان"), (5, "5 دقائق"), (11, "11 دقيقة")],
)
def test_plural_forms_are_the_languages_own(make: Make, n: int, said: str) -> None:
    assert make(ar=ARABIC).plural("{n} minute", "{n} minutes", n, "ar") == said


def test_english_has_two_plural_forms(make: Make) -> None:
    words = make()
    assert words.plural("{n} minute", "{n} minutes", 1, "en") == "1 minute"
    assert words.plural("{n} minute", "{n} minutes", 3, "en") == "3 minutes"


@pytest.mark.parametrize("message", ["Done", "Next", "Never heard of"])
def test_fuzzy_empty_and_missing_translations_fall_back_to_english(
    make: Make, message: str
) -> None:
    assert make(ar=ARABIC).text(message, "ar") == message


def test_a_translation_with_a_wrong_placeholder_falls_back_to_english(make: Make) -> None:
    assert make(ar=ARABIC).text("Ask {who}", "ar", who="Ana") == "Ask \u2068Ana\u2069"


def test_a_value_is_never_read_as_a_placeholder(make: Make) -> None:
    said = make().text("{a} and {b}", "en", a="{b}", b="{a.__class__}")
    assert said == "{b} and {a.__class__}"


@given(hostile)
def test_a_hostile_value_stays_between_its_neighbours(value: str) -> None:
    words = Catalogue(Path("nowhere"), "Europe/London", "GB")
    said = words.text("Hello {name}!", "en", name=value)
    assert said.startswith("Hello ")
    assert said.endswith("!")
    assert not set("\u202a\u202b\u202c\u202d\u202e\x00\n") & set(said)
    assert sum(ch in "\u2066\u2067\u2068" for ch in said) == said.count("\u2069")


def test_times_are_the_practices(make: Make) -> None:
    words = make(zone="Europe/Paris")
    at = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
    assert words.time(at, "en") == "15:05"
    assert make(zone="America/New_York", territory="US").time(at, "en") == "9:05\u202fAM"


def test_days_and_date_order_follow_language_and_territory(make: Make) -> None:
    words = make(territory="US")
    assert words.day(date(2026, 11, 23), "en") == "Monday, November 23"
    assert words.date_order("en") == ("month", "day", "year")
    assert words.date_order("zh-Hans") == ("year", "month", "day")


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_digits_are_latin_everywhere(make: Make, row: object) -> None:
    words = make(territory="EG")
    tag = getattr(row, "tag", "")
    at = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
    digits = [ch for ch in words.time(at, tag) + words.day(at.date(), tag) if ch.isdigit()]
    assert digits
    assert all(ch.isascii() for ch in digits)


def test_a_missing_catalogue_is_named_when_it_is_loaded(make: Make) -> None:
    with pytest.raises(ResourceMissing, match=r"es/LC_MESSAGES/kiosk\.po"):
        make().load("en", "es")


@pytest.mark.parametrize(
    "content",
    [
        'msgid "a"\nmsgs',
        "what is this",
        HEAD + '"Plural-Forms: nplurals=2; plural=n ** import os;\\n"\n\nmsgid "a"\nmsgstr "b"\n',
        HEAD + '"Plural-Forms: nplurals=many;\\n"\n\nmsgid "a"\nmsgstr "b"\n',
        HEAD.replace("utf-8", "no-such-charset") + '\nmsgid "a"\nmsgstr "b"\n',
    ],
)
def test_a_broken_catalogue_is_named(make: Make, content: str) -> None:
    with pytest.raises(ConfigError, match=r"ar/LC_MESSAGES/kiosk\.po"):
        make(ar=content).load("ar")


@pytest.mark.parametrize(
    ("zone", "territory"),
    [("Mars/Olympus", "GB"), ("../etc/passwd", "GB"), ("Europe/London", "UK!")],
)
def test_an_unknown_zone_or_territory_is_named(tmp_path: Path, zone: str, territory: str) -> None:
    with pytest.raises(ConfigError, match=r"Mars|passwd|UK!"):
        Catalogue(tmp_path, zone, territory)


def test_an_unknown_language_is_named(make: Make) -> None:
    with pytest.raises(ConfigError, match="tlh"):
        make().text("Hello", "tlh")


def test_placeholders_are_names_in_braces() -> None:
    assert placeholders("{a} {b_2} {} { c } {D} {{a}}") == {"a", "b_2"}
