"""Client credentials: a secret or a signed assertion, kept until just before they expire."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_habits import MEDPLUM_LIKE, Fault
from kiosk.desk.connectors.fake_oauth import FakeClient
from kiosk.desk.connectors.fhir_auth import Tokens, assertion
from kiosk.desk.connectors.fhir_errors import CredentialsRefused, TryLater
from kiosk.desk.connectors.fhir_http import Transport
from kiosk.desk.connectors.settings import ConnectorSettings, KeyAuth, SecretAuth
from kiosk.domain.appointment import AppointmentStatus
from kiosk.errors import ConfigError, RefusedError

from .conftest import SCOPE, SECRET, FakePractice, keys
from .contract import DAY, booked


class Watch:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def by_secret(tmp_path: Path, secret: str = SECRET, scope: str = SCOPE) -> SecretAuth:
    (tmp_path / "secret").write_text(secret)
    return SecretAuth(
        kind="client-secret", client_id="desk", secret_file=tmp_path / "secret", scope=scope
    )


def tokens(server: FakeFhir, auth: SecretAuth | KeyAuth, watch: Watch) -> Tokens:
    settings = ConnectorSettings(kind="fhir-r4", base_url=server.base_url, auth=auth)
    return Tokens(auth, server.base_url, Transport(settings), monotonic=watch)


def asked_tokens(server: FakeFhir) -> int:
    return sum("token" in request for request in server.asked)


def test_a_token_is_kept_until_thirty_seconds_before_its_end(tmp_path: Path) -> None:
    watch = Watch()
    with FakeFhir("tests", client=FakeClient("desk", SECRET, token_life_s=600)) as server:
        kept = tokens(server, by_secret(tmp_path), watch)
        first = kept.header()
        watch.seconds += 569
        assert kept.header() == first
        watch.seconds += 2
        assert kept.header() != first
        assert asked_tokens(server) == 2


def test_a_refused_token_is_renewed_once_and_the_call_goes_on(tmp_path: Path) -> None:
    with FakeFhir("tests", client=FakeClient("desk", SECRET)) as server:
        server.book(booked())
        server.script("PUT", Fault.EXPIRED_401)
        practice = FakePractice(server, by_secret(tmp_path))
        practice.connector().write_status("A-1", AppointmentStatus.ARRIVED)
        assert practice.changes("A-1") == 1
        assert asked_tokens(server) == 2


def test_a_token_refused_twice_is_for_it_to_mend(tmp_path: Path) -> None:
    with FakeFhir("tests", client=FakeClient("desk", SECRET)) as server:
        server.script("GET", Fault.EXPIRED_401, Fault.EXPIRED_401)
        practice = FakePractice(server, by_secret(tmp_path))
        with pytest.raises(CredentialsRefused) as refused:
            practice.connector(token_url=server.token_url).appointments(DAY)
        assert refused.value.code == "http-401"


@pytest.mark.parametrize("fault", [None, Fault.BAD_ASSERTION_400])
def test_wrong_credentials_are_named_by_code_and_wait(tmp_path: Path, fault: Fault | None) -> None:
    with FakeFhir("tests", habits=MEDPLUM_LIKE, client=FakeClient("desk", SECRET)) as server:
        server.script("TOKEN", *([fault] if fault else []))
        with pytest.raises(CredentialsRefused) as refused:
            tokens(server, by_secret(tmp_path, "wrong"), Watch()).header()
        assert refused.value.code == ("invalid_request" if fault else "invalid_client")
        assert "wrong" not in str(refused.value)


@pytest.mark.parametrize("fault", [Fault.FAILS_500, Fault.LOGIN_PAGE_200, Fault.LOST_REPLY])
def test_a_token_endpoint_in_trouble_may_be_tried_again(tmp_path: Path, fault: Fault) -> None:
    with FakeFhir("tests", client=FakeClient("desk", SECRET)) as server:
        server.script("TOKEN", fault)
        later = tokens(server, by_secret(tmp_path), Watch())
        with pytest.raises(TryLater) as reason:
            later.header()
        assert not isinstance(reason.value, CredentialsRefused)
        assert later.header().startswith("Bearer ")


def test_a_scope_too_small_is_a_refusal_of_that_write(tmp_path: Path) -> None:
    with FakeFhir("tests", client=FakeClient("desk", SECRET)) as server:
        server.book(booked())
        reader = by_secret(tmp_path, scope="system/Appointment.rs")
        with pytest.raises(RefusedError) as refusal:
            FakePractice(server, reader).connector().write_status("A-1", AppointmentStatus.ARRIVED)
        assert refusal.value.code == "forbidden"


def test_a_server_without_token_endpoint_says_so(tmp_path: Path, server: FakeFhir) -> None:
    with pytest.raises(CredentialsRefused) as refused:
        tokens(server, by_secret(tmp_path), Watch()).header()
    assert refused.value.code == "no-token-endpoint"


def test_an_assertion_says_who_to_whom_and_until_when(tmp_path: Path) -> None:
    file, known = keys(tmp_path)
    auth = KeyAuth(kind="private-key-jwt", client_id="desk", key_file=file, scope=SCOPE)
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    first, second = (
        jwt.decode(assertion(auth, "https://ehr.example/token", now), known, ["ES384"])
        for _ in range(2)
    )
    assert first.header == {"alg": "ES384", "kid": "desk-1", "typ": "JWT"}
    assert first.claims["iss"] == first.claims["sub"] == "desk"
    assert first.claims["aud"] == "https://ehr.example/token"
    assert 0 < first.claims["exp"] - now.timestamp() <= 300
    assert first.claims["jti"] != second.claims["jti"]


def test_an_rsa_key_in_pem_signs_too(tmp_path: Path) -> None:
    key = RSAKey.generate_key(2048)
    (tmp_path / "key.pem").write_bytes(key.as_pem(private=True))
    auth = KeyAuth(
        kind="private-key-jwt",
        client_id="desk",
        key_file=tmp_path / "key.pem",
        key_id="desk-2",
        algorithm="RS384",
        scope=SCOPE,
    )
    public = RSAKey.import_key({**key.as_dict(private=False), "kid": "desk-2"})
    with FakeFhir("tests", client=FakeClient("desk", keys=KeySet([public]))) as server:
        assert tokens(server, auth, Watch()).header().startswith("Bearer ")


def _bad_keys() -> dict[str, str]:
    small = ECKey.generate_key("P-256", {"kid": "small"})
    nameless = ECKey.generate_key("P-384")
    whole = ECKey.generate_key("P-384", {"kid": "public"})
    return {
        "empty": "",
        "words": "no key at all",
        "json": "{",
        "other curve": json.dumps(small.as_dict(private=True)),
        "public only": json.dumps(whole.as_dict(private=False)),
        "no kid": json.dumps(
            {k: v for k, v in nameless.as_dict(private=True).items() if k != "kid"}
        ),
        "rsa": RSAKey.generate_key(2048).as_pem(private=True).decode(),
    }


@pytest.mark.parametrize(("words"), _bad_keys().values(), ids=_bad_keys().keys())
def test_a_key_that_cannot_sign_is_found_at_start(
    tmp_path: Path, server: FakeFhir, words: str
) -> None:
    (tmp_path / "key").write_text(words)
    auth = KeyAuth(kind="private-key-jwt", client_id="desk", key_file=tmp_path / "key")
    with pytest.raises(ConfigError, match=str(tmp_path / "key")):
        FakePractice(server, auth).connector()


def test_a_missing_secret_is_found_at_start(tmp_path: Path, server: FakeFhir) -> None:
    auth = SecretAuth(kind="client-secret", client_id="desk", secret_file=tmp_path / "none")
    with pytest.raises(ConfigError, match="none: cannot be read"):
        FakePractice(server, auth).connector()


def test_a_secret_that_goes_missing_later_stops_no_thread(tmp_path: Path) -> None:
    with FakeFhir("tests", client=FakeClient("desk", SECRET)) as server:
        later = tokens(server, by_secret(tmp_path), Watch())
        (tmp_path / "secret").unlink()
        with pytest.raises(CredentialsRefused) as refused:
            later.header()
        assert refused.value.code == "unreadable-file"
