"""From a code or a name to an outcome, and what is recorded for each. Pure."""

from dataclasses import replace
from typing import Literal

from kiosk.checkin.facts import completed, help_call
from kiosk.checkin.state import Turn, Unmatched
from kiosk.domain.event import (
    ArrivalRecorded,
    ArrivalUnmatched,
    Data,
    ScanRefused,
    SessionStarted,
)
from kiosk.domain.identify import Answer, Details, Query
from kiosk.domain.mode import with_
from kiosk.domain.outcome import Outcome
from kiosk.domain.passcode import Unreadable, read
from kiosk.intake.flow import current
from kiosk.intake.flows import TYPED
from kiosk.intake.session import Session

MOST_UNMATCHED = 5  # in ten minutes and one kiosk; then a person helps (architecture, the pass)
UNMATCHED_SPAN = 600.0  # s


def scanned(turn: Turn, text: str) -> Turn:
    """A code was read while one was wanted."""
    found = read(text)
    if isinstance(found, Unreadable):
        refused = ScanRefused.model_validate(
            {"reason": found.reason.value, "length": min(len(text), 9999)}
        )
        return turn.record(refused).but(error="unreadable")
    begun = begin(turn, "code").but(read=True, error="")
    begun = begun.but(session=begun.session.answer("welcome", found.text))
    return begun.ask(Query(pass_code=found.text), "language")


def begin(turn: Turn, how: Literal["code", "typed"]) -> Turn:
    """Say that a session started."""
    modes = tuple(sorted(turn.session.modes))
    started = SessionStarted(language=turn.session.language, modes=modes, how=how)
    return turn.record(started).but(started=True)


def known(turn: Turn, answer: Answer | None) -> Turn:
    """After the scan alone only language and access modes of the record are applied.

    None: the answer takes long, the question is asked meanwhile, and it may still come.
    """
    if answer is None:
        return turn.go(turn.session, read=False, awaits="")
    session = replace(turn.session, modes=with_(turn.session.modes, *answer.modes))
    offered = turn.practice.policy.practice.languages
    if answer.language in offered and not turn.state.chose_language:
        session = replace(session, language=answer.language)
    if turn.state.awaits:
        return turn.go(session, read=False, awaits="", waiting=0)
    return turn.adapt(session, waiting=0)


def ask(turn: Turn) -> Turn:
    """Ask who this is, with everything that was given."""
    code, name = str(turn.session.value("welcome")), turn.session.value("name")
    born = turn.session.value("birth-date")
    typed = code == TYPED
    query = Query.model_validate(
        {
            "pass_code": "" if typed else code,
            "typed_name": str(name or "") if typed else "",
            "birth_date": born,
        }
    )
    return turn.ask(query, "identity")


def identified(turn: Turn, answer: Answer) -> Turn:
    """Turn the outcome into what is recorded and shown next."""
    if answer.outcome is Outcome.MISMATCH:
        return turn.go(turn.session.back(), error="mismatch")
    session = _known(turn, answer)
    if answer.outcome is Outcome.TO_BE_MATCHED:
        return _unmatched(turn, answer)
    facts = _facts(turn, answer, session)
    following = current(turn.practice.flow, session)
    if following and following.id == "done" and answer.outcome is not Outcome.ALREADY_IN:
        return turn.go(session, complete=True).commit(*facts, completed(session))
    needs = _needs(turn, answer.details)
    return turn.go(session, chosen=needs, told=needs).commit(*facts)


def _known(turn: Turn, answer: Answer) -> Session:
    """The session with what the record says, as answers to be confirmed."""
    session = turn.session.identified(answer)
    details = answer.details
    if details and session.arrives and details.called:
        session = session.keep("name-to-use", details.called).keep("phone", details.phone_ends)
        session = replace(session, barrier=len(session.answers))
    return session


def _needs(turn: Turn, details: Details | None) -> frozenset[str]:
    return frozenset(details.needs if details else ()) & turn.practice.table.needs.keys()


def _how(turn: Turn) -> Literal["code", "typed"]:
    return "typed" if turn.session.value("welcome") == TYPED else "code"


def _facts(turn: Turn, answer: Answer, session: Session) -> tuple[Data, ...]:
    """An arrival, or why there is none; a person is called when the tries are used up."""
    outcome, how = answer.outcome or Outcome.NOT_FOUND, _how(turn)
    if session.arrives:
        return (
            ArrivalRecorded(
                appointment=session.appointment,
                outcome=outcome,
                how=how,
                online=answer.online,
                confirmed=bool(answer.details and answer.details.called),
            ),
        )
    refused = ScanRefused(reason=outcome, how=how, appointment=session.appointment)
    if outcome is not Outcome.LOCKED:
        return (refused,)
    return refused, help_call(turn, "three-tries", "birth-date")


def _unmatched(turn: Turn, answer: Answer) -> Turn:
    """Nobody could be asked: keep what was given for a match, once a person and a few at most."""
    query = _given(turn)
    before = turn.state.unmatched
    recent = tuple(t for t in before.times if turn.at.mono - t < UNMATCHED_SPAN)
    who = hash(
        query.pass_code or (query.typed_name.casefold(), query.birth_date, turn.at.wall.date())
    )
    if who in before.seen:
        return turn.go(turn.session.identified(answer))
    if len(recent) >= MOST_UNMATCHED:
        locked = answer.model_copy(update={"outcome": Outcome.LOCKED})
        return turn.go(turn.session.identified(locked)).commit(
            help_call(turn, "locked", "birth-date")
        )
    after = Unmatched((*recent, turn.at.mono), before.seen | {who})
    return turn.go(turn.session.identified(answer), saving=after).commit(query)


def _given(turn: Turn) -> ArrivalUnmatched:
    code, born = str(turn.session.value("welcome")), turn.session.value("birth-date")
    typed = code == TYPED
    name = str(turn.session.value("name") or "")
    return ArrivalUnmatched.model_validate(
        {
            "pass_code": "" if typed else code,
            "typed_name": name if typed else "",
            "birth_date": born,
        }
    )
