from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from kiosk.i18n.check import Problem, compare, extract

CODE = '''
"""N_("not this one")"""
from words import N_, N_n

def N_(message): ...

title = N_("Hello {name}")
again = N_("Hello {name}")
joined = N_("One "
            "sentence")
many = N_n("{n} minute", "{n} minutes")
skipped = N_(title), N_(f"{title}"), N_n(title, "x"), other("No")
nested = [N_("Inside")]
'''

MINUTES = 'msgid "{n} minute"\nmsgid_plural "{n} minutes"\n'


@pytest.fixture
def template(tmp_path: Path) -> Catalog:
    package = tmp_path / "shop"
    (package / "deep").mkdir(parents=True)
    (package / "deep" / "module.py").write_text(CODE, encoding="utf-8")
    (package / "notes.txt").write_text('N_("No")', encoding="utf-8")
    return extract(
        package, [("assets/needs.toml", "Hearing loop"), ("assets/needs.toml", "Inside")]
    )


def catalogue(entries: str) -> Catalog:
    head = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"\n'
    return read_po(BytesIO((head + entries).encode()), locale="ga")


def problems(template: Catalog, entries: str) -> dict[str, str]:
    """What is wrong with each message, missing ones left out."""
    found = compare("ga", catalogue(entries), template)
    return {problem.msgid: problem.problem for problem in found if problem.problem != "missing"}


def test_only_literal_marked_messages_are_extracted(template: Catalog) -> None:
    ids = {message.id for message in template if message.id}
    assert ids == {
        "Hello {name}",
        "One sentence",
        ("{n} minute", "{n} minutes"),
        "Inside",
        "Hearing loop",
    }


def test_a_message_knows_every_place_it_stands(template: Catalog) -> None:
    message = template.get("Inside")
    assert message is not None
    assert [where for where, _ in message.locations] == ["shop/deep/module.py", "assets/needs.toml"]


def test_an_empty_catalogue_misses_everything(template: Catalog) -> None:
    found = compare("ga", catalogue(""), template)
    assert len(found) == len(template)
    assert Problem("ga", "Inside", "missing") in found
    assert Problem("ga", "{n} minute", "missing") in found


def test_an_empty_translation_is_missing(template: Catalog) -> None:
    found = compare("ga", catalogue('\nmsgid "Inside"\nmsgstr ""\n'), template)
    assert Problem("ga", "Inside", "missing") in found


def test_a_good_translation_is_no_problem(template: Catalog) -> None:
    good = """
msgid "Hello {name}"
msgstr "{name}, failte"

msgid "{n} minute"
msgid_plural "{n} minutes"
msgstr[0] "noimead"
msgstr[1] "dha noimead"
msgstr[2] "{n} noimead"
"""
    assert problems(template, good) == {}


@pytest.mark.parametrize(
    ("entry", "msgid", "problem"),
    [
        ('#, fuzzy\nmsgid "Inside"\nmsgstr "Istigh"', "Inside", "fuzzy"),
        ('msgid "Hello {name}"\nmsgstr "Failte"', "Hello {name}", "placeholders"),
        ('msgid "Hello {name}"\nmsgstr "{nom} {name}"', "Hello {name}", "placeholders"),
        (
            f'{MINUTES}msgstr[0] "{{n}} a"\nmsgstr[1] "{{n}} b"\nmsgstr[2] ""',
            "{n} minute",
            "2 plural forms instead of 3",
        ),
        (
            f'{MINUTES}msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"',
            "{n} minute",
            "placeholders",
        ),
    ],
)
def test_each_mistake_is_named(template: Catalog, entry: str, msgid: str, problem: str) -> None:
    found = problems(template, f"\n{entry}\n")
    assert set(found) == {msgid}
    assert problem in found[msgid]


def test_the_product_marks_messages_that_can_be_extracted() -> None:
    import kiosk

    package = Path(kiosk.__file__).parent
    assert all(isinstance(message.id, str | tuple) for message in extract(package))
