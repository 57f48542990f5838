"""What is there to translate is found where it stands, with what a translator must know."""

from pathlib import Path

import pytest
from babel.messages import Catalog

from kiosk.errors import ConfigError
from kiosk.i18n.sources import extract, first, notes, template

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


@pytest.fixture
def found(tmp_path: Path) -> Catalog:
    package = tmp_path / "shop"
    (package / "deep").mkdir(parents=True)
    (package / "deep" / "module.py").write_text(CODE, encoding="utf-8")
    (package / "notes.txt").write_text('N_("No")', encoding="utf-8")
    return extract(
        package, [("assets/needs.toml", "Hearing loop"), ("assets/needs.toml", "Inside")]
    )


def test_only_literal_marked_messages_are_extracted(found: Catalog) -> None:
    ids = {message.id for message in found if message.id}
    assert ids == {
        "Hello {name}",
        "One sentence",
        ("{n} minute", "{n} minutes"),
        "Inside",
        "Hearing loop",
    }


def test_a_message_knows_every_place_it_stands(found: Catalog) -> None:
    message = found.get("Inside")
    assert message is not None
    assert [where for where, _ in message.locations] == ["shop/deep/module.py", "assets/needs.toml"]


def test_the_product_has_the_messages_of_its_code_and_of_its_needs() -> None:
    known = {first(message.id) for message in template() if message.id}
    assert {"Get help", "I need an interpreter"} <= known


def test_what_a_need_asks_is_critical_without_being_listed(found: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text('critical = ["One sentence"]\n', encoding="utf-8")
    assert notes(found, path).critical == {"One sentence", "Hearing loop", "Inside"}


@pytest.mark.parametrize(
    "text",
    ["critical = 3\n", "critical = []\nmore = 1\n", "critical = [\n", '[letters]\n"a" = 0\n'],
)
def test_notes_that_cannot_be_read_are_named(found: Catalog, tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"words\.toml"):
        notes(found, path)
    with pytest.raises(ConfigError, match=r"none\.toml"):
        notes(found, tmp_path / "none.toml")
