"""Every shipped language that claims a voice is spoken by it, word for word (access.md T-02)."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache

import pytest

from kiosk.devices.speech.espeak import Espeak
from kiosk.devices.speech.turn import Turn
from kiosk.devices.speech.utterance import plain
from kiosk.i18n.catalog import path_of, read
from kiosk.i18n.languages import SHIPPED, Language
from kiosk.i18n.spoken import spoken
from kiosk.resources import shipped

LOCALE = shipped("assets", "locale")
SPEAKING = [row for row in SHIPPED if row.voice]
EACH = pytest.mark.parametrize("row", SPEAKING, ids=lambda row: row.tag)
VALUES = ("10:30", "10:05", "9:00 AM", "14:00", "1950-01-02", "+44 20 7946 0018", "1 2 3")
LATIN = re.compile(r"[A-Za-z]+")
BORROWED = re.compile(r"(?i)braille|camera|e-?mail|team|ਈਮੇਲ")  # said as in English there, too
VOICES = {row.tag: row.voice for row in SHIPPED}


@cache
def espeak() -> Espeak:
    return Espeak(VOICES)


def texts(row: Language) -> Iterator[str]:
    """Yield all that is ever said in a language, with a number for each value."""
    yield from VALUES
    if path_of(LOCALE, row.tag).exists():
        for entry in read(LOCALE, row):
            forms = (entry.string,) if isinstance(entry.string, str) else entry.string
            for form in (forms or ()) if entry.id else ():
                yield re.sub(r"\{[a-z_]+\}", "2", form)


def phonemes(row: Language, text: str) -> str:
    """Return espeak-ng's trace, which shows `(en)` where it switches to English."""
    arguments = ["espeak-ng", "-q", "-x", "-b", "1", "-v", row.voice, "--stdin"]
    asked = subprocess.run(arguments, input=text.encode(), capture_output=True, check=True)
    return asked.stdout.decode()


@EACH
def test_t02_no_shipped_words_are_read_in_english(row: Language) -> None:
    lines = [BORROWED.sub(" ", plain(spoken(text, row.tag))) for text in texts(row)]
    if row.script != "Latn":
        lines = [LATIN.sub(" ", line) for line in lines]  # names, and abbreviations such as SMS
    if row.tag != "en" and "(en" in phonemes(row, "\n".join(lines)):
        assert [line for line in lines if "(en" in phonemes(row, line)] == []


@EACH
def test_t02_each_voice_is_there_and_makes_sound(row: Language) -> None:
    said = max(texts(row), key=len)
    stream = espeak().render(plain(spoken(said, row.tag)), row.tag, 1.0, Turn())
    assert sum(map(len, stream.blocks)) / stream.rate > 0.3
    assert espeak().covers(row.tag).value == "any"


def test_languages_that_espeak_cannot_read_claim_no_voice() -> None:
    assert not [row.tag for row in SPEAKING if row.tag in {"ja", "fil", "so"}]
    assert "cmn" not in VOICES.values()  # it spells pinyin as English


def test_mandarin_is_read_as_mandarin() -> None:
    (row,) = (row for row in SHIPPED if row.tag == "zh-Hans")
    said = phonemes(row, "您已签到。")
    assert said.startswith("n")
    assert "tS'aIni:z" not in said
    assert "(en)" not in said
