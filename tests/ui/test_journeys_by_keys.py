"""A check-in with eyes closed: keys and voice alone, on the real window (O-01, S-01, S-03)."""

from collections.abc import Callable

import pytest

pytest.importorskip("kivy")
pytest.importorskip("Xlib")

from journeys.headless import difference, staff_sees
from journeys.journey import load

from kiosk.tools.driver import Driver
from kiosk.tools.stage import Stage

from .test_journeys_by_touch import Hands

pytestmark = [pytest.mark.screen, pytest.mark.slow]

SAMPLE = {"record-spanish": "landscape-10", "record-arabic": "panel-7"}
JOURNEYS = {journey.id: journey for journey in load() if journey.id in SAMPLE}


class Keys(Hands):
    """Does with keys what hands do by touch; never asks where anything stands."""

    def _tap(self, node: str) -> None:
        self.driver.reach(node)

    def start_the_voice(self) -> None:
        for node in ("ways", "way-read-aloud", "go-on"):
            self._tap(node)
            self.driver.wait(lambda s, n=node: s.node(n) is None or n != "go-on")  # type: ignore[misc]

    def heard(self, until: Callable[[set[str]], bool]) -> set[str]:
        """Return the ids of what was said, once it is enough."""

        def said() -> set[str]:
            return {str(one["id"]) for one in self.driver.heard if one["state"] == "started"}

        self.driver.wait(lambda _: until(said()), "all that is to be said")
        return said()


@pytest.mark.parametrize("name", SAMPLE)
def test_a_journey_by_keys_and_voice_is_recorded_as_it_says(name: str, stage: Stage) -> None:
    journey = JOURNEYS[name]
    driver = Driver(stage, SAMPLE[name])
    try:
        driver.ready()
        hands = Keys(journey, stage, driver)
        hands.start_the_voice()
        driver.heard.clear()
        hands.play()
        events = hands.recorded()
        assert events[0].data["modes"] == ["read-aloud"]
        assert difference(journey, hands) == []  # type: ignore[arg-type]
        staff = journey.staff.model_copy(update={"helps": None, "attention": None})
        seen = staff_sees(journey, hands, staff)  # type: ignore[arg-type]
        assert seen == {field: value for field, value in staff if value is not None}
        _all_was_said(hands)
    finally:
        driver.close()


def _all_was_said(hands: Keys) -> None:
    """The last screen says every fact, and everything was said in the patient's language."""
    last = hands.driver.rest()
    facts = {str(n["id"]) for n in last.data["nodes"] if n["role"] in {"fact", "heading"}}
    assert facts
    hands.heard(lambda said: facts <= said)
    language = last.data["language"]
    names = {"en", language}  # of people and places: in the practice's own language
    assert {str(one["language"]) for one in hands.driver.heard if one["id"] in facts} <= names
    assert {str(one["language"]) for one in hands.driver.heard[-40:]} >= {language}
