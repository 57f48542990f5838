"""A desk with a small day, a kiosk, and Chromium in front of the board."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .desks import PASSWORD, USER, Lobby, RunningDesk, booked, morning

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def fresh_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a desk that was started once and has its first login."""
    folder = tmp_path_factory.mktemp("desk")
    running = RunningDesk(folder, morning())
    running.first_login()
    running.stop()
    return folder / "data"


@pytest.fixture
def desk(tmp_path: Path, fresh_data: Path) -> Iterator[RunningDesk]:
    shutil.copytree(fresh_data, tmp_path / "data")
    running = RunningDesk(tmp_path, morning())
    running.book(
        booked(1, "Okafor, Ada", "09:50"),
        booked(2, "Haddad, Maryam", "10:30", "Dr. Abara"),
        booked(3, "Smith, Alex", "10:20"),
        booked(4, "García Márquez, Inés", "10:45", "PA Ruiz"),
    )
    yield running
    running.stop()


@pytest.fixture
def kiosk(desk: RunningDesk) -> Iterator[Lobby]:
    lobby = desk.kiosk()
    yield lobby
    lobby.close()


@pytest.fixture
def page(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """A page where nobody is logged in; a fault in it, or anything CSP blocks, fails the test."""
    context = browser.new_context(base_url=desk.url, viewport={"width": 1280, "height": 720})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda said: faults.append(said.text) if "Content" in said.text else None)
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def board(page: Page) -> Page:
    """The board, logged in."""
    log_in(page)
    page.goto("/board")
    expect(page.get_by_role("region", name="Expected")).to_be_visible()
    return page


def log_in(page: Page) -> None:
    """Log this browser in without the page for it."""
    answer = page.request.post("/api/v1/login", data={"user": USER, "password": PASSWORD})
    assert answer.ok
