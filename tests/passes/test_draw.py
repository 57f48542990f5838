"""Codes for paper, mail and terminal: the right size, dark on white, and readable."""

import io
import re
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyzbar import pyzbar

from kiosk.domain.passcode import ALPHABET, EnrolmentCode, build
from kiosk.passes import draw

CODE = build("M1", "0123456789ABCDEFGHJK")
passes = st.builds(
    build,
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text(ALPHABET, min_size=20, max_size=20),
)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def texts(image: Image.Image) -> list[str]:
    return [code.data.decode() for code in pyzbar.decode(image.convert("L"))]


@settings(max_examples=25, deadline=None)
@given(passes)
def test_every_pass_is_version_2_level_q_in_alphanumeric_mode(code: str) -> None:
    modules = draw.matrix(code)
    assert len(modules) == len(modules[0]) == 25  # version 2; 26 characters at Q fit it only so
    level = (modules[8][0] ^ 1) << 1 | modules[8][1]  # format bits, of which the mask hides 10
    assert level == 0b11  # Q
    assert texts(opened(draw.png(code, 25, 150))) == [code]


@pytest.mark.parametrize(("width", "dpi"), [(25, 300), (30, 203), (40, 300), (40, 96), (28, 600)])
def test_a_png_has_the_asked_width_at_its_resolution(width: int, dpi: int) -> None:
    image = opened(draw.png(CODE, width, dpi))
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)
    printed = image.width / 33 * 25 / dpi * 25.4
    assert width - 0.01 <= printed < width + 25 / dpi * 25.4
    assert texts(image) == [CODE]


def test_a_png_is_dark_on_white_with_four_white_modules_around() -> None:
    pixels = np.asarray(opened(draw.png(CODE, 40, 300)).convert("L"))
    module = len(pixels) // 33
    assert pixels[: 4 * module].min() == pixels[:, : 4 * module].min() == 255
    assert pixels[-4 * module :].min() == pixels[:, -4 * module :].min() == 255
    assert pixels[4 * module + 1, 4 * module + 1] == 0


def test_too_coarse_a_resolution_is_refused() -> None:
    with pytest.raises(ValueError, match="too coarse"):
        draw.png(CODE, 5, 72)


def test_an_svg_has_the_asked_width_and_the_same_modules() -> None:
    root = ElementTree.fromstring(draw.svg(CODE, 40))  # noqa: S314 - our own text
    assert root.get("width") == root.get("height") == "52.8mm"
    assert root.get("viewBox") == "0 0 33 33"
    ground, modules = root
    assert (ground.get("fill"), modules.get("fill")) == ("#fff", "#000")
    places = re.findall(r"M(\d+) (\d+)h1v1h-1z", modules.get("d") or "")
    drawn = {(int(y) - 4, int(x) - 4) for x, y in places}
    matrix = draw.matrix(CODE)
    assert drawn == {(y, x) for y in range(25) for x in range(25) if matrix[y][x]}


def test_a_terminal_shows_a_readable_code_whatever_its_colours() -> None:
    lines = draw.terminal(CODE).splitlines()
    assert all(line.startswith("\x1b[38;2;0;0;0m\x1b[48;2;255;255;255m") for line in lines)
    plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]
    rows = []
    for line in plain:
        rows.append([character not in "█▀" for character in line])
        rows.append([character not in "█▄" for character in line])
    picture = np.kron(np.array(rows, np.uint8) * 255, np.ones((6, 6), np.uint8))
    assert texts(Image.fromarray(picture)) == [CODE]


def test_an_enrolment_code_can_be_drawn_too() -> None:
    text = EnrolmentCode("https://desk.example:8443", "0f" * 32, "ABCD2345").text
    image = np.asarray(opened(draw.png(text, 60, 200)).convert("L"))
    assert cv2.QRCodeDetector().detectAndDecode(image)[0] == text
