"""Facts keep their meaning on the way from the kiosk to the desk, and nothing else gets in."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.domain.event import (
    BATCH,
    MODELS,
    STAFF_TYPES,
    TYPE_OF,
    ArrivalRecorded,
    Data,
    Event,
    SessionStarted,
    make,
)
from kiosk.domain.outcome import Outcome

from .bodies import ANY, BODIES, MOMENT

ID, SESSION = UUID(int=1), UUID(int=2)
NOON = datetime(2030, 5, 14, 12, tzinfo=UTC)


def envelope(**changes: object) -> dict[str, Any]:
    body = ArrivalRecorded(appointment="a-1", outcome=Outcome.IN_TIME)
    made = make(body, id=ID, source="/kiosks/k-1", subject=SESSION, time=NOON, sequence=7)
    return made.model_dump(mode="json") | changes


def test_every_type_of_event_is_tried_here() -> None:
    assert set(BODIES) == set(MODELS.values())
    assert len(TYPE_OF) == len(MODELS)
    assert set(MODELS) > STAFF_TYPES


@given(ANY, st.uuids(), MOMENT, st.integers(0, 10**12 - 1), st.integers(-999, 999))
def test_an_event_comes_back_from_json_as_it_was(
    body: Data, id: UUID, time: datetime, sequence: int, offset: int
) -> None:
    made = make(
        body,
        id=id,
        source="/kiosks/k-1",
        subject=SESSION,
        time=time,
        sequence=sequence,
        offset_ms=offset,
    )
    again = Event.model_validate_json(made.model_dump_json())
    assert again == made
    assert again.body() == body
    assert again.type == TYPE_OF[type(body)]
    assert type(again.body()) is type(body)


@given(st.lists(ANY, max_size=4))
def test_a_batch_comes_back_from_json_in_its_order(bodies: list[Data]) -> None:
    batch = [
        make(body, id=UUID(int=n), source="/kiosks/k", subject=SESSION, time=NOON, sequence=n)
        for n, body in enumerate(bodies)
    ]
    assert BATCH.validate_json(BATCH.dump_json(batch)) == batch


def test_the_envelope_is_a_cloud_event_with_its_two_extensions() -> None:
    assert json.loads(json.dumps(envelope())) == {
        "specversion": "1.0",
        "id": str(ID),
        "source": "/kiosks/k-1",
        "type": "arrival.recorded",
        "subject": str(SESSION),
        "time": "2030-05-14T12:00:00Z",
        "datacontenttype": "application/json",
        "sequence": "000000000007",
        "clockoffset": 0,
        "data": {
            "appointment": "a-1",
            "outcome": "in-time",
            "how": "code",
            "online": True,
            "confirmed": True,
        },
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"specversion": "0.3"},
        {"id": "1"},
        {"source": "/kiosks/"},
        {"source": "/printers/k-1"},
        {"source": "/kiosks/k 1"},
        {"source": "/kiosks/k-1/../.."},
        {"type": "arrival"},
        {"type": "Arrival.Recorded"},
        {"subject": ""},
        {"time": "2030-05-14T12:00:00"},
        {"datacontenttype": "text/plain"},
        {"sequence": "7"},
        {"sequence": "0000000000007"},
        {"clockoffset": 2**31},
        {"data": []},
        {"extra": 1},
    ],
    ids=str,
)
def test_an_envelope_of_another_shape_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Event.model_validate(envelope(**changes))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"appointment": "a-1"},
        {"appointment": "a-1", "outcome": "fine"},
        {"appointment": 7, "outcome": "in-time"},
        {"appointment": "a-1", "outcome": "in-time", "name": "x"},
    ],
    ids=str,
)
def test_a_body_that_does_not_fit_its_type_is_refused(data: dict[str, object]) -> None:
    event = Event.model_validate(envelope(data=data))
    with pytest.raises(ValidationError):
        event.body()


def test_a_type_nobody_knows_has_no_body() -> None:
    with pytest.raises(KeyError):
        Event.model_validate(envelope(type="moon.landing")).body()


def test_a_fact_cannot_be_changed_after_it_was_stated() -> None:
    body = SessionStarted(language="en")
    with pytest.raises(ValidationError):
        body.language = "es"  # type: ignore[misc]


def test_sequences_sort_as_text() -> None:
    numbers = [9, 10, 99, 100, 1_893_456_000]
    events = [
        make(
            SessionStarted(language="en"),
            id=ID,
            source="/kiosks/k",
            subject=SESSION,
            time=NOON,
            sequence=n,
        )
        for n in numbers
    ]
    assert [event.sequence for event in events] == sorted(event.sequence for event in events)
