"""The ladder reads what either decoder reads, and no code can stop it."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kiosk.devices import decoder
from kiosk.devices.pictures import Image, picture

DATA = Path(__file__).parent.parent / "data" / "qr"
LINES = (DATA / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
KNOWN = {row["file"]: row["text"] for row in map(json.loads, LINES)}
NOT_READ = {"qrcode-2-qr-model-1.png"}  # Model 1 codes are obsolete and not looked for
LOOKS = range(len(decoder.SECOND_LOOKS))


def grey(name: str) -> Image:
    image = picture((DATA / name).read_bytes())
    assert image is not None
    return decoder.to_grey(image)


def first_texts(image: Image) -> list[str]:
    for turn in LOOKS:
        if found := decoder.read(image, turn):
            return [reading.text for reading in found]
    return []


@pytest.mark.parametrize("name", sorted(KNOWN.keys() - NOT_READ))
def test_photographs_are_read_within_four_frames(name: str) -> None:
    assert first_texts(grey(name)) == [KNOWN[name]]


@pytest.mark.parametrize("name", sorted(NOT_READ))
def test_what_is_no_qr_code_of_today_is_not_guessed_at(name: str) -> None:
    assert first_texts(grey(name)) == []


def test_each_second_look_reads_a_code_that_the_first_misses() -> None:
    missed = [grey(name) for name in KNOWN if not decoder.zxing(grey(name))]
    helped = {turn for turn in LOOKS for image in missed if decoder.read(image, turn)}
    assert helped == {0, 1, 2}  # the fourth helps on dim screens, of which there is no photograph


def test_a_code_that_breaks_a_decoder_is_survived() -> None:
    image = grey("structured-append.png")
    with pytest.raises(ValueError, match="ZBarOrientation"):
        decoder.zbar(image)
    assert decoder.guarded(decoder.zbar, image) == []
    assert first_texts(image) == ["FIRST HALF OF A "]


def test_a_reading_keeps_its_text_out_of_its_repr() -> None:
    reading = decoder.read(grey("qrcode-2-9.png"), 0)[0]
    assert (reading.text, reading.data, reading.format) == ("Morden", b"Morden", "QRCode")
    assert "Morden" not in repr(reading)


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60))), st.integers(0, 99)
)
def test_no_picture_breaks_it(noise: Image, turn: int) -> None:
    assert decoder.read(decoder.to_grey(noise), turn) == []


@pytest.mark.parametrize(
    ("shape", "becomes"),
    [
        ((720, 1280, 3), (720, 1280)),
        ((4032, 3024, 3), (1280, 960)),
        ((1080, 1920), (720, 1280)),
        ((90, 160, 3), (90, 160)),
    ],
)
def test_pictures_are_shrunk_but_never_enlarged(
    shape: tuple[int, ...], becomes: tuple[int, int]
) -> None:
    assert decoder.to_grey(np.zeros(shape, np.uint8)).shape == becomes
