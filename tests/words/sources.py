"""Every message that may be shown, and the catalogues that are shipped for it."""

from collections.abc import Sequence
from pathlib import Path

from babel.messages import Catalog

import kiosk
from kiosk.domain import needs
from kiosk.domain.needs import Need
from kiosk.i18n.catalog import SOURCE
from kiosk.i18n.check import extract
from kiosk.i18n.languages import SHIPPED
from kiosk.resources import shipped

LOCALE = shipped("assets", "locale")
NEEDS = needs.read(shipped("assets", "needs.toml"))
TRANSLATED = tuple(row for row in SHIPPED if row.tag != SOURCE)


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return a message's or a translation's forms, one for most."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def asked(need: Need) -> tuple[str, str]:
    """Return where a need's sentence stands, and the sentence."""
    return "assets/needs.toml", need.ask


def template() -> Catalog:
    """Return the messages of the code and of the needs table."""
    return extract(Path(kiosk.__file__).parent, map(asked, NEEDS.values()))


TEMPLATE = template()
MESSAGES = tuple(form for message in TEMPLATE if message.id for form in forms(message.id))
