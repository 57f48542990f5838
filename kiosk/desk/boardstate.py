"""The whole live board from facts, schedule, devices and the time of day. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.config import PracticeSettings
from kiosk.desk.boardattention import Refused, Seen, look_at
from kiosk.desk.boardcards import WAITING, Frame, card, listed, speaks, stranger
from kiosk.desk.boardmodels import BoardState, Card, Column, HelpCall, Kiosk
from kiosk.desk.fold import Day
from kiosk.desk.outgoing import Wish
from kiosk.desk.turn import Help
from kiosk.domain.appointment import Appointment, VisitStatus
from kiosk.domain.needs import Need

OFFLINE_AFTER = timedelta(minutes=3)
ColumnId = Literal["arrived", "checked-in", "expected", "in-progress", "over"]
_COLUMNS: tuple[tuple[ColumnId, str, frozenset[VisitStatus]], ...] = (
    ("arrived", "Arrived", frozenset({VisitStatus.ARRIVED})),
    ("checked-in", "Checked in", frozenset({VisitStatus.CHECKED_IN, VisitStatus.READY})),
    ("expected", "Expected", frozenset({VisitStatus.BOOKED})),
    ("in-progress", "Being seen", frozenset({VisitStatus.IN_PROGRESS})),
    (
        "over",
        "Over",
        frozenset({VisitStatus.DONE, VisitStatus.CANCELLED, VisitStatus.NO_SHOW, VisitStatus.LEFT}),
    ),
)
_ASKS = {
    "asked": "{kiosk} asks for help",
    "three-tries": "{kiosk}: somebody could not show who they are",
    "locked": "{kiosk}: too many tries, somebody needs help",
    "fault": "{kiosk} has a fault and needs somebody",
}


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled kiosk as the board needs it."""

    id: str
    label: str
    site: str
    enrolled: datetime
    last_seen: datetime | None = None
    queue: int = 0
    parked: int = 0

    @property
    def source(self) -> str:
        """The source of its events."""
        return f"/kiosks/{self.id}"

    def online(self, now: datetime) -> bool:
        """Whether it was heard of lately; a new one gets time for its first word."""
        return now - (self.last_seen or self.enrolled) <= OFFLINE_AFTER


@dataclass(frozen=True, slots=True)
class BoardInput:
    """Everything the board is made of."""

    version: int
    now: datetime
    demo: bool
    practice: PracticeSettings
    needs: Mapping[str, Need]
    today: Sequence[Appointment]
    others: Mapping[str, Appointment]  # by id, of other days, where facts of today name them
    day: Day
    devices: Sequence[Device]
    parked: Sequence[Wish] = ()
    refused: Sequence[Refused] = ()
    claims: Mapping[UUID, str] = field(default_factory=dict)  # whose pass the unmatched showed
    unreachable_since: datetime | None = None  # the practice's own system


def show(facts: BoardInput) -> BoardState:
    """Return the board as it stands."""
    local = facts.now.astimezone(ZoneInfo(facts.practice.timezone))
    frame = _frame(facts)
    return BoardState(
        version=facts.version,
        practice=facts.practice.name,
        zone=facts.practice.timezone,
        day=local.date().isoformat(),
        day_text=f"{local:%A} {local.day} {local:%B}",
        now=facts.now,
        demo=facts.demo,
        columns=_columns(facts, frame),
        helps=tuple(_help(call, facts, frame) for call in _calls(facts, local.date())),
        attention=tuple(look_at(_seen(facts, frame, local.date()))),
        kiosks=tuple(_kiosk(device, facts.now) for device in facts.devices),
        sites=tuple((site.code, site.name) for site in facts.practice.sites),
    )


def _frame(facts: BoardInput) -> Frame:
    calls = facts.day.helps
    calling = {call.appointment for call in calls} | {str(call.session) for call in calls}
    return Frame(
        now=facts.now,
        practice=facts.practice,
        needs=facts.needs,
        labels={device.source: device.label for device in facts.devices},
        calling=frozenset(calling - {""}),
    )


def _seen(facts: BoardInput, frame: Frame, today: date) -> Seen:
    return Seen(
        frame=frame,
        today=today,
        appointments={**facts.others, **{one.id: one for one in facts.today}},
        day=facts.day,
        parked=facts.parked,
        refused=facts.refused,
        claims=facts.claims,
        offline=tuple(
            (one.source, one.last_seen or one.enrolled)
            for one in facts.devices
            if not one.online(facts.now)
        ),
        parking=tuple((one.source, one.parked) for one in facts.devices if one.parked),
        unreachable_since=facts.unreachable_since,
    )


def _columns(facts: BoardInput, frame: Frame) -> tuple[Column, ...]:
    cards = [stranger(visit, frame) for visit in facts.day.unmatched]
    cards += [card(one, facts.day.visits.get(one.id), frame) for one in facts.today]
    return tuple(
        _column(id_, title, [one for one in cards if one.status in statuses])
        for id_, title, statuses in _COLUMNS
    )


def _column(id_: ColumnId, title: str, cards: list[Card]) -> Column:
    if id_ in {"arrived", "checked-in", "in-progress"}:
        cards.sort(key=lambda one: (one.arrived_at or one.start or _FAR, one.key))
    return Column(id=id_, title=title, summary=_summary(id_, cards), cards=tuple(cards))


_FAR = datetime.max.replace(tzinfo=ZoneInfo("UTC"))


def _summary(id_: ColumnId, cards: Sequence[Card]) -> str:
    if id_ == "expected":
        return f"next {cards[0].time}" if cards else ""
    longest = max(_waits(cards), default=None)
    return "" if longest is None else f"longest wait {longest} min"


def _waits(cards: Iterable[Card]) -> Iterator[int]:
    for one in cards:
        if one.status in WAITING and one.waiting_minutes is not None:
            yield one.waiting_minutes


def _calls(facts: BoardInput, today: date) -> list[Help]:
    """Calls of today; an unanswered one of yesterday helps nobody any more."""
    zone = ZoneInfo(facts.practice.timezone)
    return [call for call in facts.day.helps if call.at.astimezone(zone).date() == today]


def _help(call: Help, facts: BoardInput, frame: Frame) -> HelpCall:
    kiosk = frame.labels.get(call.source) or call.kiosk or frame.kiosk(call.source)
    known = next((one for one in facts.today if one.id == call.appointment), None)
    return HelpCall(
        event=str(call.event),
        session=str(call.session),
        at=call.at,
        age_seconds=max(0, int((facts.now - call.at).total_seconds())),
        kiosk=kiosk,
        language=call.language,
        language_text=speaks(call.language, facts.practice.language),
        reason=call.reason,
        text=_ASKS.get(call.reason, _ASKS["asked"]).format(kiosk=kiosk),
        name=listed(known) if known else "",
        step=call.step,
    )


def _kiosk(device: Device, now: datetime) -> Kiosk:
    return Kiosk(
        device=device.id,
        label=device.label,
        site=device.site,
        online=device.online(now),
        last_seen=device.last_seen,
        waiting=device.queue,
        parked=device.parked,
    )
