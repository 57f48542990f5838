"""What an audit finds: a breach of one rule on one screen."""

from dataclasses import dataclass

from kiosk.domain.mode import DEFAULT, MODES, SPEECH, with_
from kiosk.ui.pieces import Box

MODE_NAMES = (DEFAULT, *(mode for mode in MODES if mode != "private-aloud"))


@dataclass(frozen=True, slots=True)
class Breach:
    """Where one rule does not hold: `rule` is an id such as D-10, `check` what was looked at."""

    rule: str
    check: str
    said: str
    node: str = ""
    page: int = 0
    box: Box | None = None

    def __str__(self) -> str:
        return f"page {self.page}: {self.said}"


@dataclass(frozen=True, slots=True)
class Combination:
    """One way a kiosk can be: a language, a mode and a screen; `mode` is "default" for none."""

    language: str
    mode: str
    profile: str

    @property
    def modes(self) -> frozenset[str]:
        """The modes that are on, those that come with it included."""
        return with_(frozenset(), self.mode)

    @property
    def spoken(self) -> frozenset[str]:
        """The modes of the same person when the kiosk reads aloud, too."""
        return with_(self.modes, SPEECH[0])

    def __str__(self) -> str:
        return f"{self.language}, {self.mode}, {self.profile}"


@dataclass(frozen=True, slots=True)
class Violation:
    """A breach and the combination it was found in."""

    where: Combination
    screen: str
    breach: Breach
