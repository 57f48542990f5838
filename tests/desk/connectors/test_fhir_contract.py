"""The FHIR R4 connector keeps the shared contract, whatever the server's habits and credentials."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_habits import (
    BARE,
    GOOD,
    MEDPLUM_LIKE,
    ORACLE_LIKE,
    WSO2_LIKE,
    Habits,
)
from kiosk.desk.connectors.fake_oauth import FakeClient
from kiosk.desk.connectors.settings import Auth, KeyAuth, NoAuth, SecretAuth

from .conftest import SCOPE, SECRET, FakePractice, keys
from .contract import ConnectorContract

HABITS = {
    "good": GOOD,
    "like medplum": MEDPLUM_LIKE,
    "like wso2": WSO2_LIKE,
    "like oracle health": ORACLE_LIKE,
    "bare": BARE,
}
SYSTEM = "urn:sample:appointment"


class TestHabits(ConnectorContract):
    @pytest.fixture(params=list(HABITS.values()), ids=list(HABITS))
    def practice(self, request: pytest.FixtureRequest) -> Iterator[FakePractice]:
        habits: Habits = request.param
        with FakeFhir("tests", habits=habits) as server:
            yield FakePractice(server, NoAuth())


class TestPracticesOwnIds(ConnectorContract):
    @pytest.fixture(params=[GOOD, WSO2_LIKE], ids=["good", "like wso2"])
    def practice(self, request: pytest.FixtureRequest) -> Iterator[FakePractice]:
        with FakeFhir("tests", habits=request.param) as server:
            yield FakePractice(server, NoAuth(), SYSTEM)


class TestCredentials(ConnectorContract):
    @pytest.fixture(params=["basic", "post", "private-key-jwt"])
    def practice(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakePractice]:
        auth: Auth
        if request.param == "private-key-jwt":
            file, known = keys(tmp_path)
            client = FakeClient("desk", keys=known)
            auth = KeyAuth(kind="private-key-jwt", client_id="desk", key_file=file, scope=SCOPE)
        else:
            (tmp_path / "secret").write_text(f"{SECRET}\n")
            client = FakeClient("desk", SECRET)
            auth = SecretAuth(
                kind="client-secret",
                client_id="desk",
                secret_file=tmp_path / "secret",
                scope=SCOPE,
                send=request.param,
            )
        with FakeFhir("tests", client=client) as server:
            yield FakePractice(server, auth)
