"""Journeys: how people check in, as data. One format for every runner, headless or by touch.

Each file `tests/journeys/*.toml` holds rows of `[[journey]]`:

    id        its name, unique over all files
    about     who does what, in a sentence
    patient   a made-up person of the sample day (`kiosk/desk/sample.py`), "maria" unless told
    at        the practice's time of day, "10:00" unless told; the sample day is made around it
    link      "online", "cached" (no desk, but the day's list) or "cut-off" (no desk, no list)
    language  chosen on the first screen before anything else; "" leaves the practice's own, and
              then the journey must work in every other language, too
    modes     names of modes (kiosk/domain/mode.py): switched on first, by "Make it easy"
    touch     false where only the headless runner can do it: it needs hours, or a broken disk
    script    what happens, a line each (below)
    events    all that was recorded, in order: the type, and the fields that matter
    staff     what the board shows afterwards: of the patient's card `column`, `finished`,
              `unfinished`, `needs`, `notes`, `how`, `verified`, `language`; of the whole board
              `helps` (reasons) and `attention` (kinds). What is not named is not looked at.

Words of a script:

    present [PATIENT]     hold the code of a patient up to the camera
    show TEXT             hold any other code up to the camera
    press NODE            touch a node of the screen, turning pages to it where there are several
    type TEXT             touch letters or digits, turning pages and scripts of the keyboard
    born [PATIENT]        type a patient's birth date in the order of the screen's fields
    date YYYY-MM-DD       type another date in that order
    see STEP              this step, outcome or overlay must show now
    say NODE TEXT         this node must read so (looked at in English only)
    find NODE, miss NODE  this node must, or must not, be on the screen
    mode NAME, lang TAG   this mode must be on; this must be the language (not looked at
                          when a journey is played again in another one)
    wait SECONDS          let time pass
    link off, link on     the desk cannot, or can again, be reached
    disk full, disk ok    the disk refuses everything, or works again

In events and staff an appointment is named by its patient.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.desk import sample

Word = Literal[
    "present", "show", "press", "type", "born", "date", "see", "say", "find", "miss", "mode",
    "lang", "wait", "link", "disk",
]  # fmt: skip
WORDS: tuple[str, ...] = Word.__args__  # type: ignore[attr-defined]
EventRow = dict[str, str | bool | int | list[str] | dict[str, str | list[str]]]


class Row(BaseModel):
    """A closed, frozen row."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Staff(Row):
    """What the board shows; None is not looked at."""

    column: Literal["arrived", "checked-in", "expected", "in-progress", "over"] | None = None
    finished: bool | None = None
    unfinished: str | None = None
    needs: tuple[str, ...] | None = None
    notes: tuple[str, ...] | None = None
    how: str | None = None
    verified: str | None = None
    language: str | None = None
    helps: tuple[str, ...] | None = None
    attention: tuple[str, ...] | None = None


class Journey(Row):
    """One way through the kiosk."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    about: str
    patient: str = "maria"
    at: Annotated[str, Field(pattern=r"^\d\d:\d\d$")] = "10:00"
    link: Literal["online", "cached", "cut-off"] = "online"
    language: str = ""
    modes: tuple[str, ...] = ()
    touch: bool = True
    script: Annotated[tuple[str, ...], Field(min_length=1)]
    events: tuple[EventRow, ...]
    staff: Staff

    def lines(self) -> list[tuple[str, str]]:
        """Return the script as pairs of word and rest; raises ValueError for an unknown word."""
        found = [(word, rest) for word, _, rest in (line.partition(" ") for line in self.script)]
        unknown = [word for word, _ in found if word not in WORDS]
        if unknown:
            raise ValueError(f"journey {self.id}: no such word: {unknown[0]}")
        return found


class _File(Row):
    journey: tuple[Journey, ...]


def load(folder: Path = Path(__file__).parent) -> Sequence[Journey]:
    """Read every journey of a folder; raises ValueError where two have one id."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    found = [journey for file in files for journey in _File.model_validate(file).journey]
    if len({journey.id for journey in found}) < len(found):
        raise ValueError("two journeys have one id")
    return found


def person(patient: str) -> sample.Case:
    """Return the made-up person of that id."""
    return next(case for case in sample.CASES if case.patient.id == patient)
