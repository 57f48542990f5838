"""Every screen a patient can meet, made as the kiosk makes it, with all the data it may show."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.domain.identify import Answer, Details
from kiosk.domain.outcome import ARRIVES, EXPLAINED, Outcome
from kiosk.intake import entry
from kiosk.intake.bones import Setting
from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN, TYPED
from kiosk.intake.keyboards import LAYOUTS
from kiosk.intake.outcomes import SAID
from kiosk.intake.present import group, overlay, present
from kiosk.intake.session import Session
from kiosk.intake.step import Kind, Step
from kiosk.intake.tell import OVERLAYS
from kiosk.intake.view import StepView
from kiosk.tools.audit.world import DETAILS, GIVEN_NAME

Screen = tuple[str, StepView]

BORN_TEXTS = {"day": "29", "month": "02", "year": "1996"}
PHONE = "+44 20 7946 0101"
ALIKE = ("starting", "read", "offline", "no name", "phone none")  # as another one to the eye


def screens(at: Setting, keyboards: Sequence[str] = tuple(LAYOUTS)) -> Iterator[Screen]:
    """Walk every step, every outcome and every overlay; each has a name of its own.

    `keyboards` are the layouts to type a name on.
    """
    yield from _welcome(at)
    yield from _entries(at, keyboards)
    yield from _after(at)
    yield from _outcomes(at)
    yield from _done(at)
    yield from _overlays(at)


def distinct(every: Iterator[Screen]) -> Iterator[Screen]:
    """Leave out the screens that look like another one."""
    return (screen for screen in every if not screen[0].endswith(ALIKE))


def _show(step: str, at: Setting) -> StepView:
    return present(step_of(CHECK_IN, step), at)


def _welcome(at: Setting) -> Iterator[Screen]:
    for camera in ("live", "starting", "lost"):
        yield f"welcome, {camera}", _show("welcome", replace(at, camera=camera))
    yield "welcome, unreadable", _show("welcome", replace(at, error="unreadable"))
    yield "welcome, read", _show("welcome", replace(at, read=True))


def _entries(at: Setting, keyboards: Sequence[str]) -> Iterator[Screen]:
    at = replace(at, session=at.session.answer("welcome", TYPED))
    for name in keyboards:
        for page in range(len(LAYOUTS[name].pages)):
            draft = replace(entry.empty_text(name, GIVEN_NAME), page=page)
            yield f"name, {name} {page}", _show("name", replace(at, draft=draft))
    empty = entry.empty_text("latin")
    yield "name, empty", _show("name", replace(at, draft=empty, error="name-empty"))
    yield "name-to-use", _show("name-to-use", replace(at, draft=entry.empty_text("latin")))
    for text, error in ((PHONE, ""), ("12", "phone-length")):
        draft = entry.empty_text("latin", text)
        yield f"phone, {error or 'typed'}", _show("phone", replace(at, draft=draft, error=error))
    order = at.words.date_order(at.language)
    dates = entry.empty_date((order[0], order[1], order[2]))
    yield "birth-date, empty", _show("birth-date", replace(at, draft=dates))
    full = replace(dates, texts=tuple(BORN_TEXTS[name] for name in dates.names), active=2)
    for error in ("", "date-missing", "date-unreal", "mismatch"):
        yield f"birth-date, {error}", _show("birth-date", replace(at, draft=full, error=error))


def _after(at: Setting) -> Iterator[Screen]:
    for ends in (DETAILS.phone_ends, ""):
        session = identified(at.session, Outcome.IN_TIME).keep("name-to-use", GIVEN_NAME)
        shown = replace(at, session=session.keep("phone", ends))
        yield f"still-right, phone {ends or 'none'}", _show("still-right", shown)
    session = session.answer("still-right", "yes")
    every = frozenset(at.table.needs)
    for chosen in (frozenset[str](), every):
        shown = replace(at, session=session, chosen=chosen)
        yield f"needs, {len(chosen)}", _show("needs", shown)
    for one in at.table.group:
        yield f"group, {one.id}", group(replace(shown, group=one.id))
    yield "group, seeing, none", group(replace(shown, group="seeing", chosen=frozenset()))
    stated = replace(at, session=session.answer("needs", tuple(at.table.needs)))
    for step in filter(_follows, CHECK_IN):
        yield step.id, _show(step.id, stated)


def _follows(step: Step) -> bool:
    """Tell whether a step asks one thing that a need leads to."""
    return step.kind is Kind.ONE


def identified(session: Session, reached: Outcome, details: Details | None = DETAILS) -> Session:
    """Return the session of a person who passed the second factor."""
    answer = Answer(outcome=reached, details=details)
    return session.answer("birth-date", "x").identified(answer)


def _outcomes(at: Setting) -> Iterator[Screen]:
    for reached in SAID:
        details = DETAILS if reached in EXPLAINED else None
        for online in (True, False):
            session = identified(at.session, reached, details)
            link = "online" if online else "offline"
            yield (
                f"{reached}, {link}",
                _show("outcome", replace(at, session=session, online=online)),
            )


def _done(at: Setting) -> Iterator[Screen]:
    plain = DETAILS.model_copy(update={"called": "", "wait": None})
    for reached in sorted(ARRIVES):
        session = identified(at.session, reached).keep("name-to-use", GIVEN_NAME)
        session = session.answer("needs", ("hearing", "step-free"))
        yield f"done, {reached}", _show("done", replace(at, session=session))
        session = identified(at.session, reached, plain)
        yield f"done, {reached}, no name", _show("done", replace(at, session=session))
    session = identified(at.session, Outcome.IN_TIME).answer("needs", tuple(at.table.needs))
    yield "done, every need", _show("done", replace(at, session=session))
    for need in ("infection", "worried"):
        session = identified(at.session, Outcome.IN_TIME).answer("needs", (need,))
        yield f"done, {need}", _show("done", replace(at, session=session))


def _overlays(at: Setting) -> Iterator[Screen]:
    for name in OVERLAYS:
        for online in (True, False):
            shown = replace(at, online=online, seconds=45)
            yield f"{name}, {'online' if online else 'offline'}", overlay(name, shown)
