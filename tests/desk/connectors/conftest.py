"""A FHIR practice system under test: our fake, in each of its habits."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, KeySet

from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_habits import Fault
from kiosk.desk.connectors.fake_seed import SITE_SYSTEM
from kiosk.desk.connectors.fhir import FhirConnector
from kiosk.desk.connectors.fhir_json import text
from kiosk.desk.connectors.settings import Auth, ConnectorSettings, NoAuth
from kiosk.domain.appointment import Appointment, AppointmentStatus

from .contract import LANGUAGES, ZONE, Trouble

SECRET = "not so secret+/:%"
SCOPE = "system/Appointment.rus system/Patient.r system/Practitioner.r system/Location.r"
_FAULTS = {
    Trouble.AWAY: ("GET", Fault.LOST_REPLY),
    Trouble.BUSY: ("PUT", Fault.BUSY_429),
    Trouble.LOST_REPLY: ("PUT", Fault.LOST_REPLY),
    Trouble.REFUSES: ("PUT", Fault.REFUSED_422),
    Trouble.CHANGED: ("PUT", Fault.EDITED_MEANWHILE),
}


class FakePractice:
    """Our fake FHIR server as a `contract.PracticeSystem`."""

    def __init__(self, server: FakeFhir, auth: Auth, identifier_system: str = "") -> None:
        self.server = server
        self._system = identifier_system
        self.settings = ConnectorSettings(
            kind="fhir-r4",
            base_url=server.base_url,
            auth=auth,
            identifier_system=identifier_system,
            sites={f"{SITE_SYSTEM}|{code}": code for code in ("AB", "CD")},
            page_count=10,
            timeout_s=3,
        )

    def connector(self, **changes: object) -> FhirConnector:
        settings = self.settings.model_copy(update=changes)
        return FhirConnector(settings, zone=ZONE, languages=LANGUAGES)

    def book(self, *booked: Appointment) -> None:
        self.server.book(*booked, identifier_system=self._system)

    def status(self, appointment: str) -> AppointmentStatus:
        stored = self.server.store.get(f"Appointment/{appointment}")
        assert stored is not None
        return AppointmentStatus(text(stored.resource, "status"))

    def set_status(self, appointment: str, status: AppointmentStatus) -> None:
        stored = self.server.store.get(f"Appointment/{appointment}")
        assert stored is not None
        self.server.store.put(dict(stored.resource) | {"status": status.value})

    def changes(self, appointment: str) -> int:
        return self.server.store.writes(f"Appointment/{appointment}") - 1

    def meet(self, trouble: Trouble) -> None:
        method, fault = _FAULTS[trouble]
        self.server.script(method, fault)


def keys(tmp_path: Path) -> tuple[Path, KeySet]:
    """Make a signing key: the file that the desk reads, and the set that the server knows."""
    key = ECKey.generate_key("P-384", {"kid": "desk-1", "use": "sig", "alg": "ES384"})
    file = tmp_path / "key.json"
    file.write_text(json.dumps(key.as_dict(private=True)))
    return file, KeySet([ECKey.import_key(key.as_dict(private=False))])


@pytest.fixture
def server() -> Iterator[FakeFhir]:
    """A well-behaved fake without credentials."""
    with FakeFhir("tests") as running:
        yield running


@pytest.fixture
def practice(server: FakeFhir) -> FakePractice:
    """A practice on the well-behaved fake."""
    return FakePractice(server, NoAuth())
