"""The fake is strict: what a real server refuses, it refuses."""

from typing import Any

import pytest
import requests

from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_seed import resources_of
from kiosk.errors import ConfigError

from .contract import booked

JSON = {"Content-Type": "application/fhir+json"}


@pytest.fixture
def whole() -> dict[str, Any]:
    return dict(resources_of(booked())[-1])


def post(server: FakeFhir, resource: object) -> requests.Response:
    return requests.post(f"{server.base_url}/Appointment", json=resource, headers=JSON, timeout=5)


def put(server: FakeFhir, resource: object, etag: str) -> requests.Response:
    headers = {**JSON, "If-Match": etag} if etag else JSON
    url = f"{server.base_url}/Appointment/A-1"
    return requests.put(url, json=resource, headers=headers, timeout=5)


@pytest.mark.parametrize("purpose", ["", "production", "practice"])
def test_it_starts_for_demonstrations_and_tests_only(purpose: Any) -> None:
    with pytest.raises(ConfigError):
        FakeFhir(purpose)


def test_it_listens_on_this_machine_only(server: FakeFhir) -> None:
    assert server.base_url.startswith("http://127.0.0.1:")


def test_a_whole_appointment_is_taken(server: FakeFhir, whole: dict[str, Any]) -> None:
    answer = post(server, whole)
    assert answer.status_code == 201
    assert answer.headers["ETag"] == 'W/"1"'


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"status": "nonsense"}, "Appointment.status"),
        ({"status": None}, "Appointment.status"),
        ({"participant": []}, "Appointment.participant"),
        ({"participant": [{"status": "accepted"}]}, "Appointment.participant[0]"),
        ({"participant": [{"type": [{}]}]}, "Appointment.participant[0].status"),
        ({"start": "2026-13-01T09:00:00Z"}, "Appointment.start"),
        ({"start": "2026-11-23T09:00:00"}, "Appointment.start"),
        ({"end": None}, "Appointment.end"),
        ({"start": None, "end": None}, "Appointment.start"),
        ({"surprise": 1}, "Appointment.surprise"),
    ],
)
def test_a_broken_appointment_is_refused_by_element(
    server: FakeFhir, whole: dict[str, Any], change: dict[str, Any], where: str
) -> None:
    answer = post(server, {**whole, **change})
    assert answer.status_code == 422
    assert answer.json()["issue"][0]["expression"] == [where]


def test_a_write_needs_the_version_it_changes(server: FakeFhir, whole: dict[str, Any]) -> None:
    server.book(booked())
    assert put(server, whole, "").status_code == 412
    assert put(server, whole, 'W/"7"').status_code == 412
    assert put(server, whole, 'W/"1"').status_code == 200
    assert put(server, whole, 'W/"1"').status_code == 412


def test_a_write_elsewhere_is_refused(server: FakeFhir, whole: dict[str, Any]) -> None:
    server.book(booked())
    assert put(server, {**whole, "id": "A-2"}, 'W/"1"').status_code == 400
    assert put(server, {**whole, "resourceType": "Patient"}, 'W/"1"').status_code == 400


@pytest.mark.parametrize("query", ["surprise=1", "date=ge2026-11-23", "date=soon", "_count=many"])
def test_a_search_it_does_not_understand_is_refused(server: FakeFhir, query: str) -> None:
    url = f"{server.base_url}/Appointment?{query}"
    assert requests.get(url, timeout=5).status_code == 400


def test_a_bare_date_finds_nothing_as_on_one_real_server(server: FakeFhir) -> None:
    server.book(booked())
    url = f"{server.base_url}/Appointment?date=2026-11-23"
    assert requests.get(url, timeout=5).json()["entry"] == []
