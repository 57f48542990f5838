"""Easy read: each question as one short sentence beside one picture."""

from dataclasses import replace

from kiosk.intake import bones
from kiosk.intake.bones import Setting
from kiosk.intake.view import Node, Region, Role
from kiosk.intake.words import N_

_SAID = {
    "welcome": ("smartphone", N_("Show your code.")),
    "name": ("user-round", N_("Type your name.")),
    "birth-date": ("calendar", N_("Type your birthday.")),
    "name-to-use": ("smile", N_("Type the name you like.")),
    "phone": ("phone", N_("Type your phone number.")),
    "still-right": ("list-checks", N_("Is this right?")),
    "needs": ("hand-helping", N_("What can we do for you?")),
    "who": ("users", N_("Who is with you?")),
    "keep-needs": ("calendar", N_("Keep this for next time?")),
}


def easy(step: str, at: Setting) -> tuple[Node, ...]:
    """Return picture and sentence where this person reads easy words; else nothing."""
    if "easy-read" not in at.session.modes or step not in _SAID:
        return ()
    icon, said = _SAID[step]
    picture = replace(at.node("picture", Role.PICTURE, Region.WORDS), icon=icon)
    return (picture, bones.heading(at, said))
