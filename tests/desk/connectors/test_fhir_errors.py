from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.connectors.fhir_errors import (
    CredentialsRefused,
    TryLater,
    fault,
    oauth_fault,
    retry_after,
)
from kiosk.errors import Busy, RefusedError

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def outcome(code: str, **more: object) -> object:
    return {"resourceType": "OperationOutcome", "issue": [{"code": code, **more}]}


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_good_answer_is_no_fault(status: int) -> None:
    assert fault(status, None, None) is None


@pytest.mark.parametrize("status", [408, 423, 425, 429, 500, 502, 503, 504])
def test_a_passing_fault_may_be_tried_again(status: int) -> None:
    later = fault(status, None, 7.0)
    assert isinstance(later, TryLater)
    assert later.retry_after_s == 7.0


@pytest.mark.parametrize(("status", "about_all"), [(429, True), (503, True), (423, False)])
def test_some_faults_are_about_everything_we_ask(status: int, about_all: bool) -> None:
    assert isinstance(fault(status, None, 7.0), Busy) is about_all
    assert not isinstance(fault(status, None, None), Busy)


@pytest.mark.parametrize(
    ("status", "document", "code"),
    [
        (400, outcome("structure"), "structure"),
        (403, None, "http-403"),
        (404, outcome("processing"), "not-found"),
        (410, None, "not-found"),
        (422, outcome("business-rule"), "business-rule"),
        (424, outcome("Sample Canary"), "http-424"),
        (301, None, "http-301"),
    ],
)
def test_any_other_answer_is_a_refusal_with_a_code(
    status: int, document: object, code: str
) -> None:
    refusal = fault(status, document, None)
    assert isinstance(refusal, RefusedError)
    assert refusal.code == code


def test_wrong_credentials_wait_for_it_to_act() -> None:
    refused = fault(401, None, None)
    assert isinstance(refused, CredentialsRefused)
    assert refused.code == "http-401"


@pytest.mark.parametrize("status", [400, 401])
def test_a_token_endpoint_says_which_part_is_wrong(status: int) -> None:
    refused = oauth_fault(status, {"error": "invalid_client"}, None)
    assert isinstance(refused, CredentialsRefused)
    assert refused.code == "invalid_client"


def test_a_token_endpoint_can_be_down_too() -> None:
    assert isinstance(oauth_fault(503, None, 3.0), TryLater)
    assert not isinstance(oauth_fault(503, None, 3.0), CredentialsRefused)


@given(st.text(), st.text(), st.lists(st.text()))
def test_no_free_text_of_the_server_is_passed_on(code: str, words: str, paths: list[str]) -> None:
    document = outcome(f"{code} Canary", diagnostics=words, expression=[*paths, "Canary.name"])
    refusal = fault(422, document, None)
    assert str(refusal) == "HTTP 422"


def test_the_element_is_named() -> None:
    document = outcome("invalid", expression=["Appointment.participant[0].status"])
    assert (
        str(fault(400, document, None)) == "HTTP 400 invalid at Appointment.participant[0].status"
    )


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("Mon, 23 Nov 2026 09:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 08:00:00 GMT", 0.0),
        ("999999999", 3600.0),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("٣", None),
        ("Mon, 23 Nov 2026 09:00:30", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text())
def test_retry_after_may_be_anything(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or 0 <= seconds <= 3600
