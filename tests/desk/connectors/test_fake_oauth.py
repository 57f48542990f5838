"""The fake's token endpoint believes nothing that a real one would not."""

import base64

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from kiosk.desk.connectors.fake_oauth import FakeClient, FakeOAuth

URL = "http://127.0.0.1/token"
NOW = 1_800_000_000
KEY = ECKey.generate_key("P-384", {"kid": "desk-1"})
OTHER = ECKey.generate_key("P-384", {"kid": "desk-1"})
GOOD: dict[str, object] = {"iss": "desk", "sub": "desk", "aud": URL, "exp": NOW + 240, "jti": "1"}


def by_key() -> FakeOAuth:
    public = ECKey.import_key(KEY.as_dict(private=False))
    client = FakeClient("desk", keys=KeySet([public]))
    return FakeOAuth(client, URL, wall=lambda: NOW)


def form(claims: dict[str, object], key: ECKey = KEY, scope: str = "") -> dict[str, str]:
    proof = jwt.encode({"alg": "ES384", "kid": "desk-1"}, claims, key, algorithms=["ES384"])
    return {"grant_type": "client_credentials", "client_assertion": proof, "scope": scope}


def test_a_right_assertion_gets_a_token_once() -> None:
    oauth = by_key()
    assert isinstance(oauth.grant(form(GOOD), ""), dict)
    assert oauth.grant(form(GOOD), "") == "invalid_client"


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "http://127.0.0.1/other"},
        {"exp": NOW - 1},
        {"exp": NOW + 3600},
        {"exp": "soon"},
        {"sub": "somebody"},
        {"iss": "somebody", "sub": "somebody"},
        {"jti": None},
    ],
)
def test_a_wrong_assertion_gets_none(change: dict[str, object]) -> None:
    assert by_key().grant(form(GOOD | change), "") == "invalid_client"


def test_another_key_gets_none() -> None:
    assert by_key().grant(form(GOOD, OTHER), "") == "invalid_client"
    assert by_key().grant({**form(GOOD), "client_assertion": "a.b.c"}, "") == "invalid_client"


@pytest.mark.parametrize("scope", ["system/Appointment.rsu", "everything"])
def test_a_scope_it_does_not_understand_is_refused(scope: str) -> None:
    assert by_key().grant(form(GOOD, scope=scope), "") == "invalid_scope"


def test_only_client_credentials_are_granted() -> None:
    assert by_key().grant({"grant_type": "password"}, "") == "unsupported_grant_type"


@pytest.mark.parametrize(
    ("header", "known"),
    [("desk:secret", True), ("desk:wrong", False), ("other:secret", False), ("desk", False)],
)
def test_a_secret_must_fit(header: str, known: bool) -> None:
    oauth = FakeOAuth(FakeClient("desk", "secret"), URL)
    basic = f"Basic {base64.b64encode(header.encode()).decode()}"
    answer = oauth.grant({"grant_type": "client_credentials"}, basic)
    assert isinstance(answer, dict) is known
    assert oauth.grant({"grant_type": "client_credentials"}, "Basic ?") == "invalid_client"


def test_a_token_grants_its_scope_until_its_end() -> None:
    seconds = [0.0]
    client = FakeClient("desk", "secret", token_life_s=60)
    oauth = FakeOAuth(client, URL, monotonic=lambda: seconds[0])
    asked = {"grant_type": "client_credentials", "client_id": "desk", "client_secret": "secret"}
    answer = oauth.grant(asked | {"scope": "system/Appointment.ru"}, "")
    assert isinstance(answer, dict)
    bearer = f"Bearer {answer['access_token']}"
    assert oauth.status(bearer, "Appointment", "u") == 200
    assert oauth.status(bearer, "Appointment", "d") == 403
    assert oauth.status(bearer, "Patient", "r") == 403
    seconds[0] = 60.0
    assert oauth.status(bearer, "Appointment", "u") == 401
    assert oauth.status("", "Appointment", "u") == 401
