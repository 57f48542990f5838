"""How well and how fast codes are read: photographs with known texts, and simulated presentations.

Each function returns rows for `kiosk bench` to print. `recall` is a share from 0 to 1.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
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
    "cracks": Scene(wear=Wear(cracks=12)),
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

Reader = Callable[[Image, int], list[Reading]]


def photographs(folder: Path) -> list[Row]:
    """Read the pictures that `manifest.jsonl` in `folder` lists (`file`, `text`), with each reader.

    Raises OSError when a file is missing, ValueError when one is no picture.
    """
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = [(row["file"], row["text"]) for row in map(json.loads, lines)]
    greys = [(_grey(folder / name), text) for name, text in wanted]
    return [_measured(name, greys) for name in READERS]


def simulated(seeds: int = 2) -> list[Row]:
    """Return the recall for each width and distance, over every scene and `seeds` hands of each."""
    rows: list[Row] = []
    for width, distance in product(WIDTHS_MM, DISTANCES_MM):
        cell = [_held(scene, width, distance) for scene in SCENES.values()]
        greys = [(grey, _CODE) for grey in _rendered(cell, seeds)]
        where: Row = {"width_mm": width, "distance_mm": distance, "pictures": len(greys)}
        rows.append(where | _recalls(greys))
    return rows


def scenes(seeds: int = 4) -> list[Row]:
    """Return the recall for each scene, over every width and distance."""
    rows: list[Row] = []
    for name, scene in SCENES.items():
        cells = [_held(scene, *sizes) for sizes in product(WIDTHS_MM, DISTANCES_MM)]
        greys = [(grey, _CODE) for grey in _rendered(cells, seeds)]
        what: Row = {"scene": name, "pictures": len(greys)}
        rows.append(what | _recalls(greys))
    return rows


def frames(seeds: int = 1) -> list[Row]:
    """Return recall and ms of each reader over every scene, width and distance at 1280x720."""
    cells = [_held(*cell) for cell in product(SCENES.values(), WIDTHS_MM, DISTANCES_MM)]
    greys = [(grey, _CODE) for grey in _rendered(cells, seeds)]
    return [_measured(name, greys) for name in READERS]


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


def _wait(greys: Sequence[Image]) -> float:
    """Return the seconds until the code is read, from the first frame on."""
    now, turn = 0.0, 0
    while (number := int(now * _FPS)) < len(greys):
        begun = time.perf_counter()
        found = decoder.read(greys[number], turn)
        now = max(now + time.perf_counter() - begun, (number + 1) / _FPS * (not found))
        if found:
            return now
        turn += 1
    return float("inf")


def _held(scene: Scene, width: float, distance: float) -> Scene:
    return replace(scene, width_mm=width, pose=replace(scene.pose, distance_mm=distance))


def _grey(path: Path) -> Image:
    image = picture(path.read_bytes())
    if image is None:
        raise ValueError(f"{path} is no picture")
    return decoder.to_grey(image)


def _modules() -> Modules:
    return np.array(draw.matrix(_CODE))


def _rendered(cell: Sequence[Scene], seeds: int) -> Iterator[Image]:
    for number, scene in enumerate(cell):
        for seed in range(seeds):
            yield decoder.to_grey(
                simulate.render(_modules(), replace(scene, seed=number * seeds + seed))
            )


def _zxing(grey: Image, _turn: int) -> list[Reading]:
    return decoder.guarded(decoder.zxing, grey)


def _zbar(grey: Image, _turn: int) -> list[Reading]:
    return decoder.guarded(decoder.zbar, grey)


def _either(grey: Image, turn: int) -> list[Reading]:
    return _zxing(grey, turn) + _zbar(grey, turn)


READERS: dict[str, tuple[Reader, int]] = {
    "pyzbar": (_zbar, 1),
    "zxing-cpp": (_zxing, 1),
    "either": (_either, 1),
    "ladder": (decoder.read, PRESENTED),
}
"""Each reader with the number of frames it may look at, until the first that reads something."""


def _measured(name: str, greys: Sequence[tuple[Image, str]]) -> Row:
    """Return recall, wrong first readings, and ms for each frame looked at."""
    reader, frames = READERS[name]
    times: list[float] = []
    right = wrong = 0
    for grey, text in greys:
        texts: list[str] = []
        for turn in range(frames):
            begun = time.perf_counter()
            texts = [reading.text for reading in reader(grey, turn)]
            times.append((time.perf_counter() - begun) * 1000)
            if texts:
                break
        right += text in texts
        wrong += bool(texts) and text not in texts
    return {
        "reader": name,
        "pictures": len(greys),
        "read": right,
        "wrong": wrong,
        "recall": round(right / len(greys), 3),
        "ms_median": round(statistics.median(times), 1),
        "ms_p95": round(float(np.percentile(times, 95)), 1),
    }


def _recalls(greys: Sequence[tuple[Image, str]]) -> Row:
    return {name: _measured(name, greys)["recall"] for name in READERS}
