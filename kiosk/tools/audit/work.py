"""The audit's processes: each has a window of its own that nobody sees."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.tools.audit.examine import Examiner, Result
from kiosk.tools.audit.found import Combination
from kiosk.tools.audit.pixels import Easel
from kiosk.tools.audit.world import world
from kiosk.ui import window
from kiosk.ui.profile import PROFILES

_JOBS = 8  # of one process: it holds what it measured
_SCREEN = {"SDL_VIDEODRIVER": "offscreen", "LIBGL_ALWAYS_SOFTWARE": "1"}


@dataclass(frozen=True, slots=True)
class Job:
    """One language on one profile, in some modes."""

    combinations: tuple[Combination, ...]
    out: Path | None

    def __str__(self) -> str:
        return f"{self.combinations[0].language}, {self.combinations[0].profile}"


def jobs(wanted: Sequence[Combination], out: Path | None) -> list[Job]:
    """Return the work, by language and profile: its modes share what they have in common."""
    groups: dict[tuple[str, str], list[Combination]] = {}
    for one in wanted:
        groups.setdefault((one.language, one.profile), []).append(one)
    return [Job(tuple(group), out) for group in groups.values()]


def run(todo: Sequence[Job], told: Callable[[Job], None]) -> list[Result]:
    """Do all jobs, on every core; `told` hears of each that is done.

    Raises ResourceMissing, ConfigError as the screen does.
    """
    cores = os.cpu_count() or 1
    found: list[Result] = []
    with TemporaryDirectory(prefix="checkin-audit-") as home:
        for start in range(0, len(todo), _JOBS * cores):
            part = todo[start : start + _JOBS * cores]
            found += _done(part, min(cores, len(part)), home, told)
    return found


def _done(
    todo: Sequence[Job], cores: int, home: str, told: Callable[[Job], None]
) -> Iterator[Result]:
    """Do some jobs in processes of their own, which end with them."""
    pool = ProcessPoolExecutor(cores, get_context("spawn"), _prepare, (home,))
    with pool:
        waiting = {pool.submit(_do, job): job for job in todo}
        for future in as_completed(waiting):
            future.result()
            told(waiting[future])
        for future in waiting:
            yield from future.result()


def _prepare(home: str) -> None:
    """Set this process up for pictures; it comes before the first import of Kivy."""
    os.environ.update(_SCREEN)
    folder = Path(home) / str(os.getpid())
    window.prepare(PROFILES["panel-7"], fullscreen=False, home=folder)


@lru_cache(maxsize=1)
def _easel(profile: str) -> Easel:
    from kiosk.ui.offscreen import Easel as Drawn

    return Drawn(PROFILES[profile])


def _do(job: Job) -> list[Result]:
    first = job.combinations[0]
    profile = PROFILES[first.profile]
    examiner = Examiner(world(first.language), profile, _easel(first.profile), job.out)
    return [examiner.examine(one) for one in job.combinations]
