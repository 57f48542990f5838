"""The live board in a real browser, watched for one row."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from kiosk.errors import ResourceMissing, Unreachable

BROWSER = "/usr/bin/chromium"
SIZE = {"width": 1280, "height": 720}
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_WATCH = """appointment => {
  const row = `[data-appointment="${appointment}"]`;
  const here = () => document.querySelector(`#c-arrived ${row}, #c-checked-in ${row}`);
  const look = () => { if (here() && !window.seenAt) window.seenAt = Date.now(); };
  window.seenAt = 0;
  const all = {childList: true, subtree: true, attributes: true};
  window.watching?.disconnect();
  window.watching = new MutationObserver(look);
  window.watching.observe(document.body, all);
  look();
}"""


class BoardEye:
    """One logged-in board page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def watch(self, appointment: str) -> None:
        """Begin to watch for a person's row among those who are here."""
        self._page.evaluate(_WATCH, appointment)

    def seen(self, appointment: str) -> float:
        """Wait for the row; return the wall-clock time in s at which it stood in the page.

        Raises Unreachable when it does not come within 10 s.
        """
        try:
            self._page.wait_for_function("window.seenAt", timeout=10_000)
        except Error:
            raise Unreachable(f"{appointment} did not come to the board") from None
        return float(self._page.evaluate("window.seenAt")) / 1000

    def picture(self, path: Path) -> None:
        """Save what the front desk sees."""
        self._page.screenshot(path=path)


@contextlib.contextmanager
def board(address: str, login: tuple[str, str]) -> Iterator[BoardEye]:
    """Open the board in a headless browser and log in. Raises ResourceMissing, Unreachable."""
    if not Path(BROWSER).exists():
        raise ResourceMissing("Chromium is missing; install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(_QUIET))
        try:
            page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
            page.goto(f"{address}/board")
            page.fill("#user", login[0])
            page.fill("#password", login[1])
            page.click("#go")
            page.wait_for_selector("#c-expected .card", timeout=15_000)
            yield BoardEye(page)
        except Error as fault:
            raise Unreachable(
                f"the board cannot be seen: {fault.message.splitlines()[0]}"
            ) from None
        finally:
            browser.close()
