"""Screens that tell: what became of the check-in, and the notices that stand before any step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.identify import Details
from kiosk.domain.outcome import EXPLAINED, Outcome
from kiosk.intake import ask, bones, needs, ways
from kiosk.intake.bones import Setting
from kiosk.intake.outcomes import SAID
from kiosk.intake.step import Step
from kiosk.intake.view import Look, Node, Region, Role
from kiosk.intake.words import N_, N_n


def outcome(_: Step, at: Setting) -> tuple[Node, ...]:
    """An outcome that is no check-in: the reason and a way on."""
    reached = at.session.outcome or Outcome.NOT_FOUND
    if reached in EXPLAINED and at.session.details is None:
        reached = Outcome.NOT_FOUND  # a reason nobody can fill in is no reason
    said = SAID[reached]
    values = _values(at, at.session.details) if at.session.details else {}
    picture = replace(at.node("picture", Role.PICTURE, Region.WORDS), icon=said.icon)
    place = at.session.details.directions if at.session.details else ""
    return (
        picture,
        bones.heading(at, said.heading),
        *bones.sentence(at, said.sentence, **values),
        *_directions(at, place),
        *_told(at, reached),
        *_again(at, reached),
        bones.button(at, "finish", N_("Finish"), Look.PRIMARY),
    )


def _values(at: Setting, details: Details) -> dict[str, str | int]:
    zone = ZoneInfo(at.policy.practice.timezone)
    return {
        "time": at.words.time(details.start, at.language),
        "day": at.words.day(details.start.astimezone(zone).date(), at.language),
        "opens": at.words.time(details.opens or details.start, at.language),
        "site": details.site,
    }


def _directions(at: Setting, text: str) -> tuple[Node, ...]:
    if not text:
        return ()
    made = bones.own_words("directions", at, text, Role.NOTE, Region.WORDS)
    return (replace(made, look=Look.WARM, icon="map-pin"),)


def _told(at: Setting, reached: Outcome) -> tuple[Node, ...]:
    if reached in {Outcome.NOT_FOUND, Outcome.TO_BE_MATCHED} or not at.online:
        return ()
    return (bones.note(at, N_("We told the staff that you are here.")),)


def _again(at: Setting, reached: Outcome) -> tuple[Node, ...]:
    if reached is not Outcome.NOT_FOUND:
        return ()
    return (bones.button(at, "again", N_("Try again"), Look.QUIET, "rotate-ccw"),)


def done(_: Step, at: Setting) -> tuple[Node, ...]:
    """The last screen: am I in, who sees me, how long, where do I go; then what staff know."""
    picture = replace(at.node("picture", Role.PICTURE, Region.WORDS), icon="check", look=Look.OK)
    return (
        picture,
        _news(at),
        *_late(at),
        *needs.effects(at),
        *_facts(at, at.session.details),
        *needs.told(at),
        bones.button(at, "finish", N_("Finish"), Look.PRIMARY),
    )


def _news(at: Setting) -> Node:
    name = str(at.session.value("name-to-use") or "")
    again = at.session.outcome is Outcome.ALREADY_IN
    if not name:
        return bones.heading(
            at, N_("You are already checked in.") if again else N_("You are checked in.")
        )
    named = (
        N_("You are already checked in, {name}.") if again else N_("You are checked in, {name}.")
    )
    return replace(bones.heading(at, named, name=name), private=True)


def _late(at: Setting) -> tuple[Node, ...]:
    if at.session.outcome is not Outcome.LATE_WITHIN_GRACE:
        return ()
    return bones.sentence(at, N_("You are a little late. That is all right, the staff know."))


def _facts(at: Setting, details: Details | None) -> tuple[Node, ...]:
    if details is None:
        return ()
    practice = at.policy.practice
    latest = max(at.now, details.start) + timedelta(minutes=practice.come_to_desk_after)
    by = at.words.time(latest, at.language)
    place = "" if needs.apart(at) else details.location
    facts = (
        _fact(at, "who", N_("You will see"), "user-round", details.practitioner),
        _fact(
            at, "when", N_("Your time is"), "calendar", at.words.time(details.start, at.language)
        ),
        _wait(at, details),
        _fact(at, "where", N_("Please wait here"), "armchair", place),
    )
    promise = replace(bones.note(at, _promise(at), time=by), region=Region.ANSWER)
    return (*(fact for fact in facts if fact.value), promise)


def _promise(at: Setting) -> str:
    """A call by voice is promised only to people who hear it (access.md, N-04)."""
    if needs.by_sight(needs.stated(at)):
        return N_("The staff will come to you. If nobody came by {time}, please go to the desk.")
    return N_("If nobody has called you by {time}, please come to the desk.")


def _fact(at: Setting, id: str, label: str, icon: str, value: str) -> Node:
    return replace(at.node(id, Role.FACT, Region.ANSWER, label), icon=icon, value=value)


def _wait(at: Setting, details: Details) -> Node:
    if details.wait is None:
        return _fact(
            at, "wait", N_("How long you may wait"), "clock", at.text(N_("We don't know yet"))
        )
    since = at.words.time(details.wait.at, at.language)
    about = at.text(
        N_("about {low} to {high} minutes"), low=details.wait.low, high=details.wait.high
    )
    made = at.node(
        "wait", Role.FACT, Region.ANSWER, N_("How long you may wait, as of {time}"), time=since
    )
    return replace(made, icon="clock", value=about)


def _notice(at: Setting, icon: str, message: str, more: str) -> tuple[Node, ...]:
    picture = replace(at.node("picture", Role.PICTURE, Region.WORDS), icon=icon)
    return (picture, bones.heading(at, message), *bones.sentence(at, more))


def one_moment(at: Setting) -> tuple[Node, ...]:
    """Shown when an answer takes longer than 400 ms."""
    return _notice(at, "hourglass", N_("One moment, please."), "")


def help_told(at: Setting) -> tuple[Node, ...]:
    """After Get help: only what is true is said."""
    told = N_("We told the staff."), N_("Someone will come to you. You can go on while you wait.")
    cut_off = N_("Please go to the desk."), N_("We could not reach the staff from here.")
    said = told if at.online else cut_off
    return (
        *_notice(at, "hand-helping", *said),
        bones.button(at, "go-on", N_("Go on"), Look.PRIMARY),
    )


def still_there(at: Setting) -> tuple[Node, ...]:
    """The warning before a quiet session is closed (WCAG 2.2.1)."""
    left = at.words.plural(*_CLOSING, at.seconds, at.language)
    made = replace(at.node("sentence", Role.SENTENCE, Region.WORDS), text=left)
    return (
        *_notice(at, "clock", N_("Are you still there?"), ""),
        made,
        bones.button(at, "leave", N_("I am finished"), Look.QUIET),
        bones.button(at, "stay", N_("I need more time"), Look.PRIMARY),
    )


_CLOSING = N_n(
    "We will close this in {n} second to keep your data safe.",
    "We will close this in {n} seconds to keep your data safe.",
)


def fault(at: Setting) -> tuple[Node, ...]:
    """Something broke: calm, and a person."""
    more = N_("This screen cannot save right now. The staff will check you in.")
    return (
        *_notice(at, "users", N_("Please go to the desk."), more),
        bones.button(at, "finish", N_("Finish"), Look.PRIMARY),
    )


def out_of_order(at: Setting) -> tuple[Node, ...]:
    """This kiosk cannot work at all at the moment."""
    more = N_("The staff will check you in. Thank you for your patience.")
    return _notice(at, "coffee", N_("This kiosk is resting. Please go to the desk."), more)


def pick_language(at: Setting) -> tuple[Node, ...]:
    """Every language, large, by its own name."""
    made = ask.languages(at, at.policy.practice.languages, Region.ANSWER)
    close = bones.button(at, "go-on", N_("Close"), Look.QUIET, "x")
    return (bones.heading(at, N_("Choose your language")), *made, close)


def sound_lost(at: Setting) -> tuple[Node, ...]:
    """The headphones were pulled out: nothing private is said aloud; the person decides."""
    more = N_("Do you want to go on without sound?")
    aloud = bones.button(at, "loudspeaker", N_("Use the loudspeaker"), Look.QUIET, "volume-2")
    return (
        *_notice(at, "volume-x", N_("The headphones are out."), more),
        replace(aloud, region=Region.ANSWER),  # two long buttons do not stand side by side
        bones.button(at, "silent", N_("Go on without sound"), Look.PRIMARY),
    )


OVERLAYS: dict[str, Callable[[Setting], tuple[Node, ...]]] = {
    "one-moment": one_moment,
    "help-told": help_told,
    "still-there": still_there,
    "fault": fault,
    "out-of-order": out_of_order,
    "languages": pick_language,
    "ways": ways.ways,
    "sound-lost": sound_lost,
}
