"""What a translation must not be: each rule finds its mistake, and lets good words pass."""

from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from kiosk.i18n.languages import language
from kiosk.i18n.rules import Entry, broken, letters, sentences
from kiosk.i18n.sources import Notes

NOTES = Notes(critical=frozenset(), letters={"Contrast": 5})
CATALOGUE = read_po(BytesIO(b'msgid "Get help"\nmsgstr "Ayuda"\n'), locale="es")


def found(english: str, form: str, tag: str = "es") -> list[str]:
    return list(broken(Entry(language(tag), english, form, CATALOGUE), NOTES))


@pytest.mark.parametrize(
    ("english", "form", "problem"),
    [
        ("Day", "Dí\u202ea", "control characters"),
        ("Day", "D\x07ía", "control characters"),
        ("Day", "Dí\na", "line ends"),
        ("Day", "<b>Día</b>", "markup"),
        ("Day", "[b]Día[/b]", "markup"),
        ("Day", "D&iacute;a", "markup"),
        ("Day", "Día %s", "markup"),
        ("Day", "Día {", "markup"),
        ("Day", "Di\u0301a", "normal form C"),
        ("Day", " Día", "loose spaces"),
        ("One day", "Un  día", "loose spaces"),
        ("{n} days", "{n} días ٣", "other digits"),
        ("Ready?", "Listo", "does not end as the English"),
        ("Day", "Día.", "does not end as the English"),
        ("Press “Get help” now.", "Pulse «Auxilio» ahora.", "“Get help” is called otherwise"),
        ("Contrast", "Contraste", "9 letters; there is room for 5"),
        ("Day", "una " * 20 + "vez", "a sentence of 21 words; 20 are the most"),
    ],
)
def test_a_mistake_is_found(english: str, form: str, problem: str) -> None:
    (said,) = found(english, form)
    assert problem in said


@pytest.mark.parametrize(
    ("tag", "english", "form"),
    [
        ("es", "Press “Get help” now.", "Pulse «Ayuda» ahora."),
        ("es", "You are late, {name}.", "{name}, llega tarde."),
        ("fa", "Please wait.", "می\u200cشود."),
        ("ur", "Please sit down.", "براہ کرم بیٹھ جائیں\u06d4"),
        ("ur", "Is it you?", "کیا یہ آپ ہیں؟"),
        ("hi", "Please sit down.", "कृपया बैठ जाइए।"),
        ("zh-Hant", "Your name:", "姓名\uff1a"),
        ("fr", "Your name:", "Votre nom\u00a0:"),
        ("fr", "It is 5 %", "5\u00a0%"),
    ],
)
def test_good_words_pass(tag: str, english: str, form: str) -> None:
    assert found(english, form, tag) == []


def test_sentences_are_counted_in_every_script() -> None:
    assert sentences("Sit. Wait! Why?") == ["Sit.", "Wait!", "Why?"]
    assert len(sentences("请坐下。谢谢\uff01")) == 2
    assert len(sentences("بیٹھ جائیں\u06d4 شکریہ\u06d4")) == 2
    assert len(sentences("बैठ जाइए। धन्यवाद।")) == 2
    assert sentences("…") == []


@pytest.mark.parametrize(
    ("tag", "unit", "most"), [("zh-Hans", "请", 40), ("ja", "あ", 60), ("vi", "ba ", 28)]
)
def test_a_sentence_is_as_long_as_twenty_words_in_every_script(
    tag: str, unit: str, most: int
) -> None:
    assert found("Day", (unit * most).strip(), tag) == []
    assert len(found("Day", (unit * (most + 1)).strip(), tag)) == 1


def test_marks_over_and_under_letters_take_no_room() -> None:
    assert letters("कृपया") == 3
    assert letters("مَرحبا") == 5
