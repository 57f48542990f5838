"""How hard the words of a screen are to read: school grade in English, sentences everywhere."""

import re
from collections.abc import Iterator, Sequence

from kiosk.i18n import rules
from kiosk.i18n.catalog import SOURCE
from kiosk.i18n.languages import language
from kiosk.intake.view import Node, Role, StepView
from kiosk.tools.audit.found import Breach

GRADE = 6.0  # R-03, each screen's joined text: health material in general (AMA, NIH)
_WORD = re.compile(r"[\w:]+(?:['\u2019]\w+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<![aeiouytd])ed$|(?<=[^aeiouycgsxz])es$")


def syllables(word: str) -> int:
    """Count the syllables of an English word by its groups of vowels, silent endings left out."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))


def words(text: str) -> list[str]:
    """Return the words; a time such as 10:30 is one."""
    return _WORD.findall(text)


def grade(texts: Sequence[str]) -> float:
    """Return the US school grade of English texts read one after another; 0 without words.

    0.39 words per sentence + 11.8 syllables per word - 15.59: Kincaid, Fishburne, Rogers and
    Chissom 1975, Derivation of New Readability Formulas, Research Branch Report 8-75.
    """
    said = [word for text in texts for word in words(text)]
    parts = sum(len(rules.sentences(text)) for text in texts)
    if not said or not parts:
        return 0.0
    return 0.39 * len(said) / parts + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def hard(view: StepView) -> Iterator[Breach]:
    """English asks for six years of school at most."""
    if view.language != SOURCE:
        return
    texts = [_told(node) for node in view.nodes if _counts(node) and node.lang == SOURCE]
    found = grade([text for text in texts if text])
    if found > GRADE:
        yield Breach("R-03", "hard", f"the screen reads at grade {found:.1f}")


def long(view: StepView) -> Iterator[Breach]:
    """No sentence is longer than twenty words, or what they are in a language (i18n.rules)."""
    for node in filter(_counts, view.nodes):
        most, unit = rules.limit(language(node.lang))
        for part in rules.sentences(node.text):
            size = len(part.split()) if unit == "words" else rules.letters(part)
            if size > most:
                said = f"{node.id} has a sentence of {size} {unit}, not {most}"
                yield Breach("R-02", "long", said, node.id)


def _counts(node: Node) -> bool:
    return node.role not in {Role.KEY, Role.PROGRESS}


def _told(node: Node) -> str:
    return ": ".join(part for part in (node.text, node.value) if part)
