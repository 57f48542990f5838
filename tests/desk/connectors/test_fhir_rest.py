"""Search, read and update against a server with bad habits."""

import contextlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_habits import BARE, GOOD, Fault, Habits
from kiosk.desk.connectors.fhir_auth import Nobody
from kiosk.desk.connectors.fhir_errors import CredentialsRefused, TryLater
from kiosk.desk.connectors.fhir_http import Reply, Transport
from kiosk.desk.connectors.fhir_json import dump, text
from kiosk.desk.connectors.fhir_rest import FhirRest
from kiosk.desk.connectors.settings import ConnectorSettings
from kiosk.errors import RefusedError

from .contract import booked
from .test_fhir_json import JSON

BASE = "https://ehr.example/fhir"


def rest(server: FakeFhir) -> FhirRest:
    settings = ConnectorSettings(kind="fhir-r4", base_url=server.base_url)
    return FhirRest(server.base_url, Transport(settings), Nobody())


@pytest.mark.parametrize("links", ["absolute", "relative"])
@pytest.mark.parametrize("next_on_last_page", [False, True])
def test_every_page_is_read_once(links: str, next_on_last_page: bool) -> None:
    habits = replace(GOOD, links=links, next_on_last_page=next_on_last_page)  # type: ignore[arg-type]
    with FakeFhir("tests", habits=habits) as server:
        server.book(*(booked(f"A-{n}") for n in range(7)))
        found = rest(server).search("Appointment", [("_count", "3")])
        assert sorted(text(resource, "id") for resource in found) == [f"A-{n}" for n in range(7)]
        assert len(server.asked) == 3 + next_on_last_page


def test_a_next_page_on_another_host_is_refused(server: FakeFhir) -> None:
    server.script("GET", Fault.NEXT_ELSEWHERE)
    with pytest.raises(RefusedError) as refusal:
        rest(server).search("Appointment", [])
    assert refusal.value.code == "next-link-elsewhere"


@pytest.mark.parametrize(
    ("habits", "etag"),
    [
        (GOOD, 'W/"1"'),
        (Habits(etags="strong"), '"1"'),
        (BARE, 'W/"1"'),
    ],
)
def test_a_version_is_sent_back_as_it_came(habits: Habits, etag: str) -> None:
    with FakeFhir("tests", habits=habits) as server:
        server.book(booked())
        resource, version = rest(server).read("Appointment", "A-1")
        assert version == etag
        assert rest(server).replace("Appointment/A-1", dump(resource), if_match=version)
        assert not rest(server).replace("Appointment/A-1", dump(resource), if_match=version)


def test_a_write_without_a_version_is_not_taken(server: FakeFhir) -> None:
    server.book(booked())
    resource, _ = rest(server).read("Appointment", "A-1")
    assert not rest(server).replace("Appointment/A-1", dump(resource), if_match="")


@pytest.mark.parametrize(
    "fault",
    [Fault.LOCKED_423, Fault.BUSY_429, Fault.FAILS_500, Fault.HTML_502, Fault.LOGIN_PAGE_200],
)
def test_a_passing_fault_while_reading_may_be_tried_again(server: FakeFhir, fault: Fault) -> None:
    server.book(booked())
    server.script("GET", fault)
    with pytest.raises(TryLater):
        rest(server).read("Appointment", "A-1")
    assert rest(server).read("Appointment", "A-1")[1] == 'W/"1"'


def test_without_credentials_a_401_is_for_it_to_mend(server: FakeFhir) -> None:
    server.script("GET", Fault.EXPIRED_401)
    with pytest.raises(CredentialsRefused):
        rest(server).read("Appointment", "A-1")
    assert len(server.asked) == 1


class Canned(Transport):
    """A way out that always finds the same answer, whatever was asked."""

    def __init__(self, answer: Callable[[int], Reply]) -> None:
        self.asked = 0
        self._answer = answer

    def send(self, *_: object, **__: object) -> Reply:
        self.asked += 1
        return self._answer(self.asked)


def canned(document: object) -> FhirRest:
    return FhirRest(BASE, Canned(lambda _: Reply(200, body=dump(document))), Nobody())


def page(link: object) -> dict[str, object]:
    entry = [{"resource": {"resourceType": "Appointment"}}]
    return {"resourceType": "Bundle", "entry": entry, "link": [{"relation": "next", "url": link}]}


def test_a_page_that_leads_to_itself_is_the_last() -> None:
    assert len(canned(page("Appointment?page=2")).search("Appointment", [])) == 2


def test_pages_without_end_are_refused() -> None:
    transport = Canned(lambda n: Reply(200, body=dump(page(f"Appointment?page={n}"))))
    with pytest.raises(RefusedError, match="too-many-pages"):
        FhirRest(BASE, transport, Nobody()).search("Appointment", [])
    assert transport.asked == 500


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/fhir",
        "//elsewhere.example/fhir",
        "http://ehr.example/fhir",
        "https://ehr.example:8443/fhir",
        "https://ehr.example@elsewhere.example/fhir",
        "https://[/fhir",
        "https://ehr.example:port/fhir",
        "file:///etc/passwd",
    ],
)
def test_only_the_same_origin_is_followed(link: str) -> None:
    with pytest.raises(RefusedError, match="next-link-elsewhere"):
        canned(page(link)).search("Appointment", [])


def test_another_resource_than_asked_for_may_be_tried_again() -> None:
    with pytest.raises(TryLater, match="another Appointment"):
        canned({"resourceType": "Appointment", "id": "A-2"}).read("Appointment", "A-1")


@given(JSON, st.sampled_from(["entry", "link", "resourceType", "id", "meta"]))
def test_no_answer_however_odd_is_more_than_a_named_fault(odd: object, key: str) -> None:
    whole = {"resourceType": "Bundle", "id": "A-1", "entry": [], "link": [], "meta": {}}
    for document in (odd, {**whole, key: odd}, {**whole, "resourceType": "Appointment", key: odd}):
        rest = canned(document)
        with contextlib.suppress(TryLater, RefusedError):
            rest.search("Appointment", [])
        with contextlib.suppress(TryLater, RefusedError):
            rest.read("Appointment", "A-1")
