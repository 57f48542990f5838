"""The pages' files: nothing inline, nothing from elsewhere, every icon there."""

import re
from pathlib import Path

from kiosk.desk import board
from kiosk.domain import needs
from kiosk.resources import shipped

HERE = Path(board.__file__).parent
PAGES = sorted((HERE / "templates").glob("*.html"))
SCRIPTS = sorted((HERE / "static").glob("*.js"))
STYLES = sorted((HERE / "static").glob("*.css"))
ICONS = (HERE / "templates" / "icons.svg").read_text(encoding="utf-8")
SPRITE = set(re.findall(r'<symbol id="icon-([a-z0-9-]+)"', ICONS))
ICONS_IN_SCRIPTS = (
    r'icon\(.*[?:,] "([a-z0-9-]+)"',  # drawn
    r'add\([^,]+, "([a-z0-9-]+)"',  # a chip
    r'^  "?[a-z-]+"?: \["([a-z0-9-]+)"',  # a thing to look at
    r'^  "?[a-z-]+"?: "([a-z0-9-]+)",$',  # a note
)


def text_of(files: list[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_need_has_its_icon() -> None:
    assert {need.icon for need in needs.read(shipped("assets", "needs.toml")).values()} <= SPRITE


def test_every_icon_of_the_pages_is_there() -> None:
    named = set(re.findall(r'(?:icon\(|"/[a-z]+", )"([a-z0-9-]+)"', text_of(PAGES)))
    for line in text_of(SCRIPTS).splitlines():
        for place in ICONS_IN_SCRIPTS:
            named |= set(re.findall(place, line))
    assert named >= {"users-round", "eye-off", "unplug", "calendar-x", "circle-pause", "bell-off"}
    assert named <= SPRITE


def test_pages_hold_no_script_and_no_style() -> None:
    pages = text_of(PAGES)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", pages)
    scripts = re.findall(r"<script[^>]*>", pages)
    assert all("src=" in one or 'type="application/json"' in one for one in scripts)


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_parsed_as_markup() -> None:
    sources = text_of(PAGES) + text_of(SCRIPTS) + text_of(STYLES)
    assert not re.search(r"https?://|@import|innerHTML|insertAdjacentHTML|\beval\(", sources)
