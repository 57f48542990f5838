"""Every screen a patient can meet (`kiosk.tools.audit.screens`), at the practice of the tests."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.config import KioskPolicy, PracticeSettings, load
from kiosk.domain import needs
from kiosk.i18n.catalog import Catalogue
from kiosk.intake.bones import Setting
from kiosk.resources import shipped
from kiosk.tools.audit import screens as every
from kiosk.tools.audit import world
from kiosk.tools.audit.screens import BORN_TEXTS, PHONE, Screen, identified
from kiosk.tools.audit.world import DETAILS, GIVEN_NAME, NOW

__all__ = ["BORN_TEXTS", "DETAILS", "GIVEN_NAME", "NOW", "PHONE", "Screen", "identified"]

FEW = ("en", "es", "ar", "hi", "zh-Hans")  # all of them stand on the first screen
PRACTICE = load(shipped("config", "practice.toml"), PracticeSettings)
PRACTICE = PRACTICE.model_copy(update={"languages": FEW})
POLICY = KioskPolicy(practice=PRACTICE, site="MA", device="kiosk-1", label="Kiosk 1 (door)")
TABLE = needs.read_table(shipped("assets", "needs.toml"))
NEEDS = TABLE.needs
WORDS = Catalogue(shipped("assets", "locale"), PRACTICE.timezone, PRACTICE.territory)


def start(language: str, *modes: str, compact: bool = False) -> Setting:
    """Return the setting of a first screen; compact on the low ones."""
    at = world.start(WORDS, POLICY, TABLE, language, frozenset(modes))
    return replace(at, compact=compact)


def screens(language: str, *modes: str, compact: bool = False) -> Iterator[Screen]:
    """Walk every step, every outcome and every overlay; each has a name of its own."""
    return every.screens(start(language, *modes, compact=compact))
