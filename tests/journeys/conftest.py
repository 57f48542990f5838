from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from .journey import Journey
from .lobby import Lobby, clock_at, lobby, prepared

ZONE = "Europe/London"
Open = Callable[[Journey], AbstractContextManager[Lobby]]


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Prepared desks, one for each time of day that a journey starts at."""
    made: dict[str, Path] = {}

    def desk_at(time: str) -> Path:
        if time not in made:
            made[time] = tmp_path_factory.mktemp("desk")
            prepared(made[time], clock_at(time, ZONE))
        return made[time]

    return desk_at


@pytest.fixture
def opened(desks: Callable[[str], Path], tmp_path: Path) -> Open:
    """Open the lobby of a journey."""

    @contextmanager
    def open_(journey: Journey) -> Iterator[Lobby]:
        clock = clock_at(journey.at, ZONE)
        with lobby(desks(journey.at), tmp_path / "lobby", clock, journey.link) as found:
            yield found

    return open_
