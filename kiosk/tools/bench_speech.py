"""How soon a voice is heard after a key, how soon it is silent, and what it costs.

The real speaker and engines; the sound goes into the recording instead of a card, so what a card
adds is not in it (`Alsa.BUFFER_US` at most, and the start of aplay).
"""

import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue

from kiosk.devices.speech import Recording, Speaker, Speech, State, Told, Utterance, speaker
from kiosk.errors import ResourceMissing
from kiosk.i18n.catalog import Catalogue
from kiosk.i18n.languages import SHIPPED
from kiosk.i18n.spoken import spoken
from kiosk.resources import shipped

LANGUAGES = ("en", "es", "zh-Hans", "ar", "hi")
_PROMISE = "If nobody has called you by {time}, please come to the desk."
_HEARD_S = 0.15  # of each sentence, before it is cut
_TOO_LONG_S = 10.0

Row = dict[str, object]


def rows(rounds: int = 20, settings: Speech | None = None) -> Iterator[Row]:
    """Measure each language; a row has what, value and unit.

    Raises ResourceMissing naming a language that has no voice here, or does not speak in time.
    """
    news: SimpleQueue[Told] = SimpleQueue()
    said = [(language, _promise(language)) for language in LANGUAGES]
    before = _memory()
    mouth = speaker(settings or Speech(), _voices(), news.put, Recording())
    try:
        for language, text in said:
            heard, cut = _language(mouth, news, Utterance("", text, language), rounds)
            yield from _spread(f"key to first sound, {language}", heard)
            yield from _spread(f"key to silence, {language}", cut)
    finally:
        mouth.close()
    yield {"what": "memory of speech", "value": _memory() - before, "unit": "MB"}


def _promise(language: str) -> str:
    words = Catalogue(shipped("assets", "locale"), "Europe/London", "GB")
    return spoken(words.text(_PROMISE, language, time="10:30"), language)


def _voices() -> dict[str, str]:
    return {row.tag: row.voice for row in SHIPPED}


def _language(
    mouth: Speaker, news: "SimpleQueue[Told]", said: Utterance, rounds: int
) -> tuple[list[float], list[float]]:
    if not mouth.speaks(said.language):
        raise ResourceMissing(f"speech in {said.language}: {mouth.fluency(said.language).reason}")
    heard, cut = [], []
    for _ in range(rounds):
        begun = time.monotonic()
        mouth.say([said])
        heard.append((_at(news, State.STARTED) - begun) * 1000)
        time.sleep(_HEARD_S)
        begun = time.monotonic()
        mouth.stop()
        cut.append((_at(news, State.CUT) - begun) * 1000)
    return heard, cut


def _at(news: "SimpleQueue[Told]", state: State) -> float:
    told = news.get(timeout=_TOO_LONG_S)
    if told.state is not state:
        raise ResourceMissing(f"speech in {told.language} is {told.state}, not {state}")
    return told.at


def _spread(what: str, values: Sequence[float]) -> Iterator[Row]:
    cut = statistics.quantiles(values, n=20, method="inclusive")
    yield {"what": f"{what}, p50", "value": statistics.median(values), "unit": "ms"}
    yield {"what": f"{what}, p95", "value": cut[18], "unit": "ms"}


def _memory() -> float:
    """Return this process's resident memory in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
