"""What a kiosk's camera sees behind the code: a soft, bright lobby and a person, out of focus."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.pictures import Image

Picture = NDArray[np.float32]
Colour = tuple[int, int, int]
"""Blue, green, red."""

SKINS: tuple[Colour, ...] = ((150, 178, 222), (116, 148, 196), (84, 116, 168), (56, 80, 128))
SLEEVES: tuple[Colour, ...] = ((112, 92, 74), (92, 112, 58), (70, 78, 138), (150, 148, 142))
_HAIR: tuple[Colour, ...] = ((40, 48, 62), (30, 34, 40), (74, 96, 128), (150, 152, 156))
_SMALL = (320, 180)
_SIZE = (1280, 720)
_FINE = 8  # drawing shifts: 3 bits below the pixel


@lru_cache(maxsize=4)
def lobby(seed: int) -> Picture:
    """Return the lobby with its person as 720x1280x3 floats from 0 to 255; do not change it."""
    chance = np.random.default_rng(seed)
    scene = _soft(_room(chance), 5.0)
    _lamps(scene, chance)
    scene = _soft(scene, 1.6)
    _person(scene, chance, *person(seed))
    large = np.asarray(cv2.resize(scene, _SIZE, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    return _soft(large, 5.0).astype(np.float32)


def _soft(image: Image, sigma: float) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), dtype=np.uint8)


def person(seed: int) -> tuple[Colour, Colour]:
    """Return the skin and the sleeve of the person in the lobby of this seed."""
    return SKINS[seed % len(SKINS)], SLEEVES[seed // 2 % len(SLEEVES)]


def _box(image: Image, box: tuple[int, int, int, int], colour: Colour) -> None:
    x, y, w, h = box
    cv2.rectangle(image, (x, y), (x + w, y + h), colour, cv2.FILLED, cv2.LINE_AA)


def _blob(image: Image, at: tuple[float, float, float, float], colour: Colour) -> None:
    x, y, w, h = (int(value * _FINE) for value in at)
    cv2.ellipse(image, (x, y), (w, h), 0, 0, 360, colour, cv2.FILLED, cv2.LINE_AA, 3)


def _room(chance: np.random.Generator) -> Image:
    width, height = _SMALL
    down = np.linspace(1.04, 0.86, height)[:, None, None]
    wall = np.array([206, 221, 232]) * down * np.ones((1, width, 1))
    room: Image = np.clip(wall, 0, 255).astype(np.uint8)
    _box(room, (0, 132, width, 60), (150, 172, 190))
    _window(room, chance)
    _box(room, (222, 26, 98, 78), (124, 132, 96))  # the wall behind the front desk
    _box(room, (236, 40, 40, 5), (214, 222, 206))
    _box(room, (208, 92, 112, 46), (110, 146, 184))
    _box(room, (204, 86, 116, 8), (176, 204, 226))
    for x, colour in ((14, (120, 118, 70)), (48, (96, 150, 206)), (170, (120, 118, 70))):
        _box(room, (x, 108, 26, 22), colour)
        _box(room, (x + 2, 130, 3, 18), (90, 110, 130))
        _box(room, (x + 21, 130, 3, 18), (90, 110, 130))
    for _ in range(26):
        leaf = (chance.normal(136, 9), chance.normal(92, 13), 4.0, 8.0)
        _blob(room, leaf, (70, int(chance.integers(110, 150)), 86))
    _box(room, (128, 112, 17, 24), (196, 208, 216))
    return room


def _window(room: Image, chance: np.random.Generator) -> None:
    _box(room, (8, 12, 92, 82), (246, 240, 230))
    for _ in range(18):
        x, y = chance.uniform(12, 96), chance.uniform(62, 90)
        _blob(room, (x, y, chance.uniform(5, 13), 8), (150, 200, 172))
    for x in (8, 53, 98):
        _box(room, (x, 12, 2, 82), (190, 204, 214))


def _lamps(scene: Image, chance: np.random.Generator) -> None:
    for x in (122, 168, 214, 262):
        glow = np.zeros_like(scene)
        _blob(glow, (x, 12 + chance.uniform(-2, 2), 11, 11), (150, 178, 190))
        cv2.add(scene, _soft(glow, 1.0), scene)


def _person(scene: Image, chance: np.random.Generator, skin: Colour, coat: Colour) -> None:
    """Draw somebody who stands a little to one side, head partly above the picture."""
    x = 160 + chance.choice([-1, 1]) * chance.uniform(40, 58)
    hair = _HAIR[chance.integers(4)]
    body: Image = np.zeros_like(scene)
    alpha: Image = np.zeros(scene.shape[:2], np.uint8)
    shapes = (
        ((x, 186, 74, 66), coat),
        ((x, 112, 15, 26), skin),
        ((x, 50, 40, 48), hair),
        ((x, 66, 32, 43), skin),
    )
    for ellipse, colour in shapes:
        _blob(body, ellipse, colour)
        cv2.ellipse(alpha, (int(ellipse[0]), ellipse[1]), ellipse[2:], 0, 0, 360, 255, cv2.FILLED)
    blue, green, red = (int(part * 0.84) for part in skin)
    for side in (-1, 1):
        _blob(body, (x + side * 13, 62, 7, 4), (blue, green, red))
    _blob(body, (x, 86, 9, 3.5), (blue, green, red))
    _blob(body, (x, 112, 15, 6), (blue, green, red))
    soft = _soft(alpha, 4.0)[..., None] / 255.0
    light = np.linspace(1.12, 0.88, scene.shape[1])[None, :, None]
    mixed = scene * (1 - soft) + _soft(body, 4.0) * light
    scene[...] = np.clip(mixed, 0, 255).astype(np.uint8)
