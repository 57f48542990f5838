"""Every journey, played without a screen on the real check-in, desk, day cache and outbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from checkin.traces import texts

from kiosk.domain.outcome import ARRIVES, EXPLAINED
from kiosk.i18n.languages import SHIPPED
from kiosk.intake.view import StepView

from .conftest import Open
from .headless import Player, difference, staff_sees
from .journey import WORDS, Journey, load, person
from .lobby import Lobby

JOURNEYS = load()
EACH = pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.id)
LANGUAGES = tuple(row.tag for row in SHIPPED if row.tag != "en")
APART = 9  # a third of them: each journey is played in three, each language by nine journeys
OWN = [journey for journey in JOURNEYS if not journey.language]
KEPT = "The desk will call you."


@EACH
def test_a_journey_is_recorded_and_shown_to_staff_as_it_says(
    journey: Journey, opened: Open
) -> None:
    with opened(journey) as lobby:
        Player(journey, lobby).play()
        assert difference(journey, lobby) == []
        wanted = journey.staff.model_dump(exclude_none=True)
        assert staff_sees(journey, lobby, journey.staff) == wanted


def _again(journey: Journey, language: str, opened: Open) -> None:
    spoken = journey.model_copy(update={"language": language})
    with opened(journey) as lobby:
        Player(spoken, lobby, own=False).play()
        assert difference(spoken, lobby) == []


@pytest.mark.parametrize("journey", OWN, ids=lambda journey: journey.id)
def test_a_journey_is_the_same_in_another_language(journey: Journey, opened: Open) -> None:
    _again(journey, LANGUAGES[OWN.index(journey) % len(LANGUAGES)], opened)


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 2])
@pytest.mark.parametrize("journey", OWN, ids=lambda journey: journey.id)
def test_a_journey_is_the_same_in_more_languages(journey: Journey, step: int, opened: Open) -> None:
    _again(journey, LANGUAGES[(OWN.index(journey) + step * APART) % len(LANGUAGES)], opened)


def _end(lobby: Lobby) -> None:
    for _ in range(4):
        lobby.wait(300)
    assert lobby.view.step == "welcome"


def _left_behind(journey: Journey, code: str, lobby: Lobby) -> list[str]:
    """What of the person, and of what was typed, the kiosk still holds."""
    patient = person(journey.patient).patient
    typed = [rest for word, rest in journey.lines() if word == "type" and len(rest) > 3]
    traces = (code, str(patient.birth_date), patient.family, patient.given, patient.phone, *typed)
    found = "\n".join(texts(lobby.checkin))
    return [trace for trace in traces if trace and trace in found]


def _text(view: StepView) -> str:
    heading = view.node("heading")
    return heading.text if heading else ""


# The table


def cells() -> set[tuple[str, str, str]]:
    """Every cell of the outcome table that the journeys play: link, way in, outcome."""
    return {cell for journey in JOURNEYS for cell in _cells(journey)}


def _cells(journey: Journey) -> Iterator[tuple[str, str, str]]:
    how = "code"
    for row in journey.events:
        how = str(row["how"]) if row["type"] == "session.started" and "how" in row else how
        if row["type"] in {"arrival.recorded", "scan.refused"}:
            yield journey.link, how, str(row.get("outcome", row.get("reason")))
        if row["type"] == "arrival.unmatched":
            yield journey.link, how, str(person(journey.patient).outcome)


REASONED = {str(outcome) for outcome in ARRIVES | EXPLAINED}


@pytest.mark.parametrize("link", ["online", "cached", "cut-off"])
@pytest.mark.parametrize("outcome", sorted(REASONED))
def test_every_outcome_of_a_code_is_played(link: str, outcome: str) -> None:
    assert (link, "code", outcome) in cells()


@pytest.mark.parametrize(
    "outcome", ["in-time", "late-within-grace", "already-in", "too-early", "late", "cancelled"]
)
def test_every_outcome_of_a_typed_name_is_played(outcome: str) -> None:
    assert ("online", "typed", outcome) in cells()


def test_what_has_no_reason_is_played_too() -> None:
    wanted = {("online", "typed", "not-found"), ("online", "code", "locked")}
    wanted |= {("cached", "code", "locked"), ("online", "typed", "locked")}
    wanted |= {("cached", "typed", "in-time"), ("cut-off", "typed", "in-time")}
    assert wanted <= cells()


def test_every_journey_says_what_its_words_mean(tmp_path: Path) -> None:
    assert {word for journey in JOURNEYS for word, _ in journey.lines()} == set(WORDS)
    (tmp_path / "x.toml").write_text(
        '[[journey]]\nid = "x"\nabout = ""\nscript = ["jump high"]\nevents = []\nstaff = {}\n'
    )
    with pytest.raises(ValueError, match="no such word: jump"):
        load(tmp_path)[0].lines()


def test_two_journeys_cannot_share_an_id(tmp_path: Path) -> None:
    row = '[[journey]]\nid = "x"\nabout = ""\nscript = ["see done"]\nevents = []\nstaff = {}\n'
    (tmp_path / "a.toml").write_text(row)
    (tmp_path / "b.toml").write_text(row)
    with pytest.raises(ValueError, match="one id"):
        load(tmp_path)
