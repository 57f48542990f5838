import pytest

from kiosk.config import parse
from kiosk.desk.connectors.settings import ConnectorSettings, KeyAuth, SecretAuth
from kiosk.errors import ConfigError

BASE = {"kind": "fhir-r4", "base_url": "https://ehr.example/fhir/"}
SECRET = {"kind": "client-secret", "client_id": "desk", "secret_file": "/etc/checkin/secret"}


def read(**changes: object) -> ConnectorSettings:
    return parse({**BASE, **changes}, ConnectorSettings, "desk.toml")


def test_no_connector_needs_no_settings() -> None:
    assert parse({}, ConnectorSettings, "desk.toml").kind == "none"


def test_a_base_address_loses_its_last_slash() -> None:
    assert read().base_url == "https://ehr.example/fhir"


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:9"])
def test_plain_http_is_allowed_on_this_machine(host: str) -> None:
    assert read(base_url=f"http://{host}/fhir").base_url == f"http://{host}/fhir"


@pytest.mark.parametrize(
    "url",
    [
        "http://ehr.example/fhir",
        "http://127.0.0.1.example/fhir",
        "http://localhost.example/fhir",
        "ftp://127.0.0.1/fhir",
        "https://desk:word@ehr.example/fhir",
        "https://ehr.example/fhir?x=1",
        "https:///fhir",
        "ehr.example/fhir",
        "https://[/fhir",
    ],
)
def test_any_other_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(ConfigError, match=r"desk\.toml: base_url: "):
        read(base_url=url)


def test_a_connector_without_address_is_refused() -> None:
    with pytest.raises(ConfigError, match="base_url"):
        parse({"kind": "fhir-r4"}, ConnectorSettings, "desk.toml")


@pytest.mark.parametrize(
    "scope",
    [
        "system/Appointment.rus system/Patient.rs",
        "system/Appointment.read system/Appointment.write",
        "system/*.cruds",
        "https://ehr.example/.default",
        "",
    ],
)
def test_a_right_scope_is_taken(scope: str) -> None:
    auth = read(auth={**SECRET, "scope": scope}).auth
    assert isinstance(auth, SecretAuth)
    assert auth.scope == scope


@pytest.mark.parametrize(
    "scope", ["system/Appointment.rsu", "system/Appointment.", "sytem/Patient.r", "system/Patient"]
)
def test_a_scope_that_a_server_would_ignore_is_refused(scope: str) -> None:
    with pytest.raises(ConfigError, match="c, r, u, d, s"):
        read(auth={**SECRET, "scope": scope})


def test_a_token_address_must_be_safe_too() -> None:
    with pytest.raises(ConfigError, match="token_url"):
        read(auth={**SECRET, "token_url": "http://ehr.example/token"})


def test_a_key_is_named_by_its_file() -> None:
    auth = read(auth={"kind": "private-key-jwt", "client_id": "desk", "key_file": "/k.json"}).auth
    assert isinstance(auth, KeyAuth)
    assert auth.algorithm == "ES384"


@pytest.mark.parametrize(
    "changes",
    [
        {"auth": {**SECRET, "secret": "in the open"}},
        {"auth": {"kind": "password"}},
        {"sites": {"loc-1": "site one"}},
        {"kind": "hl7-v3"},
        {"poll_s": 1},
        {"timeout_s": 0},
        {"surprise": True},
    ],
)
def test_what_is_not_understood_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=r"desk\.toml: "):
        read(**changes)
