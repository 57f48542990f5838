"""A Piper voice that the practice supplies, spoken by its own program (GPL: never linked in)."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.devices.speech.engine import Coverage, Samples, Stream, feed, output
from kiosk.devices.speech.samples import amplified, joined
from kiosk.devices.speech.turn import Program, Turn, end, start
from kiosk.errors import DeviceLost

_PATIENCE = 4.0  # the first time a model is loaded; the next run is loaded while this one speaks
_NATURAL = 1.4  # how much slower 120 words a minute are than most voices
_LEVEL = -3.0  # dB; it brings each sentence to full scale, speech is then some 17 dB below


class Piper:
    """Any text in each language of `models` (BCP 47 → model.onnx, beside it model.onnx.json).

    A run says one text and ends, so that its end is known; the next run loads its model meanwhile.
    """

    def __init__(self, models: Mapping[str, Path], program: str = "piper") -> None:
        self._models = models
        self._program = program
        self._spare: tuple[tuple[str, ...], Program] | None = None

    def covers(self, language: str) -> Coverage:
        """Tell whether there are a program and a model; it then says any text."""
        model = self._models.get(language)
        there = model is not None and model.is_file() and _settings(model).is_file()
        return Coverage.ANY if there and shutil.which(self._program) else Coverage.NONE

    def render(self, text: str, language: str, rate: float, turn: Turn) -> Stream:
        """Speak sentence by sentence. Raises DeviceLost, also while the blocks are read."""
        model = self._models[language]
        scale = f"{_NATURAL / rate:.3f}"
        arguments = (self._program, "--model", str(model), "--length_scale", scale, "--output_raw")
        found = _rate(model)
        return Stream(found, self._spoken(arguments, text, turn), f"piper {model.stem}")

    def close(self) -> None:
        """End the run that waits."""
        spare, self._spare = self._spare, None
        if spare:
            end(spare[1])

    def _spoken(self, arguments: tuple[str, ...], text: str, turn: Turn) -> Iterator[Samples]:
        with turn.holding(self._taken(arguments)) as program:
            feed(program, text)
            yield from amplified(joined(output(program, turn, _PATIENCE)), _LEVEL)

    def _taken(self, arguments: tuple[str, ...]) -> Program:
        spare, self._spare = self._spare, None
        fits = spare is not None and spare[0] == arguments and spare[1].poll() is None
        if spare and not fits:
            end(spare[1])
        try:
            program = spare[1] if spare and fits else start(arguments)
            self._spare = (arguments, start(arguments))
        except OSError:
            raise DeviceLost("piper cannot be started") from None
        return program


def _settings(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")


def _rate(model: Path) -> int:
    try:
        told = json.loads(_settings(model).read_text(encoding="utf-8"))
        return int(told["audio"]["sample_rate"])
    except (OSError, ValueError, KeyError, TypeError):
        raise DeviceLost(f"{model.name} has no settings that can be read") from None
