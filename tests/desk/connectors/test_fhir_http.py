"""The way out: deadlines, whole answers, no redirects, nobody else's passwords."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_habits import Fault
from kiosk.desk.connectors.fhir_errors import TryLater
from kiosk.desk.connectors.fhir_http import Reply, Transport
from kiosk.desk.connectors.settings import ConnectorSettings
from kiosk.errors import RefusedError

from .contract import booked


def transport(server: FakeFhir, **changes: object) -> Transport:
    settings = ConnectorSettings(kind="fhir-r4", base_url=server.base_url, timeout_s=0.3)
    return Transport(settings.model_copy(update=changes))


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.TRICKLE, Fault.TRUNCATED, Fault.LOST_REPLY])
def test_half_an_answer_or_none_may_be_tried_again(server: FakeFhir, fault: Fault) -> None:
    server.book(booked())
    server.script("GET", fault)
    with pytest.raises(TryLater):
        transport(server).send("GET", f"{server.base_url}/Appointment/A-1")
    assert transport(server).send("GET", f"{server.base_url}/Appointment/A-1").status == 200


def test_a_server_that_is_not_there_may_be_tried_again(server: FakeFhir) -> None:
    gone = transport(server)
    server.__exit__(None, None, None)
    with pytest.raises(TryLater):
        gone.send("GET", server.base_url)


def test_a_redirect_is_not_followed(server: FakeFhir) -> None:
    server.script("GET", Fault.MOVED_301)
    reply = transport(server).send("GET", f"{server.base_url}/Appointment/A-1", authorization="x")
    assert reply.status == 301
    with pytest.raises(RefusedError):
        reply.check()


def test_a_missing_certificate_file_is_a_fault_and_no_crash(server: FakeFhir) -> None:
    strict = transport(server, ca_file=Path("/nowhere/ca.pem"))
    with pytest.raises(TryLater):
        strict.send("GET", server.base_url.replace("http:", "https:"))


def test_an_answer_never_shows_in_repr() -> None:
    assert "Canary" not in repr(Reply(200, body=b"Sample Canary"))


@pytest.mark.parametrize(
    "body", [b"", b"<html>Please log in", b'{"resourceType": "Appoint', b"[]", b'{"a": 1}']
)
def test_a_good_status_with_something_else_may_be_tried_again(body: bytes) -> None:
    with pytest.raises(TryLater, match="not a whole Appointment"):
        Reply(200, body=body).resource("Appointment")


def test_a_date_in_retry_after_is_counted_from_our_clock(server: FakeFhir) -> None:
    server.script("GET", Fault.DOWN_503)
    settings = ConnectorSettings(kind="fhir-r4", base_url=server.base_url)
    at_nine = datetime(2026, 11, 23, 9, tzinfo=UTC)
    reply = Transport(settings, now=lambda: at_nine).send("GET", f"{server.base_url}/Appointment")
    assert reply.retry_after_s == 60.0
