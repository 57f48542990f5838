"""How kiosks get in and are known again, over real HTTP."""

from datetime import timedelta
from typing import Any

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey, RSAKey

from kiosk.backend.credential import Credential, fresh, public
from kiosk.clock import SystemClock
from kiosk.desk import devices
from kiosk.desk.gate import Gate
from kiosk.errors import NotEnrolled

from .support import NOON, Browser, Kiosk, Served


def request_body(code: str, **more: object) -> dict[str, Any]:
    body: dict[str, Any] = {"code": code, "public_key": public(fresh())}
    return body | {"label": "Kiosk", "hardware": "h", "version": "1"} | more


def new_code(served: Served) -> str:
    now = served.clock.now()
    return served.desk.database.write(lambda conn: devices.new_code(conn, "Kiosk 1", "01", now))


def enrol(served: Served, body: dict[str, Any]) -> requests.Response:
    return requests.post(served.base + "/enrolments", json=body, timeout=10)


def test_an_enrolment_answers_with_everything_a_kiosk_needs(served: Served) -> None:
    answer = enrol(served, request_body(new_code(served)))
    assert answer.status_code == 201
    found = answer.json()
    assert set(found) == {"device", "site", "label", "ca_pem", "config"}
    assert found["config"]["practice"]["name"] == "Sample Practice"
    assert found["config"]["demo"] is True
    assert (found["site"], found["label"]) == ("01", "Kiosk 1")


def test_a_code_works_once_and_ten_minutes(served: Served) -> None:
    once = new_code(served)
    assert enrol(served, request_body(once)).status_code == 201
    assert enrol(served, request_body(once)).status_code == 403
    late = new_code(served)
    served.clock.move(minutes=10, seconds=1)
    assert enrol(served, request_body(late)).json()["code"] == "bad-code"


def test_five_wrong_codes_spoil_every_living_one_and_many_are_slowed_down(served: Served) -> None:
    code = new_code(served)
    for _ in range(5):
        assert enrol(served, request_body("00000000")).status_code == 403
    assert enrol(served, request_body(code)).json()["code"] == "bad-code"
    for _ in range(14):
        enrol(served, request_body("00000000"))
    slowed = enrol(served, request_body(new_code(served)))
    assert (slowed.status_code, slowed.json()["code"]) == (429, "busy")
    assert int(slowed.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "key",
    [
        {},
        {"kty": "OKP", "crv": "X25519", "x": "A" * 43},
        {"kty": "OKP", "crv": "Ed25519", "x": "short"},
        {"kty": "oct", "k": "AAAA"},
    ],
)
def test_only_an_ed25519_key_is_taken(served: Served, key: dict[str, str]) -> None:
    answer = enrol(served, request_body(new_code(served), public_key=key))
    assert (answer.status_code, answer.json()["code"]) == (403, "bad-key")


def token(kiosk: Kiosk, key: object = None, alg: Any = "EdDSA", **claims: Any) -> str:
    now = int(kiosk.clock.now().timestamp())
    values: dict[str, object] = {
        "iss": kiosk.id,
        "sub": kiosk.id,
        "aud": kiosk.base,
        "iat": now,
        "exp": now + 60,
        "jti": "0123456789abcdef",
    }
    values = {name: value for name, value in (values | claims).items() if value is not None}
    signer: Any = key or kiosk.credential.key
    return jwt.encode({"alg": alg}, values, signer, algorithms=[alg])


def ask(kiosk: Kiosk, bearer: str) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {bearer}"}
    answer = requests.get(kiosk.base + "/config", headers=headers, timeout=10)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_a_token_opens_once(kiosk: Kiosk) -> None:
    good = token(kiosk)
    assert ask(kiosk, good)[0] == 200
    assert ask(kiosk, good) == (401, "token-used")


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://elsewhere.example/api/v1"},
        {"aud": None},
        {"sub": "k-other"},
        {"iss": "k-unknown"},
        {"jti": None},
        {"jti": "short"},
        {"exp": None},
        {"exp": "soon"},
        {"exp": 1e300},
    ],
)
def test_a_token_with_a_wrong_claim_is_not_taken(standing: Served, claims: dict[str, Any]) -> None:
    kiosk = standing.enrol()
    assert ask(kiosk, token(kiosk, **claims))[0] == 401


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
@pytest.mark.parametrize(("iat", "exp"), [(-600, -300), (600, 660), (0, 301)])
def test_a_token_of_another_time_or_too_long_a_life_is_not_taken(
    standing: Served, iat: int, exp: int
) -> None:
    kiosk = standing.enrol()
    now = int(NOON.timestamp())
    assert ask(kiosk, token(kiosk, iat=now + iat, exp=now + exp)) == (401, "token-time")


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_only_the_devices_own_ed25519_signature_counts(standing: Served) -> None:
    kiosk = standing.enrol()
    assert ask(kiosk, token(kiosk, OKPKey.generate_key("Ed25519")))[0] == 401
    assert ask(kiosk, token(kiosk, OctKey.generate_key(256), "HS256"))[0] == 401
    assert ask(kiosk, token(kiosk, RSAKey.generate_key(2048), "RS256"))[0] == 401
    payload = token(kiosk).split(".")[1]
    unsigned = f"eyJhbGciOiJub25lIn0.{payload}."
    for broken in (unsigned, "x" * 40, "a.b.c" * 10, "", "[" * 3000):
        assert ask(kiosk, broken)[0] == 401


def test_an_answer_carries_the_desks_time_so_that_a_wrong_clock_is_noticed(kiosk: Kiosk) -> None:
    kiosk.clock.at = NOON
    answer = requests.get(kiosk.base + "/config", timeout=10)
    assert answer.headers["Date"] == "Tue, 14 May 2030 11:00:00 GMT"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_kiosk_is_out_at_once(kiosk: Kiosk, staff_member: Browser) -> None:
    assert kiosk.get("/config").status_code == 200
    assert staff_member.post(f"/devices/{kiosk.id}/revoke", {}).status_code == 204
    assert kiosk.get("/config").json()["code"] == "not-enrolled"
    assert staff_member.post(f"/devices/{kiosk.id}/revoke", {}).status_code == 404


def test_a_token_stays_used_after_a_restart(served: Served, kiosk: Kiosk) -> None:
    headers = kiosk.headers()["Authorization"]
    now = served.clock.now()
    first = Gate(served.desk.database, frozenset({kiosk.base}), now)
    assert first.admit(headers, now).id == kiosk.id
    served.desk.database.write(lambda _conn: None)
    second = Gate(served.desk.database, frozenset({kiosk.base}), now)
    with pytest.raises(NotEnrolled, match="token-used"):
        second.admit(headers, now)
    old = Gate(served.desk.database, frozenset({kiosk.base}), now + timedelta(hours=1))
    with pytest.raises(NotEnrolled, match="token-time"):
        old.admit(headers, now + timedelta(hours=1))


def test_a_kiosk_with_the_systems_clock_is_known_too(served: Served) -> None:
    enrolled = served.enrol()
    credential = Credential(enrolled.id, enrolled.credential.key)
    real = SystemClock().now()
    gate = Gate(served.desk.database, frozenset({served.base}), real)
    bearer = credential.bearer(served.base, real, "0123456789abcdef")
    assert gate.admit(f"Bearer {bearer}", real).id == enrolled.id
