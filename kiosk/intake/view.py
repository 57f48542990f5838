"""What one screen shows, says and offers, as plain data: complete, translated, in reading order."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a node is to the person; only the last six can be touched or focused."""

    HEADING = "heading"
    SENTENCE = "sentence"
    LABEL = "label"
    NOTE = "note"
    FACT = "fact"
    PICTURE = "picture"
    CAMERA = "camera"
    PROGRESS = "progress"
    BUTTON = "button"
    CHOICE = "choice"  # one of many
    CHECK = "check"  # any of many
    ROW = "row"  # a line that can be changed
    FIELD = "field"
    KEY = "key"


_TOUCHED = {Role.BUTTON, Role.CHOICE, Role.CHECK, Role.ROW, Role.FIELD, Role.KEY}


class Region(StrEnum):
    """Which bone of the screen a node hangs on (look.md, rule 1)."""

    TOP = "top"
    WORDS = "words"
    ANSWER = "answer"
    ACTION = "action"
    HELP = "help"


class Look(StrEnum):
    """How strongly a node speaks."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    HELP = "help"
    WARM = "warm"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on screen. `line` groups keys and fields that stand side by side."""

    id: str
    role: Role
    region: Region
    text: str = field(default="", repr=False)
    value: str = field(default="", repr=False)
    lang: str = "en"
    dir: str = "ltr"
    icon: str = ""
    look: Look = Look.PLAIN
    state: tuple[str, ...] = ()
    private: bool = False
    says: str = field(default="", repr=False)
    line: int = 0

    @property
    def focusable(self) -> bool:
        """Tell whether the node can be touched or focused."""
        return self.role in _TOUCHED and "disabled" not in self.state

    @property
    def spoken(self) -> str:
        """What a voice says for the node; empty for what only decorates."""
        if self.says:
            return self.says
        return ": ".join(part for part in (self.text, self.value) if part)


@dataclass(frozen=True, slots=True)
class StepView:
    """One whole screen; `sound` is a cue to play once when it appears."""

    step: str
    kind: str
    language: str
    direction: str
    modes: tuple[str, ...]
    nodes: tuple[Node, ...]
    sound: str = ""

    def node(self, id: str) -> Node | None:
        """Return a node by its id, or None when the screen has no such node."""
        return next((node for node in self.nodes if node.id == id), None)

    def of(self, region: Region) -> tuple[Node, ...]:
        """Return the nodes that hang on one bone, in reading order."""
        return tuple(node for node in self.nodes if node.region is region)
