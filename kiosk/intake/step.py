"""A step is a row of data: what is asked, when it applies, what counts as an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.intake.session import Session, Value


class Kind(StrEnum):
    """How a step is asked; one screen serves every step of a kind."""

    NOTICE = "notice"
    CHOICE = "choice"
    ENTRY = "entry"
    SCAN = "scan"
    REVIEW = "review"
    ONE = "one"


class Input(StrEnum):
    """What an entry step takes."""

    TEXT = "text"
    DATE = "date"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few answers; `ask` is marked English."""

    id: str
    ask: str
    icon: str = ""


def always(_: Session) -> bool:
    """A step that applies to everybody."""
    return True


def anything(_: Value) -> None:
    """A check that accepts every value."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a flow; `ask` and `explain` are marked English, `check` gives an error code."""

    id: str
    kind: Kind
    ask: str = ""
    explain: str = ""
    when: Callable[[Session], bool] = always
    check: Callable[[Value], str | None] = anything
    input: Input = Input.TEXT
    part: str = ""
    private: bool = False
    options: tuple[Option, ...] = ()  # of a question with one answer of few
