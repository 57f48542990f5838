"""What every screen has in the same place: progress, words, actions, help bar (look.md, rule 1)."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.config import KioskPolicy
from kiosk.domain.mode import MODES, SIZES
from kiosk.domain.needs import Table
from kiosk.intake.entry import Draft
from kiosk.intake.session import Session
from kiosk.intake.view import Look, Node, Region, Role
from kiosk.intake.words import N_, Words


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a screen depends on besides its step."""

    session: Session
    words: Words
    policy: KioskPolicy
    table: Table
    now: datetime
    progress: float = 0.0
    draft: Draft | None = field(default=None, repr=False)
    chosen: frozenset[str] = frozenset()
    group: str = ""  # of needs, while it is open
    error: str = ""
    camera: str = "live"
    online: bool = True
    read: bool = False
    seconds: int = 0
    compact: bool = False  # a low screen: languages are one tap away
    offered: frozenset[str] = frozenset(MODES)  # what this kiosk can do in this language

    @property
    def language(self) -> str:
        """The language of the screen."""
        return self.session.language

    @property
    def direction(self) -> str:
        """The direction of the screen: "ltr" or "rtl"."""
        return self.words.direction(self.language)

    def text(self, message: str, **values: str | int) -> str:
        """Translate a sentence into the screen's language."""
        return self.words.text(message, self.language, **values)

    def node(
        self, id: str, role: Role, region: Region, message: str = "", **values: str | int
    ) -> Node:
        """Make a node with a translated sentence in the screen's language and direction."""
        said = self.text(message, **values) if message else ""
        return Node(id, role, region, said, lang=self.language, dir=self.direction)


def heading(at: Setting, message: str, **values: str | int) -> Node:
    """The question, or the news."""
    return at.node("heading", Role.HEADING, Region.WORDS, message, **values)


def sentence(at: Setting, message: str, **values: str | int) -> tuple[Node, ...]:
    """The one sentence under the question; none for an empty message."""
    if not message:
        return ()
    return (at.node("sentence", Role.SENTENCE, Region.WORDS, message, **values),)


def note(at: Setting, message: str, **values: str | int) -> Node:
    """A warm note: an error in kind words, or what staff were told."""
    made = at.node("note", Role.NOTE, Region.WORDS, message, **values)
    return replace(made, look=Look.WARM, icon="info")


def own_words(id: str, at: Setting, text: str, role: Role, region: Region) -> Node:
    """A node with a text that is data (a name, a place), in the site's language."""
    home = at.policy.practice.language
    return Node(id, role, region, text, lang=home, dir=at.words.direction(home))


def progress(at: Setting) -> Node:
    """The line on top: how much of the way is done, no numbers on it."""
    made = at.node("progress", Role.PROGRESS, Region.TOP)
    percent = round(at.progress * 100)
    return replace(made, value=str(percent), says=at.text(N_("{n} percent done"), n=percent))


def button(at: Setting, id: str, message: str, look: Look, icon: str = "") -> Node:
    """A button of the action row."""
    return replace(at.node(id, Role.BUTTON, Region.ACTION, message), look=look, icon=icon)


def actions(at: Setting, go: str = N_("Next")) -> tuple[Node, ...]:
    """Back, where it does anything, and the strong way on."""
    back = button(at, "back", N_("Back"), Look.QUIET, "arrow-left")
    on = button(at, "next", go, Look.PRIMARY)
    return (back, on) if at.session.can_go_back else (on,)


def demo(at: Setting) -> tuple[Node, ...]:
    """The word that keeps a demonstration from being taken for a practice."""
    if not at.policy.demo:
        return ()
    made = at.node("demo", Role.LABEL, Region.TOP, N_("Demo"))
    return (replace(made, look=Look.WARM),)


def turns(at: Setting) -> tuple[Node, ...]:
    """Turn to the page before and the next one, where a screen is too small for all of it."""
    return (
        button(at, "earlier", N_("Back"), Look.QUIET, "arrow-left"),
        button(at, "more", N_("More"), Look.PRIMARY, "chevron-down"),
    )


def help_bar(at: Setting) -> tuple[Node, ...]:
    """Get help first, then the ways to change this screen; the same on every screen."""
    modes = at.session.modes
    biggest = "extra-large" in modes

    def item(id: str, message: str, icon: str, on: bool = False) -> Node:
        made = replace(at.node(id, Role.BUTTON, Region.HELP, message), icon=icon)
        return replace(made, state=("on",)) if on else made

    return (
        replace(item("help", N_("Get help"), "hand-helping"), look=Look.HELP),
        item(
            "text-size",
            N_("Normal text") if biggest else N_("Bigger text"),
            "a-large-small",
            bool(modes & set(SIZES)),
        ),
        item("ways", N_("Make it easy"), "accessibility", bool(modes - set(SIZES))),
        item("language", N_("Language"), "globe"),
    )
