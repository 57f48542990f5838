"""Every journey, played without a screen on the real check-in, desk, day cache and outbox."""

import pytest
from checkin.traces import texts

from kiosk.domain.event import ArrivalRecorded
from kiosk.domain.outcome import ARRIVES, EXPLAINED, Outcome

from .conftest import Open
from .headless import Player, difference, staff_sees
from .journey import Journey, load, person

JOURNEYS = load()
EACH = pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.id)
LANGUAGES = ("es", "ar", "hi", "zh-Hans")


@EACH
def test_a_journey_is_recorded_and_shown_to_staff_as_it_says(
    journey: Journey, opened: Open
) -> None:
    with opened(journey) as lobby:
        Player(journey, lobby).play()
        assert difference(journey, lobby) == []
        wanted = journey.staff.model_dump(exclude_none=True)
        assert staff_sees(journey, lobby, journey.staff) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@EACH
def test_a_journey_is_the_same_in_every_language(
    journey: Journey, language: str, opened: Open
) -> None:
    if journey.language:
        pytest.skip("this journey is about its own language")
    spoken = journey.model_copy(update={"language": language})
    with opened(journey) as lobby:
        Player(spoken, lobby).play()
        assert difference(spoken, lobby) == []
