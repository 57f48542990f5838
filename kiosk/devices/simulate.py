"""The project's own camera simulation: a code held up in a lobby, as a kiosk's camera sees it.

A pinhole camera of 1280x720 with 62 degrees across (1065 pixels focal length) looks at a phone or a
page with perspective, defocus, motion, noise, glare, dim and dark screens, cracks and fingers. The
same seed gives the same pictures. It is a model: the order of decoders agrees with photographs, the
percentages do not carry over.
"""

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.pictures import Image
from kiosk.devices.simulated_lobby import Picture, lobby
from kiosk.devices.simulated_object import (
    PX_PER_MM,
    WIDE_MM,
    Medium,
    Modules,
    Wear,
    held,
)

WIDTH, HEIGHT = 1280, 720
FOCAL = 1065.0
"""Focal length in pixels: 1280 pixels over 62 degrees."""

_LOBBIES = 8
_FINE = 2  # the object is drawn this much larger, then shrunk
_MIDDLE = np.array([WIDE_MM / 2, 130.0])


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the middle of the code is, in mm from the lens, and how it is turned, in degrees."""

    distance_mm: float = 250.0
    x_mm: float = 0.0
    y_mm: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0


_STRAIGHT, _NEW = Pose(), Wear()


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment in front of the camera."""

    width_mm: float = 30.0  # of the code without its quiet zone
    medium: Medium = Medium.PHONE
    pose: Pose = _STRAIGHT
    wear: Wear = _NEW
    defocus: float = 0.8  # radius in pixels of the blur of a point
    motion: tuple[float, float] = (0.0, 0.0)  # pixels moved during the exposure
    light: float = 1.0  # of the lobby
    noise: float = 2.0  # grey levels
    seed: int = 0


def render(code: Modules, scene: Scene) -> Image:
    """Return the camera's picture of a code (modules, true where dark, no quiet zone)."""
    return _grained(_seen(_flat(code, scene), scene), scene, 0)


def empty(seed: int = 0) -> Image:
    """Return the lobby with nobody's code in front."""
    scene = Scene(seed=seed)
    return _grained(_lit(lobby(seed % _LOBBIES), scene), scene, 0)


def present(
    code: Modules, scene: Scene | None = None, *, frames: int = 45, fps: float = 30.0
) -> list[Image]:
    """Return the pictures of somebody holding up a code, from 52 cm to where `scene` has it.

    The hand comes up from below within 0.8 s and keeps trembling; the lens follows late.
    """
    scene = scene or Scene()
    chance = np.random.default_rng(scene.seed)
    phases, tempo = chance.uniform(0, 2 * np.pi, 6), chance.uniform(0.8, 2.4, 6)
    flat = _flat(code, scene)
    poses = [_approach(scene.pose, n / fps, phases, tempo) for n in range(frames + 1)]
    focus, pictures = 520.0, []
    for number, (pose, after) in enumerate(pairwise(poses)):
        focus += (pose.distance_mm - focus) * min(1.0, 5.0 / fps)
        blur = abs(1 / pose.distance_mm - 1 / focus) * 2600
        shift = (_place(after) - _place(pose)) * 0.4
        moment = replace(
            scene,
            pose=pose,
            defocus=scene.defocus + float(blur),
            motion=(float(shift[0]), float(shift[1])),
        )
        pictures.append(_grained(_seen(flat, moment), moment, number))
    return pictures


def _approach(
    goal: Pose, at: float, phases: NDArray[np.float64], tempo: NDArray[np.float64]
) -> Pose:
    away = max(0.0, 1 - at / 0.8) ** 2
    shake = np.sin(2 * np.pi * tempo * at + phases)
    return Pose(
        distance_mm=goal.distance_mm + (520 - goal.distance_mm) * away + shake[0] * 2,
        x_mm=goal.x_mm + 60 * away + shake[1] * 1.2,
        y_mm=goal.y_mm + 170 * away + shake[2] * 1.2,
        yaw=goal.yaw + 22 * away + shake[3] * 1.5,
        pitch=goal.pitch - 28 * away + shake[4] * 1.5,
        roll=goal.roll + 14 * away + shake[5] * 1.2,
    )


def _place(pose: Pose) -> NDArray[np.float64]:
    return np.array([pose.x_mm, pose.y_mm]) * FOCAL / pose.distance_mm


def _projection(pose: Pose) -> NDArray[np.float64]:
    """Return the map from the flat object's pixels to those of the (larger) picture."""
    yaw, pitch, roll = np.radians([pose.yaw, pose.pitch, pose.roll])
    about_x, about_y, about_z = (cv2.Rodrigues(axis)[0] for axis in np.diag([pitch, yaw, roll]))
    turn = about_y @ about_x @ about_z
    columns = np.column_stack([turn[:, 0], turn[:, 1], [pose.x_mm, pose.y_mm, pose.distance_mm]])
    to_mm = np.array([[1 / PX_PER_MM, 0, -_MIDDLE[0]], [0, 1 / PX_PER_MM, -_MIDDLE[1]], [0, 0, 1]])
    half = np.array([WIDTH, HEIGHT]) * _FINE / 2
    lens = np.array([[FOCAL * _FINE, 0, half[0]], [0, FOCAL * _FINE, half[1]], [0, 0, 1]])
    return np.asarray(lens @ columns @ to_mm)


def _flat(code: Modules, scene: Scene) -> Image:
    """Return the object and the hand as they lie flat, colours multiplied by alpha."""
    thing = held(code, scene.width_mm, scene.medium, scene.wear, scene.seed)
    colour = np.clip(thing.colour, 0, 255) * thing.alpha[..., None]
    return np.dstack([colour, thing.alpha * 255]).round().astype(np.uint8)


def _seen(flat: Image, scene: Scene) -> Image:
    """Put the object before the lobby, through the lens."""
    size = (WIDTH * _FINE, HEIGHT * _FINE)
    large = cv2.warpPerspective(flat, _projection(scene.pose), size)
    small = cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    seen = _blurred(small.astype(np.float32), scene)
    through = 1 - seen[..., 3:] / np.float32(255)
    return _lit(lobby(scene.seed % _LOBBIES) * through + seen[..., :3], scene)


def _blurred(seen: Picture, scene: Scene) -> Picture:
    if scene.defocus > 0.3:
        seen = _filtered(seen, _disc(scene.defocus))
    length = float(np.hypot(*scene.motion))
    return seen if length < 1 else _filtered(seen, _streak(scene.motion, length))


def _filtered(seen: Picture, kernel: Picture) -> Picture:
    return np.asarray(cv2.filter2D(seen, -1, kernel), dtype=np.float32)


def _disc(radius: float) -> Picture:
    reach = int(np.ceil(radius)) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _streak(motion: tuple[float, float], length: float) -> Picture:
    reach = int(np.ceil(length / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.uint8)
    way = np.array(motion) / 2
    a, b = (np.rint((reach + side * way) * 16).astype(int).tolist() for side in (-1, 1))
    cv2.line(kernel, a, b, 255, 1, cv2.LINE_AA, 4)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _lit(picture: Picture, scene: Scene) -> Image:
    """Apply the lobby's light, and the darker corners of every lens."""
    return np.clip(picture * (_corners() * scene.light), 0, 255).astype(np.uint8)


def _grained(picture: Image, scene: Scene, number: int) -> Image:
    """Apply what the sensor and its MJPEG do, anew for each picture."""
    chance = np.random.default_rng((scene.seed, number))
    grain = chance.normal(0, scene.noise, (HEIGHT, WIDTH, 1)).astype(np.float32)
    noisy = np.clip(picture + grain, 0, 255).astype(np.uint8)
    quality = int(chance.integers(74, 93))
    done, data = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done  # noqa: S101 - encoding into memory cannot fail
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


@cache
def _corners() -> Picture:
    x = (np.arange(WIDTH, dtype=np.float32) - WIDTH / 2) / FOCAL
    y = (np.arange(HEIGHT, dtype=np.float32) - HEIGHT / 2) / FOCAL
    shade = 1 / (1 + x[None, :] ** 2 + y[:, None] ** 2) ** 0.45
    return np.asarray(shade[..., None], dtype=np.float32)
