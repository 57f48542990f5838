"""The printed sheets: one page a patient, in their language, readable by people and cameras."""

import io
import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_time
from PIL import Image
from pypdf import PdfReader
from pyzbar import pyzbar

from kiosk.domain.passcode import build
from kiosk.passes import sheet as sheets
from kiosk.passes.sheet import SheetItem, sheet

START = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Europe/London"))
CODE = build("M1", "0123456789ABCDEFGHJK")


class PlainWords:
    """Words without a catalogue: English sentences, Babel's dates."""

    def text(self, message: str, language: str, **values: str | int) -> str:
        return message.format(**values) if language else message

    def plural(self, one: str, many: str, n: int, language: str, **values: str | int) -> str:
        return self.text(one if n == 1 else many, language, n=n, **values)

    def time(self, at: datetime, language: str) -> str:
        return format_time(at, "short", locale=language.replace("-", "_"))

    def day(self, on: date, language: str) -> str:
        return format_date(on, "EEEE d MMMM", locale=language.replace("-", "_"))

    def date_order(self, language: str) -> tuple[str, str, str]:
        return ("day", "month", "year") if language else ("year", "month", "day")

    def name(self, language: str) -> str:
        return language

    def direction(self, language: str) -> str:
        return "rtl" if language == "ar" else "ltr"


def item(language: str = "en", called: str = "Ana", code: str = CODE) -> SheetItem:
    return SheetItem("Riverside Practice", START, language, "Dr. Example", called, code)


def opened(*items: SheetItem) -> PdfReader:
    return PdfReader(io.BytesIO(sheet(items, PlainWords())))


def test_each_patient_gets_one_page_with_what_they_need() -> None:
    pages = opened(item(), item(called="Ben")).pages
    assert len(pages) == 2
    text = pages[0].extract_text()
    for part in ("Riverside Practice", "Ana", "Monday 23 November", "10:30", "With Dr. Example"):
        assert part in text
    assert "Hold the code in front of the camera" in text
    assert "Ben" not in text
    assert "Ben" in pages[1].extract_text()


def test_it_is_a4_tagged_and_says_its_language() -> None:
    pdf = opened(item("es"))
    box = pdf.pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (210, 297)
    assert str(pdf.root_object["/Lang"]) == "es"
    assert "/StructTreeRoot" in pdf.root_object


def test_the_file_itself_names_nobody() -> None:
    pdf = opened(item(called="Canary"))
    assert "Canary" not in str(pdf.metadata)


@pytest.mark.parametrize("language", ["en", "es", "ar", "hi", "zh-Hans"])
@pytest.mark.parametrize("called", ["Ana", "Wolfeschlegelsteinhausen " * 12, "W" * 200])
def test_a_page_stays_one_page(language: str, called: str) -> None:
    assert len(opened(item(language, called)).pages) == 1


def test_names_are_words_and_never_markup() -> None:
    text = opened(item(called="<b>Ana</b> & Co")).pages[0].extract_text()
    assert "<b>Ana</b> & Co" in text


def test_nobody_to_print_for_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        sheet([], PlainWords())


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils")
def test_the_printed_code_is_40_mm_wide_and_read_back(tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").write_bytes(sheet([item("ar", "ليلى")], PlainWords()))
    command = ["pdftoppm", "-r", "150", "-png", "-singlefile", "sheet.pdf", "sheet"]
    subprocess.run(command, cwd=tmp_path, check=True)
    page = Image.open(tmp_path / "sheet.png").convert("L")
    found = pyzbar.decode(page)
    assert [code.data.decode() for code in found] == [CODE]
    assert found[0].rect.width / 150 * 25.4 == pytest.approx(40, abs=1)


def test_instructions_are_short_and_plain() -> None:
    for sentence in re.split(
        r"(?<=[.?])\s+", " ".join((*sheets._STEPS, sheets._HELP, sheets._SAFE))
    ):
        assert len(sentence.split()) <= 14
