"""The tables: what a check-in asks, in order. Read them like the script of a conversation."""

from collections.abc import Sequence
from datetime import date

from kiosk.domain.outcome import Outcome
from kiosk.intake.flow import Flow
from kiosk.intake.needs import KEEP, WHO
from kiosk.intake.session import Session, Value
from kiosk.intake.step import Input, Kind, Option, Step
from kiosk.intake.words import N_

TYPED = "typed"  # the answer to "welcome" of a person without a code


def _typed(session: Session) -> bool:
    return session.value("welcome") == TYPED


def _unknown(session: Session) -> bool:
    return session.identity is None


def _refused(session: Session) -> bool:
    return session.outcome is not None and not session.arrives


def _intake(session: Session) -> bool:
    return session.arrives and session.outcome is not Outcome.ALREADY_IN


def _known(session: Session) -> bool:
    return _intake(session) and bool(session.details and session.details.called)


def _name(value: Value) -> str | None:
    return None if any(ch.isalnum() for ch in str(value)) else "name-empty"


def _phone(value: Value) -> str | None:
    digits = sum(ch.isdigit() for ch in str(value))
    return None if value == "" or 5 <= digits <= 15 else "phone-length"  # E.164: at most 15 digits


def _birth_date(value: Value) -> str | None:
    return None if isinstance(value, date) else "date-unreal"


CHECK_IN: Flow = (
    Step(
        "welcome",
        Kind.SCAN,
        N_("Hello. Hold up your code."),
        N_("Show the square code from your text or letter to the camera."),
    ),
    Step(
        "name",
        Kind.ENTRY,
        N_("What is your name?"),
        N_("First name, last name, or both."),
        when=lambda s: _typed(s) and _unknown(s),
        check=_name,
        private=True,
    ),
    Step(
        "birth-date",
        Kind.ENTRY,
        N_("When were you born?"),
        N_("We use it only to check it is you."),
        when=_unknown,
        check=_birth_date,
        input=Input.DATE,
        private=True,
    ),
    Step("outcome", Kind.NOTICE, when=_refused),
    Step(
        "name-to-use",
        Kind.ENTRY,
        N_("What should we call you?"),
        N_("Staff will use this name."),
        when=_known,
        check=_name,
        part="contact",
        private=True,
    ),
    Step(
        "phone",
        Kind.ENTRY,
        N_("What is your phone number?"),
        N_("We use it only about your visits."),
        when=_known,
        check=_phone,
        input=Input.PHONE,
        part="contact",
        private=True,
    ),
    Step(
        "still-right",
        Kind.REVIEW,
        N_("Is this still right?"),
        N_("Tap a line to change it."),
        when=_known,
        part="contact",
    ),
    Step(
        "needs",
        Kind.CHOICE,
        N_("What would help you today?"),
        N_("Pick as many as you like. We will tell the staff before they call you."),
        when=_intake,
        part="needs",
    ),
    Step(
        WHO,
        Kind.ONE,
        N_("Who is with the patient today?"),
        N_("The staff will know who to speak with."),
        when=lambda s: s.leads_to(WHO),
        part="needs",
        options=(
            Option("parent", N_("A parent or guardian"), "baby"),
            Option("carer", N_("A carer"), "heart-handshake"),
            Option("friend", N_("Friend or family"), "users"),
            Option("alone", N_("I am alone"), "user-round"),
        ),
    ),
    Step(
        KEEP,
        Kind.ONE,
        N_("May we keep this for your next visit?"),
        N_("The staff will know today in any case."),
        when=lambda s: s.leads_to(KEEP),
        part="needs",
        options=(
            Option("yes", N_("Yes, please keep it"), "check"),
            Option("today", N_("Only today"), "calendar"),
        ),
    ),
    Step("done", Kind.NOTICE, when=lambda s: s.arrives),
)


def check_in(parts: Sequence[str]) -> Flow:
    """Return the check-in with only the parts a practice asks for, in the practice's order."""
    order = {"": -1} | {part: place for place, part in enumerate(parts)}
    first = [step for step in CHECK_IN[:-1] if step.part in order]
    return (*sorted(first, key=lambda step: order[step.part]), CHECK_IN[-1])
