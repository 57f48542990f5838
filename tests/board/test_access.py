"""axe-core finds nothing to mend on any page, at the desk's size and on a phone."""

import json
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from kiosk.domain.event import ArrivalUnmatched

from .conftest import log_in
from .desks import Lobby, RunningDesk

pytestmark = pytest.mark.browser
DESK: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 844}
AXE = next(files("axe_core_python").rglob("axe.min.js")).read_text(encoding="utf-8")  # type: ignore[attr-defined]


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def sized(request: pytest.FixtureRequest, page: Page) -> Page:
    page.set_viewport_size(request.param)
    return page


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(result => result.violations)")
    return [json.dumps([one["id"], [node["html"] for node in one["nodes"]]]) for one in found]


def test_the_login_page(sized: Page) -> None:
    sized.goto("/login")
    assert violations(sized) == []


@pytest.mark.parametrize("address", ["/board", "/passes", "/devices"])
def test_the_pages_of_a_busy_desk(sized: Page, kiosk: Lobby, address: str) -> None:
    log_in(sized)
    kiosk.arrive("a1", "step-free", "interpreter", ago=40)
    kiosk.arrive("a2", stopped="needs")
    kiosk.ask_for_help("ar")
    kiosk.tell(ArrivalUnmatched(typed_name="Okafor"))
    sized.goto(address)
    expect(sized.get_by_role("heading", level=1)).to_be_visible()
    assert violations(sized) == []


def test_what_opens_on_the_board(sized: Page, kiosk: Lobby) -> None:
    log_in(sized)
    kiosk.arrive("a1", "hearing", stopped="needs")
    kiosk.tell(ArrivalUnmatched(typed_name="Okafor"))
    sized.goto("/board")
    sized.get_by_role("button", name="Okafor, Ada").click()
    assert violations(sized) == []
    sized.get_by_role("button", name="Undo the arrival").click()
    assert violations(sized) == []
    sized.keyboard.press("Escape")
    sized.keyboard.press("?")
    assert violations(sized) == []
    sized.keyboard.press("Escape")
    sized.get_by_role("button", name="Match").click()
    assert violations(sized) == []
    sized.keyboard.press("Escape")
    sized.keyboard.press("h")
    assert violations(sized) == []


def test_a_lost_connection(sized: Page, desk: RunningDesk) -> None:
    log_in(sized)
    sized.goto("/board")
    desk.stop()
    expect(sized.get_by_text("No connection to the desk")).to_be_visible()
    assert violations(sized) == []
    desk.start()
