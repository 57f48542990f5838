"""What the live board shows, as data: `GET /api/v1/board` answers one `BoardState`.

Everything here is for logged-in staff only; names are shown, so `repr` stays silent. Words are
English and ready to draw; codes stand beside them for colour, sound and tests. The page never
decides anything: columns, order, allowed moves and thresholds all come from here.

What the page does with it
    feed      GET /api/v1/board/stream, event "board": `data` a whole BoardState, `id` its version
    move      POST /api/v1/staff/events {"type": "status.changed",
                                         "data": {"appointment", "status"}}
    undo      … {"type": "arrival.voided", "data": {"session", "reason"}}
    I'm going … {"type": "help.acknowledged", "data": {"event"}}
    match     … {"type": "match.made", "data": {"session", "appointment"}}
    met       … {"type": "need.met", "data": {"appointment", "need", "met"}}
with the session cookie and the header `X-CSRF-Token`.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from kiosk.domain.appointment import VisitStatus


class BoardModel(BaseModel):
    """A frozen piece of the board; its `repr` shows no person."""

    model_config = ConfigDict(frozen=True)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    __str__ = __repr__


class Chip(BoardModel):
    """One need: an icon, the staff's words for it and what to do (`assets/needs.toml`)."""

    id: str
    text: str
    icon: str
    act: str = ""  # what staff do now
    note: str = ""  # the person's own words about it, if any
    private: bool = False  # never where visitors can read it
    met: str = ""  # "met 10:31, maya", empty until staff mark it met


class Note(BoardModel):
    """One thing that happened: a code for colour and tests, and words to read."""

    code: str  # an Outcome such as late or wrong-site, or: unconfirmed, same-as, conflict
    text: str
    at: datetime


class Move(BoardModel):
    """A status staff may set next, with the word on its button."""

    status: VisitStatus
    text: str


class Answered(BoardModel):
    """One answer given at the kiosk, as a staff member reads it."""

    part: str
    question: str
    answer: str


class Card(BoardModel):
    """One appointment of today, or one person here without one."""

    key: str  # stable across updates: the appointment's id, or "session:<uuid>"
    appointment: str  # empty for a person without a match
    sessions: tuple[str, ...] = ()  # unvoided sessions of this visit, the standing one first
    name: str  # "Family, Given", as the practice lists people
    called: str  # the name to call out
    start: datetime | None
    time: str  # "09:50" in the practice's zone
    minutes: int
    practitioner: str
    location: str
    service: str
    status: VisitStatus
    status_text: str
    arrived_at: datetime | None
    arrived_time: str  # "09:41"
    waiting_minutes: int | None  # since arrival, None unless the person is here and not yet seen
    overdue: bool  # waits longer than the practice promised before "please come to the desk"
    needs: tuple[Chip, ...] = ()
    language: str = ""  # BCP 47 tag used in the session, or on record
    language_text: str = ""  # "speaks Arabic" when it is not the practice's own language, else ""
    unfinished: str = ""  # words of the step where the session stopped, empty when none
    finished: bool = False  # everything asked has been answered
    notes: tuple[Note, ...] = ()
    answers: tuple[Answered, ...] = ()
    how: str = ""  # code, typed or staff
    verified: str = ""  # "code + birth date", "typed name + birth date", "at the desk"
    kiosk: str = ""  # label of the kiosk of the standing arrival
    site: str = ""  # two-character code
    help: bool = False  # an unanswered call for help belongs to this card
    moves: tuple[Move, ...] = ()
    undoable: str = ""  # the session that "undo" voids, empty when there is nothing to undo


class Column(BoardModel):
    """Cards of one kind, in order; `summary` is the words at its right, such as "next 10:20"."""

    id: Literal["arrived", "checked-in", "expected", "in-progress", "over"]
    title: str
    summary: str
    cards: tuple[Card, ...]


class HelpCall(BoardModel):
    """Somebody waits for a person; listed until a member of staff says "I'm going"."""

    event: str  # id for help.acknowledged
    session: str
    at: datetime
    age_seconds: int
    kiosk: str  # label
    language: str
    language_text: str  # "speaks Arabic", empty for the practice's own language
    reason: str  # asked, three-tries, locked, fault
    text: str  # "Kiosk 2 (door) asks for help"
    name: str = ""  # only when the person has passed the second factor
    step: str = ""


class Candidate(BoardModel):
    """An appointment an unmatched person may belong to."""

    appointment: str
    name: str
    time: str
    practitioner: str
    fits: tuple[Literal["pass", "name", "birth date"], ...]


class Attention(BoardModel):
    """One thing for a person to look at."""

    kind: Literal["unmatched", "parked", "refused", "conflict", "kiosk-offline", "system-offline"]
    key: str  # stable across updates
    title: str
    detail: str
    at: datetime
    session: str = ""  # unmatched: for match.made
    appointment: str = ""
    kiosk: str = ""
    candidates: tuple[Candidate, ...] = ()


class Kiosk(BoardModel):
    """One enrolled device and how it is."""

    device: str
    label: str
    site: str
    online: bool
    last_seen: datetime | None
    waiting: int  # events in its outbox at the last heartbeat
    parked: int


class BoardState(BoardModel):
    """The whole board at one moment."""

    version: int  # grows with every change; the stream's event id
    practice: str
    zone: str  # IANA time zone of every time that is text
    day: str  # "2026-11-23"
    day_text: str  # "Monday 23 November"
    now: datetime
    demo: bool
    columns: tuple[Column, ...]  # always in the order of Column.id
    helps: tuple[HelpCall, ...]  # oldest first
    attention: tuple[Attention, ...]  # newest first
    kiosks: tuple[Kiosk, ...]
    sites: tuple[tuple[str, str], ...] = ()  # (code, name)
