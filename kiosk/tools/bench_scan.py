"""How well and how fast codes are read: photographs with known texts, and simulated presentations.

`photographs` and `simulated` look, `table` sums their looks up as rows for `kiosk bench` to print:
`table(simulated(), "width_mm", "distance_mm", "reader")`, or by "scene", or by "reader" alone.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from kiosk.devices import decoder, simulate
from kiosk.devices.decoder import Reading
from kiosk.devices.pictures import Image, picture
from kiosk.devices.simulate import Pose, Scene
from kiosk.devices.simulated_object import Medium, Modules, Wear
from kiosk.domain.passcode import build
from kiosk.passes import draw

Row = dict[str, str | int | float]

WIDTHS_MM, DISTANCES_MM = (25, 30, 40), (200, 250, 320)
"""The sizes people print and show, and how far away they hold them."""

PRESENTED = 5
"""Frames for which a code is held up, as the ladder changes its second look with each."""

SCENES = {
    "clean": Scene(),
    "tilt": Scene(pose=Pose(yaw=24, pitch=-14, roll=9)),
    "defocus": Scene(defocus=2.6),
    "motion": Scene(motion=(5.0, 4.0)),
    "low light": Scene(light=0.3, noise=9.0),
    "dim screen": Scene(wear=Wear(dim=0.85)),
    "glare": Scene(wear=Wear(glare=0.9)),
    "dark mode": Scene(wear=Wear(dark=True)),
    "cracks": Scene(wear=Wear(cracks=4)),
    "shattered": Scene(wear=Wear(cracks=12)),
    "finger": Scene(wear=Wear(finger=0.12)),
    "paper": Scene(medium=Medium.PAPER, pose=Pose(pitch=12, roll=-7)),
    "everything": Scene(
        pose=Pose(yaw=12, pitch=8, roll=-6),
        defocus=1.4,
        motion=(2.0, 1.0),
        light=0.7,
        noise=4.0,
        wear=Wear(dim=0.3, glare=0.4, cracks=3),
    ),
}
_CODE = build("M1", "0123456789ABCDEFGHJK")
_FPS = 30.0


def _zxing(grey: Image, _turn: int) -> list[Reading]:
    return decoder.guarded(decoder.zxing, grey)


def _zbar(grey: Image, _turn: int) -> list[Reading]:
    return decoder.guarded(decoder.zbar, grey)


def _either(grey: Image, turn: int) -> list[Reading]:
    return _zxing(grey, turn) + _zbar(grey, turn)


READERS: dict[str, tuple[Callable[[Image, int], list[Reading]], int]] = {
    "pyzbar": (_zbar, 1),
    "zxing-cpp": (_zxing, 1),
    "either": (_either, 1),
    "ladder": (decoder.read, PRESENTED),
}
"""Each reader with the number of frames it may look at, until the first that reads something."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one reader made of one code: its first texts, right or wrong, and ms for each frame."""

    labels: Row
    right: bool
    wrong: bool
    ms: tuple[float, ...]


def photographs(folder: Path) -> list[Look]:
    """Look with each reader at the pictures that `folder`/manifest.jsonl lists (`file`, `text`).

    Raises OSError when a file is missing, ValueError when one is no picture.
    """
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return [look for row in rows for look in _looks(_grey(folder / row["file"]), row["text"], {})]


def simulated(seeds: int = 2, scenes: Mapping[str, Scene] = SCENES) -> list[Look]:
    """Look with each reader at every scene, width and distance, each with `seeds` hands."""
    modules = _modules()
    looks: list[Look] = []
    for (name, scene), width, distance in product(scenes.items(), WIDTHS_MM, DISTANCES_MM):
        labels: Row = {"scene": name, "width_mm": width, "distance_mm": distance}
        pose = replace(scene.pose, distance_mm=distance)
        for number in range(seeds):
            seed = len(looks) // len(READERS) * seeds + number
            held = replace(scene, width_mm=width, pose=pose, seed=seed)
            looks += _looks(decoder.to_grey(simulate.render(modules, held)), _CODE, labels)
    return looks


def table(looks: Iterable[Look], *keys: str) -> list[Row]:
    """Return a row for each value of `keys`: codes, recall and wrong from 0 to 1, ms per frame."""
    groups: dict[tuple[str | int | float, ...], list[Look]] = {}
    for look in looks:
        groups.setdefault(tuple(look.labels[key] for key in keys), []).append(look)
    return [
        {**dict(zip(keys, values, strict=True)), **_summed(group)}
        for values, group in groups.items()
    ]


def presentations(count: int = 20) -> list[Row]:
    """Hold a code up `count` times, a phone coming in from 52 cm, and see how soon it is read.

    The newest of 30 frames a second is looked at; the time of looking counts.
    """
    chance = np.random.default_rng(count)
    waits: list[float] = []
    for seed in range(count):
        pose = Pose(chance.uniform(160, 320), yaw=chance.normal(0, 8), roll=chance.normal(0, 8))
        scene = Scene(width_mm=chance.uniform(28, 50), pose=pose, seed=seed)
        waits.append(_wait([decoder.to_grey(f) for f in simulate.present(_modules(), scene)]))
    return [
        {
            "presentations": count,
            "within_0.5_s": sum(wait <= 0.5 for wait in waits) / count,
            "within_1.5_s": sum(wait <= 1.5 for wait in waits) / count,
            "median_ms": round(statistics.median(waits) * 1000, 1),
        }
    ]


def _looks(grey: Image, text: str, labels: Row) -> Iterator[Look]:
    for name, (reader, frames) in READERS.items():
        texts: list[str] = []
        times: list[float] = []
        while not texts and len(times) < frames:
            begun = time.perf_counter()
            texts = [reading.text for reading in reader(grey, len(times))]
            times.append((time.perf_counter() - begun) * 1000)
        right = text in texts
        yield Look({**labels, "reader": name}, right, bool(texts) and not right, tuple(times))


def _summed(looks: Sequence[Look]) -> Row:
    times = [ms for look in looks for ms in look.ms]
    return {
        "codes": len(looks),
        "recall": round(sum(look.right for look in looks) / len(looks), 3),
        "wrong": round(sum(look.wrong for look in looks) / len(looks), 3),
        "ms_mean": round(statistics.fmean(times), 1),
        "ms_median": round(statistics.median(times), 1),
        "ms_p95": round(float(np.percentile(times, 95)), 1),
    }


def _wait(greys: Sequence[Image]) -> float:
    """Return the seconds until the code is read, from the first frame on."""
    now, turn = 0.0, 0
    while (number := int(now * _FPS)) < len(greys):
        begun = time.perf_counter()
        found = decoder.read(greys[number], turn)
        now += time.perf_counter() - begun
        if found:
            return now
        now, turn = max(now, (number + 1.001) / _FPS), turn + 1
    return float("inf")


def _grey(path: Path) -> Image:
    image = picture(path.read_bytes())
    if image is None:
        raise ValueError(f"{path} is no picture")
    return decoder.to_grey(image)


def _modules() -> Modules:
    return np.array(draw.matrix(_CODE))
