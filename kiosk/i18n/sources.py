"""What there is to translate, and what a translator and a reviewer must know about it."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from babel.messages import Catalog
from babel.messages.extract import extract as extract_messages
from pydantic import BaseModel, ConfigDict, Field

import kiosk
from kiosk.domain import needs
from kiosk.errors import ConfigError
from kiosk.resources import shipped

_KEYWORDS = {"N_": (1,), "N_n": (1, 2)}  # kiosk.intake.words
_NEEDS = "assets/needs.toml"


class Notes(BaseModel):
    """`assets/words.toml`: messages by their English text (of plural ones, the singular).

    `critical` ones are about safety, consent or rights; `letters` is the most a label has room for.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    critical: frozenset[str]
    letters: dict[str, Annotated[int, Field(ge=1)]] = {}
    about: dict[str, str] = {}


def template() -> Catalog:
    """Return every message a patient may meet: those of the code and of the needs table."""
    table = needs.read_table(shipped("assets", "needs.toml"))
    return extract(Path(kiosk.__file__).parent, [(_NEEDS, asked) for asked in table.messages])


def extract(package_dir: Path, extra: Iterable[tuple[str, str]] = ()) -> Catalog:
    """Return the template: literal arguments of N_ and N_n below a package, and `extra` messages.

    Each of `extra` is where it stands (such as a file of assets) and the English message.
    """
    found = Catalog(domain="kiosk")
    for path in sorted(package_dir.rglob("*.py")):
        where = path.relative_to(package_dir.parent).as_posix()
        with path.open("rb") as file:
            for line, message, _, _ in extract_messages("python", file, keywords=_KEYWORDS):
                found.add(message, locations=[(where, line)])
    for where, message in extra:
        found.add(message, locations=[(where, 0)])
    return found


def notes(messages: Catalog, path: Path | None = None) -> Notes:
    """Return the notes on these messages; what the needs table says is always critical.

    Raises ConfigError naming the file and what is wrong in it.
    """
    path = path or shipped("assets", "words.toml")
    try:
        found = Notes.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as fault:  # also of TOML, of UTF-8 and of the model
        raise ConfigError(f"{path}: {fault}") from None
    asked = {
        first(message.id)
        for message in messages
        if any(where == _NEEDS for where, _ in message.locations)
    }
    return found.model_copy(update={"critical": found.critical | asked})


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return a message's or a translation's forms: one for most."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def first(text: str | Iterable[str]) -> str:
    """Return the English text a message is known by."""
    return forms(text)[0]
