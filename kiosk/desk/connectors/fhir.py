"""The desk's link to a practice system that speaks FHIR R4: the day's appointments in, status out.

Writing is GET, then PUT of the whole resource with If-Match: the only way that was safe against
races on every real server tried (PATCH ignores If-Match there). `write_status` always reads before
it writes, so after a lost answer a second call finds what the first one did.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.desk.connectors.fhir_auth import credentials
from kiosk.desk.connectors.fhir_errors import TryLater
from kiosk.desk.connectors.fhir_http import Params, Transport
from kiosk.desk.connectors.fhir_json import Json, dump, text
from kiosk.desk.connectors.fhir_map import (
    Draft,
    Rules,
    Skip,
    appointment,
    draft,
    practice_id_of,
    status_of,
)
from kiosk.desk.connectors.fhir_names import plain
from kiosk.desk.connectors.fhir_refs import Actor, is_id, logical_id
from kiosk.desk.connectors.fhir_rest import FhirRest
from kiosk.desk.connectors.fhir_status import Move, judge
from kiosk.desk.connectors.settings import ConnectorSettings
from kiosk.domain.appointment import Appointment, AppointmentStatus
from kiosk.errors import RefusedError
from kiosk.log import fact

_log = logging.getLogger(__name__)
_TRIES = 4
_LARGE_PAGE = 1000
_INCLUDED = ("patient", "practitioner", "location")


class FhirConnector:
    """A FHIR R4 server as a `domain.ports.Connector`; one instance may serve several threads."""

    def __init__(
        self, settings: ConnectorSettings, *, zone: str, languages: Sequence[str] = ("en",)
    ) -> None:
        """`zone` is the practice's IANA time zone, `languages` the tags it offers.

        Raises ConfigError when a secret or key can't be used; opens no connection yet.
        """
        transport = Transport(settings)
        self._rest = FhirRest(settings.base_url, transport, credentials(settings, transport))
        self._zone = ZoneInfo(zone)
        self._count = settings.page_count
        self._plain = False  # the server refused includes and sorting: ask without them
        self._rules = Rules(
            base_url=settings.base_url,
            identifier_system=settings.identifier_system,
            appointment_type=settings.appointment_type,
            sites=settings.sites,
            default_site=settings.default_site,
            languages=languages,
        )
        self.skipped: Mapping[Skip, int] = {}
        """How many resources the last `appointments` left out, by reason."""

    def appointments(self, day: date) -> Sequence[Appointment]:
        """Return the day's appointments, in every status; what can't be used is in `skipped`.

        Raises Unreachable, or RefusedError with the system's reason.
        """
        begin = datetime.combine(day, time.min, self._zone)
        end = datetime.combine(day + timedelta(days=1), time.min, self._zone)
        booked, known = self._search(begin, end)
        drafts = [draft(resource, self._rules, begin, end) for resource in booked]
        usable = _unambiguous(drafts)
        known |= self._missing(usable, known)
        rows = [appointment(of, known, self._rules) for of in usable if isinstance(of, Draft)]
        self._count_skipped([*(of for of in usable if isinstance(of, Skip)), *rows])
        return [row for row in rows if isinstance(row, Appointment)]

    def write_status(self, appointment: str, status: AppointmentStatus) -> None:
        """Set one appointment's status; the desk chooses which one says that somebody is here.

        Raises Unreachable when it may be tried again, RefusedError when it may not: its code is
        `status-…` (the practice has it as that), `not-found`, or the system's own.
        """
        for _ in range(_TRIES):
            resource, etag = self._read(appointment)
            current = status_of(resource)
            match judge(current, status):
                case Move.DONE:
                    return
                case Move.REFUSED:
                    raise RefusedError(f"status-{current.value if current else 'unknown'}")
                case Move.WRITE:
                    document = dump(dict(resource) | {"status": status.value})
                    path = f"Appointment/{logical_id(resource)}"
                    if self._rest.replace(path, document, if_match=etag):
                        return
        raise TryLater("others keep changing this appointment")

    def close(self) -> None:
        """Close the connections."""
        self._rest.close()

    def _search(self, begin: datetime, end: datetime) -> tuple[list[Json], dict[str, Json]]:
        """Return the Appointments found, each once, and whatever else came, by its reference.

        An entry that comes twice means that pages shift, so others may have fallen between them
        (a real server lost 7 of 87 that way): then all are asked for again in large pages.
        """
        dates = [("date", f"ge{begin.isoformat()}"), ("date", f"lt{end.isoformat()}")]
        found = self._pages(dates, self._count)
        booked, others = _sorted_out(found)
        twice = sum(text(one, "resourceType") == "Appointment" for one in found) - len(booked)
        if twice and self._count < _LARGE_PAGE:
            _log.info(fact("connector.pages-shift", twice=twice, distinct=len(booked)))
            booked, others = _sorted_out([*found, *self._pages(dates, _LARGE_PAGE)])
        return booked, others

    def _pages(self, dates: Params, count: int) -> list[Json]:
        """Search with includes, in the order of ids, or plainly where that is refused.

        Sorting by date is no good: many start at the same minute, and ties change places.
        """
        plain_search = [*dates, ("_count", str(count))]
        included = [("_include", f"Appointment:{name}") for name in _INCLUDED]
        if not self._plain:
            try:
                return self._rest.search(
                    "Appointment", [*plain_search, *included, ("_sort", "_id")]
                )
            except RefusedError as refusal:
                _log.info(fact("connector.plain-search", code=refusal.code))
        found = self._rest.search("Appointment", plain_search)
        self._plain = True
        return found

    def _missing(
        self, drafts: Iterable[Draft | Skip], known: Mapping[str, Json]
    ) -> dict[str, Json]:
        """Read one by one the people and places that the search did not bring along."""
        wanted: dict[str, Actor] = {}
        for of in drafts:
            if isinstance(of, Draft):
                wanted |= {actor.key: actor for actor in (of.patient, *of.others) if actor.id}
        read = {key: self._one(actor) for key, actor in wanted.items() if key not in known}
        return {key: resource for key, resource in read.items() if resource}

    def _one(self, actor: Actor) -> Json | None:
        if actor.kind.lower() not in _INCLUDED:
            return None
        try:
            return self._rest.read(actor.kind, actor.id)[0]
        except RefusedError as refusal:
            _log.info(fact("connector.not-readable", kind=actor.kind, code=refusal.code))
            return None

    def _read(self, appointment: str) -> tuple[Json, str]:
        """Return the Appointment and its ETag, by the practice's own id."""
        found = self._logical_id(appointment)
        if not is_id(found):
            raise RefusedError("not-found")
        resource, etag = self._rest.read("Appointment", found)
        if practice_id_of(resource, self._rules.identifier_system) != appointment:
            raise RefusedError("not-found")
        if not etag:
            raise RefusedError("no-version", "without a version nothing may be overwritten")
        return resource, etag

    def _logical_id(self, appointment: str) -> str:
        """Look an identifier up. Some servers ignore the parameter, so the answer is checked."""
        system = self._rules.identifier_system
        if not system:
            return appointment
        if not appointment or appointment != plain(appointment):
            return ""  # never given out by us, and a control character made a real server fail
        found, _ = _sorted_out(
            self._rest.search("Appointment", [("identifier", f"{system}|{_escaped(appointment)}")])
        )
        ids = {logical_id(r) for r in found if practice_id_of(r, system) == appointment}
        if len(ids) > 1:
            raise RefusedError("multiple-matches")
        return next(iter(ids), "")

    def _count_skipped(self, rows: Iterable[Appointment | Skip]) -> None:
        self.skipped = Counter(row for row in rows if isinstance(row, Skip))
        for reason, count in self.skipped.items():
            _log.warning(fact("connector.skipped", reason=reason, count=count))


def _sorted_out(resources: Iterable[Json]) -> tuple[list[Json], dict[str, Json]]:
    """Part Appointments from the rest: some servers include more than they were asked for."""
    booked: dict[str, Json] = {}
    others: dict[str, Json] = {}
    nameless: list[Json] = []
    for resource in resources:
        kind, own_id = text(resource, "resourceType"), logical_id(resource)
        if kind != "Appointment":
            others[f"{kind}/{own_id}"] = resource
        elif own_id:
            booked[own_id] = resource
        else:
            nameless.append(resource)
    return [*booked.values(), *nameless], others


def _unambiguous(drafts: Sequence[Draft | Skip]) -> list[Draft | Skip]:
    """Leave out appointments that share one practice id: an arrival could go to the wrong one."""
    uses = Counter(of.id for of in drafts if isinstance(of, Draft))
    return [Skip.AMBIGUOUS_ID if isinstance(of, Draft) and uses[of.id] > 1 else of for of in drafts]


def _escaped(value: str) -> str:
    """Escape FHIR's own separators in a search value (R4 search, escaping)."""
    for mark in "\\,|$":
        value = value.replace(mark, f"\\{mark}")
    return value
