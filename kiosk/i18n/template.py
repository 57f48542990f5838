"""A catalogue to fill in: what a translator gets, with what there is already kept."""

from collections.abc import Iterator

from babel import Locale
from babel.messages import Catalog, Message

from kiosk.i18n import plurals
from kiosk.i18n.catalog import placeholders
from kiosk.i18n.languages import Language
from kiosk.i18n.review import Origin
from kiosk.i18n.rules import limit
from kiosk.i18n.sources import Notes, first, forms


def write(
    row: Language, template: Catalog, notes: Notes, by: Origin, kept: Catalog | None = None
) -> str:
    """Return the text of a .po file with every message of the template in its order.

    `kept` is an earlier catalogue: its translations and comments stay, and what is no longer in the
    template goes. `by` is the X-Origin of what is filled in.
    """
    locale = Locale.parse(row.locale)
    blocks = [_head(row, locale, by)]
    blocks += [
        "\n".join(_entry(message, kept.get(message.id) if kept else None, locale, notes))
        for message in template
        if message.id
    ]
    return "\n\n".join(blocks) + "\n"


def _head(row: Language, locale: Locale, by: Origin) -> str:
    name = Locale.parse(row.locale).get_display_name("en")
    values = {
        "Project-Id-Version": "checkin-kiosk",
        "Language": row.locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals.header(locale),
        "X-Origin": by,
    }
    most, unit = limit(row)
    lines = (
        f"# {name} words of the check-in kiosk.",
        "#",
        "# A patient reads them on a touchscreen: plain words, the polite form, short sentences",
        f"# (at most {most} {unit}). Keep names in braces, such as {{name}}, as they are. Write",
        "# digits as 0-9, no markup, and end a sentence as the English does.",
        "# X-Origin: machine says that no person has reviewed these words yet. Where one entry is",
        '# different, write "# origin: person" or "# reviewed: DATE" above it. Entries marked',
        '# "review: safety" are about safety, consent or rights; a qualified person reviews them.',
        'msgid ""',
        'msgstr ""',
        *(_quoted(f"{key}: {value}\n") for key, value in values.items()),
    )
    return "\n".join(lines)


def _entry(message: Message, kept: Message | None, locale: Locale, notes: Notes) -> Iterator[str]:
    given = forms(kept.string) if kept else ()
    yield from (f"# {comment}" for comment in _comments(kept))
    yield from (f"#. {note}" for note in _told(message, locale, notes))
    yield "#: " + " ".join(dict.fromkeys(where for where, _ in message.locations))
    flags = ["python-brace-format"] if placeholders(" ".join(forms(message.id))) else []
    flags += ["fuzzy"] if kept and kept.fuzzy else []
    if flags:
        yield "#, " + ", ".join(flags)
    yield "msgid " + _quoted(first(message.id))
    if not message.pluralizable:
        yield "msgstr " + _quoted(given[0] if given else "")
        return
    yield "msgid_plural " + _quoted(forms(message.id)[1])
    for at in range(len(plurals.examples(locale))):
        yield f"msgstr[{at}] " + _quoted(given[at] if at < len(given) else "")


def _comments(kept: Message | None) -> list[str]:
    """A translator's own comments; the mark for review is ours, and written anew."""
    return [one for one in (kept.user_comments if kept else ()) if one != "review: safety"]


def _told(message: Message, locale: Locale, notes: Notes) -> Iterator[str]:
    english = first(message.id)
    if english in notes.critical:
        yield "review: safety"
    if english in notes.about:
        yield notes.about[english]
    if english in notes.letters:
        yield f"At most {notes.letters[english]} letters."
    if message.pluralizable:
        for at, numbers in enumerate(plurals.examples(locale)):
            yield f"msgstr[{at}] is for {', '.join(map(str, numbers))}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
