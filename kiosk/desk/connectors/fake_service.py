"""What the fake practice system answers to a request, without a socket."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from kiosk.desk.connectors.fake_habits import Habits
from kiosk.desk.connectors.fake_r4 import wrong_with
from kiosk.desk.connectors.fake_store import KINDS, FakeStore, Stored, by_date, by_identifier
from kiosk.desk.connectors.fhir_json import Json, dump, items, obj, parse, text
from kiosk.errors import Corrupt

_JSON = "application/fhir+json"
_INCLUDES = {
    "Appointment:patient": "Patient",
    "Appointment:practitioner": "Practitioner",
    "Appointment:location": "Location",
}
Params = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    body: bytes = field(repr=False, default=b"")
    headers: Mapping[str, str] = field(default_factory=dict)


def outcome(status: int, code: str, where: str = "", words: str = "") -> Answer:
    """Return an OperationOutcome."""
    issue = {"severity": "error", "code": code, "diagnostics": words or code}
    document = {"resourceType": "OperationOutcome", "issue": [issue | _expression(where)]}
    return Answer(status, dump(document), {"Content-Type": _JSON})


def _expression(where: str) -> dict[str, list[str]]:
    return {"expression": [where]} if where else {}


class FakeService:
    """The FHIR interactions of the fake, over its store and with its habits."""

    def __init__(self, store: FakeStore, habits: Habits, base_url: str) -> None:
        self._store = store
        self._habits = habits
        self._base_url = base_url

    def read(self, kind: str, own_id: str) -> Answer:
        """Answer GET [base]/Kind/id."""
        stored = self._store.get(f"{kind}/{own_id}")
        return self._given(200, stored) if stored else outcome(404, "not-found")

    def create(self, kind: str, body: bytes) -> Answer:
        """Answer POST [base]/Kind."""
        resource = _resource(kind, body)
        if isinstance(resource, Answer):
            return resource
        unnamed = {key: value for key, value in resource.items() if key != "id"}
        return self._given(201, self._store.put(unnamed))

    def update(self, kind: str, own_id: str, body: bytes, if_match: str) -> Answer:
        """Answer PUT [base]/Kind/id; without If-Match 412, as Oracle Health does."""
        resource = _resource(kind, body)
        if isinstance(resource, Answer):
            return resource
        if text(resource, "id") != own_id:
            return outcome(400, "invalid", f"{kind}.id")
        before = self._store.get(f"{kind}/{own_id}")
        if before is None:
            return outcome(404, "not-found")
        if not if_match or if_match != self._etag(before.version):
            return outcome(self._habits.stale_status if if_match else 412, "conflict")
        after = self._store.put_if(before.version, resource)
        return self._given(200, after) if after else outcome(412, "conflict")

    def search(self, params: Params) -> Answer:
        """Answer GET [base]/Appointment?…"""
        strange = [name for name, _ in params if name not in self._habits.searches]
        if strange and self._habits.unknown_search == "refused":
            return outcome(400, "invalid", words=f"unknown search parameter {strange[0]}")
        try:
            tests = [test for name, value in params if (test := self._test(name, value))]
            count = int(dict(params).get("_count", "20"))
            offset = int(dict(params).get("_cursor", "0"))
        except ValueError:
            return outcome(400, "value")
        found = self._store.appointments(tests)
        if ("_sort", "_id") not in params or self._habits.shifts == "always":
            turned = self._habits.shifts != "never" and offset // max(1, count) % 2 == 1
            found = found[::-1] if turned else found
            found = sorted(found, key=lambda row: text(row.resource, "start"))
        return self._page(found, params, offset, max(1, count))

    def _test(self, name: str, value: str) -> Callable[[Json], bool] | None:
        if name == "date":
            return by_date(value, bare_finds=self._habits.bare_date_finds)
        if name == "identifier":
            return by_identifier(value)
        if name == "status":
            return lambda resource: text(resource, "status") in value.split(",")
        return None

    def _page(self, found: list[Stored], params: Params, offset: int, count: int) -> Answer:
        first = max(0, offset - 1) if self._habits.repeats_entries else offset
        page = found[first : offset + count]
        entries = [_entry(row, "match") for row in page]
        entries += [_entry(row, "include") for row in self._included(page, params)]
        bundle: dict[str, object] = {"resourceType": "Bundle", "type": "searchset"}
        bundle |= {"entry": entries, "link": self._links(params, offset + count, len(found))}
        if not page and self._habits.next_on_last_page:
            bundle["link"] = []
        return Answer(200, dump(bundle), {"Content-Type": _JSON})

    def _links(self, params: Params, following: int, total: int) -> list[dict[str, str]]:
        if following >= total and not self._habits.next_on_last_page:
            return []
        kept = [(name, value) for name, value in params if name != "_cursor"]
        query = urlencode([*kept, ("_cursor", str(following))])
        start = f"{self._base_url}/" if self._habits.links == "absolute" else ""
        return [{"relation": "next", "url": f"{start}Appointment?{query}"}]

    def _included(self, page: list[Stored], params: Params) -> list[Stored]:
        asked = {_INCLUDES.get(value, "") for name, value in params if name == "_include"}
        if self._habits.includes == "nothing" or not asked:
            return []
        kinds = set(KINDS) if self._habits.includes == "everything" else asked
        references = {
            text(obj(taker, "actor"), "reference")
            for row in page
            for taker in items(row.resource, "participant")
        }
        wanted = sorted(r for r in references if r.partition("/")[0] in kinds)
        return [row for row in map(self._store.get, wanted) if row]

    def _given(self, status: int, stored: Stored) -> Answer:
        etag = self._etag(stored.version)
        headers = {"Content-Type": _JSON}
        if self._habits.etags != "none":
            headers["ETag"] = etag
        return Answer(status, dump(stored.resource), headers)

    def _etag(self, version: str) -> str:
        return f'"{version}"' if self._habits.etags == "strong" else f'W/"{version}"'


def _entry(row: Stored, mode: str) -> dict[str, object]:
    return {"fullUrl": f"urn:fake:{row.key}", "resource": row.resource, "search": {"mode": mode}}


def _resource(kind: str, body: bytes) -> Json | Answer:
    """Return what was sent when it is a usable `kind`, else the refusal."""
    try:
        resource = obj(parse(body))
    except Corrupt:
        return outcome(400, "structure")
    if text(resource, "resourceType") != kind:
        return outcome(400, "invalid", f"{kind}.resourceType")
    where = wrong_with(resource) if kind == "Appointment" else ""
    return outcome(422, "invalid", where) if where else resource
