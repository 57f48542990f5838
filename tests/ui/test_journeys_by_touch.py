"""The same journeys as `tests/journeys`, a sample of them, touched on the real window."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

pytest.importorskip("kivy")
pytest.importorskip("Xlib")

from journeys.headless import difference, staff_sees
from journeys.journey import Journey, load, person

from kiosk.desk import sample
from kiosk.desk.boardmodels import BoardState
from kiosk.domain.event import Event
from kiosk.tools.driver import Driver
from kiosk.tools.stage import Stage

pytestmark = [pytest.mark.screen, pytest.mark.slow]

# One journey for each made-up person, so that all can be played at one desk, in any order.
SAMPLE = {
    "record-arabic": "portrait-21",
    "record-chinese": "landscape-10",
    "record-spanish": "panel-7",
    "record-hindi": "wide-15",
    "name-and-phone-changed": "portrait-21",
    "online-late-within-grace": "landscape-10",
    "online-too-early": "panel-7",
    "online-wrong-site": "landscape-10",
    "online-revoked": "portrait-21",
}
JOURNEYS = {journey.id: journey for journey in load() if journey.id in SAMPLE}


class Hands:
    """Plays a journey's words on a window; what it records and shows is read as `headless` does."""

    def __init__(self, journey: Journey, stage: Stage, driver: Driver) -> None:
        self.journey, self.stage, self.driver = journey, stage, driver
        self._before = len(self._kept())
        self._do: Mapping[str, Callable[[str], None]] = {
            "present": self._present,
            "press": self._tap,
            "type": driver.type,
            "born": lambda who: self._date(person(who or journey.patient).patient.birth_date),
            "date": lambda text: self._date(date.fromisoformat(text)),
            "see": self._see,
            "say": self._say,
            "find": lambda node: self._has(node, True),
            "miss": lambda node: self._has(node, False),
        }

    def play(self) -> None:
        if self.journey.language:
            name = f"language-{self.journey.language}"
            if self.driver.rest().node(name) is None:
                self._tap("language")
            self._tap(name)
        for word, rest in self.journey.lines():
            self._do[word](rest)

    def _tap(self, node: str) -> None:
        self.driver.tap(node)

    def _present(self, who: str) -> None:
        code = self.stage.reception.issue(self.appointment(who or self.journey.patient))
        self.driver.phone.present(code)
        self.driver.wait(lambda scene: scene.step not in {"welcome", "one-moment"})
        self.driver.phone.withdraw()

    def _date(self, on: date | None) -> None:
        assert on is not None
        parts = {"day": f"{on.day:02}", "month": f"{on.month:02}", "year": f"{on.year:04}"}
        nodes = self.driver.rest().data["nodes"]
        fields = [node["id"] for node in nodes if node["role"] == "field"]
        for digit in "".join(parts[field.removeprefix("field-")] for field in fields):
            self._tap(f"key-{digit}")

    def _see(self, step: str) -> None:
        self.driver.wait(lambda scene: scene.step == step, step)
        self.driver.rest()
        self.driver.photograph()

    def _say(self, rest: str) -> None:
        name, _, text = rest.partition(" ")
        node = self.driver.rest().node(name)
        assert node is not None, rest
        if self.journey.language in {"", "en"}:
            assert text in {node["text"], node["value"]}, rest

    def _has(self, name: str, wanted: bool) -> None:
        assert (self.driver.rest().node(name) is not None) == wanted, name

    # what `journeys.headless` asks of a lobby

    def appointment(self, patient: str) -> str:
        return sample.appointment_id(patient, self.stage.today)

    def _kept(self) -> list[Event]:
        outbox = self.stage.outbox
        try:
            return [Event.model_validate_json(one.body) for one in outbox.kept()]
        finally:
            outbox.close()

    def recorded(self) -> list[Event]:
        self.stage.wait_for_delivery()
        return self._kept()[self._before :]

    def board(self) -> BoardState:
        return BoardState.model_validate(self.stage.reception.board())


@pytest.mark.parametrize("name", SAMPLE)
def test_a_journey_by_touch_is_recorded_and_shown_as_it_says(name: str, stage: Stage) -> None:
    journey = JOURNEYS[name]
    driver = Driver(stage, SAMPLE[name])
    try:
        driver.ready()
        hands = Hands(journey, stage, driver)
        hands.play()
        assert difference(journey, hands) == []  # type: ignore[arg-type]
        # the whole board is shared by all of this module; this journey's card is its own
        staff = journey.staff.model_copy(update={"helps": None, "attention": None})
        seen = staff_sees(journey, hands, staff)  # type: ignore[arg-type]
        assert seen == {field: value for field, value in staff if value is not None}
    finally:
        driver.close()
