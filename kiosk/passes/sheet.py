"""The printed sheet a practice hands or posts: one A4 page a patient, in the patient's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kiosk.intake.words import N_, Words
from kiosk.passes import draw

CODE_MM = 40.0
"""Width of the printed code without its quiet zone."""

_STEPS = (
    N_("Bring this page, or a photo of it on your phone."),
    N_("When you arrive, find the check-in screen."),
    N_("Hold the code in front of the camera, about one hand's length away."),
    N_("Enter your date of birth. This shows that it is you."),
)
_HEADING = N_("Your check-in code")
_WITH = N_("With {who}")
_HOW = N_("How to check in")
_HELP = N_("Need a person? Press “Get help” on the screen, or go to the front desk.")
_SAFE = N_("This code holds no details about you. It works only for this appointment.")
_CODE = N_("Square code to show to the camera")
_PICTURE = N_("A hand holds a page with the code up to the camera above the check-in screen.")


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One patient's page; `start` is aware and in the practice's own time zone."""

    practice: str
    start: datetime
    language: str
    practitioner: str = ""
    called: str = field(repr=False, default="")
    code: str = field(repr=False, default="")  # the pass, as `make` returns it


def sheet(items: Iterable[SheetItem], words: Words) -> bytes:
    """Return a tagged PDF with one page for each item, in the order given.

    Raises ValueError when there is no item: a PDF has at least one page.
    """
    pages = [_page(item, words) for item in items]
    if not pages:
        raise ValueError("there is nobody to print a sheet for")
    # Loaded when somebody prints: it takes a second, and system libraries a desk can do without.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    here = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    html = here.get_template("sheet.html").render(pages=pages)
    fetch_nothing = URLFetcher(allowed_protocols=())
    pdf = HTML(string=html, url_fetcher=fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return bytes(pdf)


def _page(item: SheetItem, words: Words) -> dict[str, object]:
    def say(message: str, **values: str) -> str:
        return words.text(message, item.language, **values)

    return {
        "language": item.language,
        "direction": words.direction(item.language),
        "practice": item.practice,
        "called": item.called,
        "size": _size(item.called),
        "heading": say(_HEADING),
        "day": words.day(item.start.date(), item.language),
        "time": words.time(item.start, item.language),
        "who": say(_WITH, who=item.practitioner) if item.practitioner else "",
        "how": say(_HOW),
        "steps": [say(step) for step in _STEPS],
        "help": say(_HELP),
        "safe": say(_SAFE),
        "code_label": say(_CODE),
        "picture_label": say(_PICTURE),
        "code": Markup(draw.svg(item.code, CODE_MM)),  # noqa: S704 - drawn by us, holds no text
    }


def _size(name: str) -> str:
    """Long names are set smaller, so that a page stays one page."""
    if len(name) <= 28:
        return ""
    return "long" if len(name) <= 70 else "longer"
