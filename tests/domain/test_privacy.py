"""No model of the domain shows a person when it is printed, and none in what it complains of."""

from uuid import UUID

import pytest
from pydantic import BaseModel, ValidationError

from kiosk.domain.event import (
    BATCH,
    MODELS,
    AnswersRecorded,
    ArrivalUnmatched,
    Data,
    Event,
    FeedbackGiven,
    HelpRequested,
    NeedStated,
    make,
)
from kiosk.domain.identify import Answer, Details, Query, Wait

from .canary import (
    ANSWER,
    APPOINTMENT,
    BORN,
    DETAILS,
    FAMILY,
    GIVEN,
    NOON,
    PASS,
    PATIENT,
    PHONE,
    QUERY,
    shown,
    traces,
)

BODIES: tuple[Data, ...] = (
    ArrivalUnmatched(pass_code=PASS, typed_name=f"{GIVEN} {FAMILY}", birth_date=BORN),
    AnswersRecorded(part="contact", revision=1, answers={"name-to-use": GIVEN, "phone": PHONE}),
    NeedStated(need="interpreter", note=f"{GIVEN} signs"),
    FeedbackGiven(score=5, note=f"thank you, {GIVEN}"),
    HelpRequested(step="name", kiosk="Kiosk 1"),
)


def event(body: Data) -> Event:
    session = UUID(int=2)
    return make(body, id=UUID(int=1), source="/kiosks/k", subject=session, time=NOON, sequence=1)


@pytest.mark.parametrize(
    "thing",
    [PATIENT, APPOINTMENT, DETAILS, ANSWER, QUERY, *BODIES, *(event(body) for body in BODIES)],
    ids=lambda thing: type(thing).__name__,
)
def test_a_model_shows_nobody_when_it_is_printed(thing: object) -> None:
    assert shown(thing) == set()


@pytest.mark.parametrize("thing", [PATIENT, APPOINTMENT, DETAILS, ANSWER])
def test_a_model_with_an_id_shows_it(thing: object) -> None:
    assert any(id_ in repr(thing) for id_ in ("p-1", "a-1"))


@pytest.mark.parametrize("model", [*MODELS.values(), Query, Details, Answer, Wait, Event])
def test_what_a_model_complains_of_quotes_nobody(model: type[BaseModel]) -> None:
    said = {name: [GIVEN, PHONE, PASS, str(BORN)] for name in model.model_fields}
    with pytest.raises(ValidationError) as refused:
        model.model_validate(said | {"more": GIVEN})
    assert traces(str(refused.value), repr(refused.value)) == set()


def test_a_batch_that_is_refused_quotes_nobody() -> None:
    item = event(BODIES[0]).model_dump(mode="json") | {"time": GIVEN}
    with pytest.raises(ValidationError) as refused:
        BATCH.validate_python([item, {"data": {"name": GIVEN}}, GIVEN])
    assert traces(str(refused.value)) == set()


def test_a_body_that_does_not_fit_quotes_nobody() -> None:
    odd = event(BODIES[1]).model_copy(update={"data": {"part": [GIVEN], "answers": GIVEN}})
    with pytest.raises(ValidationError) as refused:
        odd.body()
    assert traces(str(refused.value)) == set()
