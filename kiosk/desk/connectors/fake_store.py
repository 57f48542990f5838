"""What the fake practice system keeps: resources in memory, each with its version."""

import re
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from kiosk.desk.connectors.fhir_json import Json, items, text

_BAR = re.compile(r"(?<!\\)\|")  # FHIR escapes its separators with a backslash
_UNESCAPED = re.compile(r"\\(.)")
KINDS = ("Appointment", "Patient", "Practitioner", "Location")
_COMPARE: dict[str, Callable[[datetime, datetime], bool]] = {
    "ge": lambda start, bound: start >= bound,
    "gt": lambda start, bound: start > bound,
    "le": lambda start, bound: start <= bound,
    "lt": lambda start, bound: start < bound,
}


@dataclass(frozen=True, slots=True)
class Stored:
    """One resource with its version, which is also in its meta."""

    resource: Json = field(repr=False)
    version: str

    @property
    def key(self) -> str:
        """The relative reference, such as `Patient/17`."""
        return f"{text(self.resource, 'resourceType')}/{text(self.resource, 'id')}"


class FakeStore:
    """Resources by reference, in the order they came; every change makes a new version."""

    def __init__(self, versions: Literal["integer", "uuid"]) -> None:
        self._versions = versions
        self._lock = threading.RLock()
        self._rows: dict[str, Stored] = {}
        self._writes: Counter[str] = Counter()

    def put(self, resource: Json) -> Stored:
        """Keep a resource as its next version; one without an id gets one."""
        with self._lock:
            own_id = text(resource, "id") or str(uuid.uuid4())
            key = f"{text(resource, 'resourceType')}/{own_id}"
            before = self._rows.get(key)
            version = self._next(before.version if before else "0")
            meta = {"versionId": version}
            stored = Stored(dict(resource) | {"id": own_id, "meta": meta}, version)
            self._rows[key] = stored
            self._writes[key] += 1
            return stored

    def put_if(self, version: str, resource: Json) -> Stored | None:
        """Keep a resource when `version` is still the stored one, else change nothing."""
        with self._lock:
            key = f"{text(resource, 'resourceType')}/{text(resource, 'id')}"
            stored = self._rows.get(key)
            return self.put(resource) if stored and stored.version == version else None

    def get(self, key: str) -> Stored | None:
        """Return the newest version of `Kind/id`."""
        return self._rows.get(key)

    def writes(self, key: str) -> int:
        """Return how many versions of `Kind/id` there have been."""
        return self._writes[key]

    def forget_version(self, key: str) -> None:
        """Keep a resource from now on without saying its version, as some servers do."""
        with self._lock:
            row = self._rows[key]
            bare = {name: value for name, value in row.resource.items() if name != "meta"}
            self._rows[key] = Stored(bare, row.version)

    def drop(self, key: str) -> None:
        """Delete a resource."""
        with self._lock:
            self._rows.pop(key, None)

    def appointments(self, tests: list[Callable[[Json], bool]]) -> list[Stored]:
        """Return the Appointments that pass all tests, by id."""
        rows = [row for key, row in list(self._rows.items()) if key.startswith("Appointment/")]
        found = [row for row in rows if all(test(row.resource) for test in tests)]
        return sorted(found, key=lambda row: row.key)

    def _next(self, version: str) -> str:
        return str(int(version) + 1) if self._versions == "integer" else str(uuid.uuid4())


def by_date(value: str, *, bare_finds: bool) -> Callable[[Json], bool]:
    """Return the test of a `date` parameter; raises ValueError for one that can't be read."""
    compare = _COMPARE.get(value[:2])
    if compare is None:
        day = date.fromisoformat(value)
        return lambda resource: bare_finds and text(resource, "start")[:10] == day.isoformat()
    bound = datetime.fromisoformat(value[2:])
    if bound.utcoffset() is None:
        raise ValueError("a date without offset")
    return lambda resource: (start := _start(resource)) is not None and compare(start, bound)


def by_identifier(value: str) -> Callable[[Json], bool]:
    """Return the test of an `identifier` parameter, `system|value` or `value`."""
    *system, wanted = [_UNESCAPED.sub(r"\1", part) for part in _BAR.split(value)]
    return lambda resource: any(
        text(i, "value") == wanted and system in ([], [text(i, "system")])
        for i in items(resource, "identifier")
    )


def _start(resource: Json) -> datetime | None:
    words = text(resource, "start")
    return datetime.fromisoformat(words) if words else None
