"""The shared contract against a FHIR R4 server written by others, when one is named.

CHECKIN_FHIR_URL is the base address of a server without credentials that may be filled with
invented people; it gets a new identifier system for each test. Without it nothing here runs.
"""

import os
import uuid

import pytest
import requests

from kiosk.desk.connectors.fake_seed import SITE_SYSTEM, resources_of
from kiosk.desk.connectors.fhir import FhirConnector
from kiosk.desk.connectors.fhir_json import Json, dump, items, obj, parse, text
from kiosk.desk.connectors.settings import ConnectorSettings
from kiosk.domain.appointment import Appointment, AppointmentStatus
from kiosk.domain.ports import Connector

from .contract import LANGUAGES, ZONE, ConnectorContract, Trouble

_URL = os.environ.get("CHECKIN_FHIR_URL", "").rstrip("/")
if not _URL:
    pytest.skip("CHECKIN_FHIR_URL names no server", allow_module_level=True)
_JSON = {"Content-Type": "application/fhir+json"}


class RealPractice:
    """A FHIR server as a `contract.PracticeSystem`: it gives its own logical ids."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url
        self._system = f"urn:uuid:{uuid.uuid4()}"
        self._ids: dict[str, str] = {}
        self._first: dict[str, int] = {}

    def connector(self) -> Connector:
        settings = ConnectorSettings(
            kind="fhir-r4",
            base_url=self._base,
            identifier_system=self._system,
            sites={f"{SITE_SYSTEM}|{code}": code for code in ("AB", "CD")},
            page_count=10,
        )
        return FhirConnector(settings, zone=ZONE, languages=LANGUAGES)

    def book(self, *booked: Appointment) -> None:
        for one in booked:
            given: dict[str, str] = {}
            for resource in resources_of(one, identifier_system=self._system):
                own, new = self._created(resource, given)
                given[own] = f"{text(resource, 'resourceType')}/{new}"
                self._ids[text(resource, "id")] = new

    def _created(self, resource: Json, given: dict[str, str]) -> tuple[str, str]:
        kind = text(resource, "resourceType")
        sent = {key: value for key, value in resource.items() if key != "id"}
        if kind == "Appointment":
            references = [text(p, "actor", "reference") for p in items(resource, "participant")]
            sent["participant"] = [
                {"actor": {"reference": given[reference]}, "status": "accepted"}
                for reference in references
            ]
        answer = requests.post(f"{self._base}/{kind}", data=dump(sent), headers=_JSON, timeout=10)
        assert answer.status_code == 201, answer.text
        return f"{kind}/{text(resource, 'id')}", text(parse(answer.content), "id")

    def _read(self, appointment: str) -> Json:
        url = f"{self._base}/Appointment/{self._ids[appointment]}"
        return obj(parse(requests.get(url, timeout=10).content))

    def status(self, appointment: str) -> AppointmentStatus:
        return AppointmentStatus(text(self._read(appointment), "status"))

    def changes(self, appointment: str) -> int:
        version = text(self._read(appointment), "meta", "versionId")
        if not version.isdecimal():
            pytest.skip("this server does not number its versions")
        return int(version) - 1

    def meet(self, trouble: Trouble) -> None:
        pytest.skip(f"a real server can't be told to meet: {trouble}")


class TestRealServer(ConnectorContract):
    @pytest.fixture
    def practice(self) -> RealPractice:
        return RealPractice(_URL)
