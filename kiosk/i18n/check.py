"""What is wrong with a catalogue: compared with the messages that the code really marks."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog, Message
from babel.messages.extract import extract as extract_messages

from kiosk.i18n.catalog import placeholders

_KEYWORDS = {"N_": (1,), "N_n": (1, 2)}  # kiosk.intake.words


class Problem(NamedTuple):
    """One message of one language that must not ship like this."""

    tag: str
    msgid: str
    problem: str


def extract(package_dir: Path, extra: Iterable[tuple[str, str]] = ()) -> Catalog:
    """Return the template: literal arguments of N_ and N_n below a package, and `extra` messages.

    Each of `extra` is where it stands (such as a file of assets) and the English message.
    """
    template = Catalog(domain="kiosk")
    for path in sorted(package_dir.rglob("*.py")):
        where = path.relative_to(package_dir.parent).as_posix()
        with path.open("rb") as file:
            for line, message, _, _ in extract_messages("python", file, keywords=_KEYWORDS):
                template.add(message, locations=[(where, line)])
    for where, message in extra:
        template.add(message, locations=[(where, 0)])
    return template


def compare(tag: str, catalogue: Catalog, template: Catalog) -> list[Problem]:
    """Return every message that is missing, fuzzy, or has wrong placeholders or plural forms."""
    return [
        Problem(tag, _first(wanted.id), problem)
        for wanted in template
        if wanted.id
        for problem in _problems(wanted, catalogue)
    ]


def _problems(wanted: Message, catalogue: Catalog) -> Iterator[str]:
    found = catalogue.get(wanted.id)
    forms = _forms(found.string) if found else ()
    if found is None or not any(forms):
        yield "missing"
        return
    if found.fuzzy:
        yield "fuzzy"
    if wanted.pluralizable and (len(forms) != catalogue.num_plurals or not all(forms)):
        yield f"{sum(map(bool, forms))} plural forms instead of {catalogue.num_plurals}"
    if not _same_placeholders(wanted, forms):
        yield "other placeholders than in English"


def _same_placeholders(wanted: Message, forms: tuple[str, ...]) -> bool:
    """A form for one certain number may leave `{n}` out ("one minute"), no other placeholder."""
    names = placeholders(" ".join(_forms(wanted.id)))
    optional = frozenset({"n"}) if wanted.pluralizable else frozenset()
    given = [placeholders(form) for form in forms if form]
    return all(names - optional <= each <= names for each in given) and names == frozenset().union(
        *given
    )


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _first(text: str | Iterable[str]) -> str:
    return _forms(text)[0]
