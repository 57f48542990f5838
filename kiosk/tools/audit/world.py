"""The practice an audit looks at: every language on offer, a made-up patient, answers for all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kiosk.checkin.state import Practice
from kiosk.config import KioskPolicy, PracticeSettings, load
from kiosk.domain import needs
from kiosk.domain.ident import uuid7
from kiosk.domain.identify import Details, Wait
from kiosk.domain.needs import Table
from kiosk.errors import ConfigError
from kiosk.i18n import pseudo
from kiosk.i18n.catalog import SOURCE, Catalogue
from kiosk.i18n.languages import language
from kiosk.i18n.offer import translated
from kiosk.intake.bones import Setting
from kiosk.intake.flows import check_in
from kiosk.intake.session import Session
from kiosk.resources import shipped
from kiosk.ui.profile import Profile

NOW = datetime(2030, 5, 14, 9, 0, tzinfo=UTC)
GIVEN_NAME = "Wilhelmina"  # a made-up patient's: private wherever it shows
DETAILS = Details(
    appointment="a-1",
    start=NOW + timedelta(minutes=25),
    practitioner="Dr. Abara",
    location="Waiting room B, ground floor",
    called=GIVEN_NAME,
    phone_ends="101",
    needs=("hearing",),
    opens=NOW - timedelta(minutes=35),
    site="Harbour Street 12",
    directions="Take bus 12 from the door, two stops.",
    wait=Wait(low=10, high=20, at=NOW),
)


@dataclass(frozen=True, slots=True)
class World:
    """What screens of one language are made of. `tag` is a language's, or the pseudo-language's."""

    tag: str
    words: Catalogue
    policy: KioskPolicy
    table: Table

    @property
    def language(self) -> str:
        """The language of the session; the pseudo-language is English with other sentences."""
        return SOURCE if self.tag == pseudo.TAG else self.tag

    @property
    def real(self) -> bool:
        """Tell whether the language is one that people speak."""
        return self.tag != pseudo.TAG

    def speaks(self, tag: str) -> bool:
        """Tell whether a language has a voice."""
        return bool(language(tag).voice)

    def offers(self, profile: Profile) -> frozenset[str]:
        """Return the modes that a kiosk with this screen has in this language."""
        return self.practice(profile).offers(self.language)

    def setting(self, modes: frozenset[str], profile: Profile) -> Setting:
        """Return the setting of a first screen."""
        at = start(self.words, self.policy, self.table, self.language, modes)
        compact = next((m for m in ("larger", "extra-large") if m in modes), "") in profile.compact
        return replace(at, compact=compact, offered=self.offers(profile))

    def practice(self, profile: Profile) -> Practice:
        """Return the practice as a kiosk with this screen knows it."""
        practice = self.policy.practice
        return Practice(
            self.policy,
            self.words,
            self.table,
            check_in(practice.parts),
            _mint,
            profile.compact,
            profile.modes,
            frozenset(tag for tag in practice.languages if self.speaks(tag)),
        )


def _mint(at: datetime) -> UUID:
    return uuid7(at, bytes(10))


def start(
    words: Catalogue, policy: KioskPolicy, table: Table, tag: str, modes: frozenset[str]
) -> Setting:
    """Return the setting of a first screen, halfway through nothing."""
    return Setting(Session(UUID(int=7), tag, modes), words, policy, table, NOW, progress=0.5)


def tags() -> tuple[str, ...]:
    """Return every language that has a catalogue, English first, and the pseudo-language."""
    rows = translated(shipped("assets", "locale"))
    return (SOURCE, *(row.tag for row in rows), pseudo.TAG)


def world(tag: str) -> World:
    """Make the world of a language. Raises ConfigError for one that has no catalogue."""
    known = tags()
    if tag not in known:
        raise ConfigError(f"there is no catalogue of {tag!r}; there are {', '.join(known)}")
    return _made(tag, known[:-1])


def _made(tag: str, offered: Sequence[str]) -> World:
    settings = load(shipped("config", "practice.toml"), PracticeSettings)
    practice = settings.model_copy(update={"languages": tuple(offered)})
    kind = pseudo.Pseudo if tag == pseudo.TAG else Catalogue
    words = kind(shipped("assets", "locale"), practice.timezone, practice.territory)
    policy = KioskPolicy(
        practice=practice, site=practice.sites[0].code, device="kiosk-1", label="Kiosk 1"
    )
    return World(tag, words, policy, needs.read_table(shipped("assets", "needs.toml")))
