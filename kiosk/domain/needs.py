"""What a person needs today: rows of `assets/needs.toml`, checked when read."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.domain.mode import MODES
from kiosk.errors import ConfigError

System = Literal["snomed", "loinc", "fhir", "none"]
Special = Literal["", "wheel", "int", "att", "dog"]
"""FHIR's code of encounter-special-arrangements, where it has one."""

Does = Literal["pick-language", "call-staff", "ask-who", "keep-apart"]
"""What the kiosk does beside modes and words: offers the languages, calls a person at once, asks
who is with the patient, shows no place in the waiting room."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
Access = Annotated[str, Field(pattern=r"^N-\d\d$")]
Words = Annotated[str, Field(min_length=1)]


def _mode(name: str) -> str:
    if name not in MODES:
        raise ValueError(f"there is no mode {name}")
    return name


Mode = Annotated[str, AfterValidator(_mode)]


class Row(BaseModel):
    """A closed row of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Code(Row):
    """A code the practice's system understands, or an explicit none."""

    system: System
    code: str = ""
    display: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.system == "none") != (self.code == ""):
            raise ValueError("a system has a code, and none has none")
        return self


class Group(Row):
    """A few needs that belong together: what a patient sees first."""

    id: Id
    ask: Words  # the patient's words, English, translated like every other message
    icon: Words


class Need(Row):
    """One need: what the patient reads, what the kiosk does now, what staff read and do."""

    id: Id
    access: Access  # the requirement it meets
    group: Id
    ask: Words  # the patient's words, English, translated like every other message
    icon: Words
    staff: Words  # the board's chip, in the staff's words
    act: Words  # what staff do now, one sentence
    modes: tuple[Mode, ...] = ()  # switched on at once when chosen
    effect: str = ""  # what the patient is told, English, translated like `ask`
    does: tuple[Does, ...] = ()
    code: Code
    special: Special = ""
    private: bool = False  # never where others see or hear it
    consent: bool = True  # kept for the next visit only with a yes; False: never kept

    @property
    def spoken(self) -> str:
        """What a voice says for the choice."""
        return self.ask

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not (self.modes or self.effect or self.does):
            raise ValueError("modes, effect and does are empty: it would change nothing")
        return self


class Elsewhere(Row):
    """A need that a step of the check-in asks about by itself; no card shows it."""

    access: Access
    step: Id
    staff: Words
    code: Code


class Table(Row):
    """The whole file."""

    group: tuple[Group, ...]
    need: tuple[Need, ...]
    elsewhere: tuple[Elsewhere, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        _once("group", self.group)
        _once("need", self.need)
        known = {group.id for group in self.group}
        for need in self.need:
            if need.group not in known:
                raise ValueError(f"need {need.id}: there is no group {need.group}")
        return self

    @property
    def needs(self) -> Mapping[str, Need]:
        """The needs by id, in the order of the file."""
        return {need.id: need for need in self.need}

    def of(self, group: str) -> tuple[Need, ...]:
        """Return the needs of a group."""
        return tuple(need for need in self.need if need.group == group)

    @property
    def messages(self) -> tuple[str, ...]:
        """Every English message a patient may read of it, each once."""
        asked = [*(group.ask for group in self.group), *(need.ask for need in self.need)]
        told = [need.effect for need in self.need if need.effect]
        return tuple(dict.fromkeys([*asked, *told]))


def read(path: Path) -> Mapping[str, Need]:
    """Read the needs in their order; raises ConfigError naming the file and the row."""
    return read_table(path).needs


def read_table(path: Path) -> Table:
    """Read needs and groups; raises ConfigError naming the file and the row."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Table.model_validate(raw)
    except ValidationError as fault:
        raise ConfigError(f"{path}: {_said(fault, raw)}") from None
    except (OSError, ValueError) as fault:  # also of TOML and of UTF-8
        raise ConfigError(f"{path}: {fault}") from None


def _once(kind: str, rows: Iterable[Group | Need]) -> None:
    ids = [row.id for row in rows]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise ValueError(f"{kind}: two rows have the id {twice[0]}")


def _said(fault: ValidationError, raw: Mapping[str, object]) -> str:
    """Say what is wrong, each with its row by number and id."""
    return "; ".join(f"{_place(error['loc'], raw)}{error['msg']}" for error in fault.errors())


def _place(loc: tuple[int | str, ...], raw: Mapping[str, object]) -> str:
    match loc:
        case (str() as kind, int() as number, *rest):
            rows = raw.get(kind)
            row = rows[number] if isinstance(rows, list) else None
            named = f" ({row.get('id', '?')})" if isinstance(row, dict) else ""
            return " ".join([f"{kind} {number + 1}{named}:", *(f"{part}:" for part in rest), ""])
        case _:
            return "".join(f"{part}: " for part in loc)
