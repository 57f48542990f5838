import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from kiosk.backend import credential
from kiosk.backend.credential import Credential
from kiosk.errors import Corrupt, NotEnrolled

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)


def test_the_token_names_device_audience_and_key_and_lives_less_than_five_minutes() -> None:
    key = credential.fresh()
    token = Credential("k1", key).bearer("https://desk.example/api/v1", NOON, "j1")
    found = jws.extract_compact(token.encode())
    claims = json.loads(found.payload)
    assert found.protected["alg"] == "EdDSA"
    assert found.protected["kid"] == key.thumbprint()
    assert (claims["iss"], claims["sub"], claims["jti"]) == ("k1", "k1", "j1")
    assert claims["aud"] == "https://desk.example/api/v1"
    assert claims["iat"] == NOON.timestamp()
    assert 0 < claims["exp"] - claims["iat"] <= 300


def test_only_the_public_half_leaves_the_device() -> None:
    shown = credential.public(credential.fresh())
    assert (shown["kty"], shown["crv"]) == ("OKP", "Ed25519")
    assert "d" not in shown


def test_the_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    key, path = credential.fresh(), tmp_path / "device.key"
    credential.save(key, path)
    assert path.stat().st_mode & 0o777 == 0o600
    loaded = credential.load("k1", path)
    assert loaded.key.thumbprint() == key.thumbprint()
    assert isinstance(loaded.key, OKPKey)
    assert repr(loaded) == "Credential(device='k1')"


def test_a_missing_or_broken_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolled):
        credential.load("k1", tmp_path / "device.key")
    (tmp_path / "device.key").write_text("nonsense")
    with pytest.raises(Corrupt):
        credential.load("k1", tmp_path / "device.key")
