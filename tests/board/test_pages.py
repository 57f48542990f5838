"""Login, passes and kiosks: the pages around the board."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from kiosk.domain.passcode import EnrolmentCode, read, read_enrolment

from .conftest import log_in
from .desks import PASSWORD, USER, Lobby, RunningDesk

pytestmark = pytest.mark.browser


def enter(page: Page, password: str) -> None:
    page.get_by_label("Name").fill(USER)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_staff_log_in_and_out(page: Page) -> None:
    page.goto("/passes")
    expect(page).to_have_url(re.compile("/login"))
    enter(page, PASSWORD)
    expect(page.get_by_role("heading", name="Passes for today")).to_be_visible()
    page.wait_for_load_state("load")  # the page's script is what logs out
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.goto("/board")
    expect(page).to_have_url(re.compile("/login"))


def test_a_wrong_password_is_told_kindly_and_many_have_to_wait(page: Page) -> None:
    page.goto("/login")
    for _ in range(5):
        enter(page, "not-the-password")
        expect(page.get_by_role("alert")).to_have_text(
            "Name and password do not fit together. Please try again."
        )
        expect(page.get_by_label("Password")).to_have_value("")
    enter(page, PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("There were too many wrong passwords.")
    expect(page.get_by_role("button", name="Log in")).to_be_disabled()


def test_a_login_leads_nowhere_else(page: Page) -> None:
    page.goto("/login?next=//example.org/")
    enter(page, PASSWORD)
    expect(page).to_have_url(re.compile(r"127\.0\.0\.1:\d+/board$"))


def test_a_pass_is_shown_made_new_and_revoked(page: Page) -> None:
    log_in(page)
    page.goto("/passes")
    row = page.get_by_role("row").filter(has_text="Okafor, Ada")
    before = _shown(page, row.get_by_role("button", name="Show"))
    row.get_by_role("button", name="New code").click()
    page.get_by_role("button", name="Make a new code").click()
    after = _read(page)
    assert read(before) != read(after)
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(row.get_by_text("revoked")).to_be_visible()
    page.reload()
    expect(row.get_by_text("revoked")).to_be_visible()
    row.get_by_role("button", name="New code").click()
    expect(page.get_by_role("dialog", name="Pass of Okafor, Ada")).to_be_visible()


def test_sheets_hold_one_page_for_each_patient(page: Page) -> None:
    assert page.request.get("/passes/sheet.pdf").status == 401
    log_in(page)
    everybody = page.request.get("/passes/sheet.pdf")
    assert everybody.headers["cache-control"] == "no-store"
    assert len(PdfReader(io.BytesIO(everybody.body())).pages) == 4
    one = page.request.get("/passes/sheet.pdf?appointment=a2")
    assert len(PdfReader(io.BytesIO(one.body())).pages) == 1
    assert page.request.get("/passes/sheet.pdf?appointment=nobody").status == 404


def test_a_new_kiosk_is_enrolled_from_the_code_on_the_screen(page: Page, desk: RunningDesk) -> None:
    log_in(page)
    page.goto("/devices")
    expect(page.get_by_text("No kiosk is enrolled yet.")).to_be_visible()
    page.get_by_label("Name staff will read").fill("Kiosk 2 (door)")
    page.get_by_role("button", name="Make a code").click()
    picture = page.get_by_role("img", name="Square code for the new kiosk")
    expect(picture).to_be_visible()
    seen = read_enrolment(_decode(picture.screenshot()))
    assert isinstance(seen, EnrolmentCode)
    lobby = Lobby(seen.address, desk.clock, seen.code, "ignored")
    expect(page.get_by_text("Kiosk 2 (door) is enrolled.")).to_be_visible()
    lobby.beat()
    expect(page.get_by_role("row").filter(has_text="Kiosk 2 (door)")).to_contain_text("online")
    lobby.close()


def test_a_kiosk_is_revoked_after_a_second_look(page: Page, kiosk: Lobby) -> None:
    log_in(page)
    page.goto("/devices")
    row = page.get_by_role("row").filter(has_text="Kiosk 1 (window)")
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(row).to_have_count(0)
    assert kiosk.device


def _shown(page: Page, button: Locator) -> str:
    button.click()
    return _read(page)


def _read(page: Page) -> str:
    """Read the pass in the dialog as a kiosk would, then close it."""
    dialog = page.get_by_role("dialog", name="Pass of Okafor, Ada")
    picture = dialog.get_by_role("img")
    expect(picture).to_have_js_property("complete", value=True)
    text = _decode(picture.screenshot())
    dialog.get_by_role("button", name="Close").click()
    return text


def _decode(png: bytes) -> str:
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    assert len(found) == 1
    return str(found[0].text)
