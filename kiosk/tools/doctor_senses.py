"""What `kiosk doctor` says of words, voices and keypads: what a patient sees, hears and presses."""

import importlib
import os
from collections.abc import Iterator, Sequence

from PIL import features

from kiosk.backend import folder
from kiosk.backend.folder import Folder
from kiosk.config import Keypad, Speech
from kiosk.devices.speech import Quality, build, levels
from kiosk.errors import NotEnrolled
from kiosk.i18n.catalog import Catalogue
from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import SHIPPED
from kiosk.i18n.offer import offer
from kiosk.resources import shipped
from kiosk.tools.findings import Finding, Level


def languages(files: Folder) -> tuple[str, ...]:
    """Return the languages of the practice; all there are on a device that is not enrolled."""
    try:
        return folder.policy(files).practice.languages
    except NotEnrolled:
        return tuple(row.tag for row in SHIPPED)


def words(library: Library, wanted: Sequence[str]) -> Iterator[Finding]:
    """Check what draws words, and the catalogue and fonts of every wanted language."""
    if not (features.check("raqm") and features.check("fribidi")):
        text, todo = "Arabic cannot be drawn rightly", "Install the package libfribidi0."
        yield Finding("words", Level.FAIL, text, todo)
    found = offer(wanted, Catalogue(shipped("assets", "locale"), "UTC", "GB"), library)
    for problem in found.problems:
        todo = "Until then this language is not offered."
        yield Finding("words", Level.FAIL, problem, todo)
    if len(found.problems) < len(wanted):
        yield Finding("words", Level.OK, f"words and fonts for {', '.join(found.tags)}")


def voice(settings: Speech, wanted: Sequence[str]) -> Iterator[Finding]:
    """Check the way out of sound, how loud it is, and the voice of every wanted language."""
    silent = build.sink(settings, settings.speaker).problem()
    if silent:
        todo = "Until then nothing is read aloud. On purpose? Set speech.enabled = false."
        yield Finding("voice", Level.WARN if settings.enabled else Level.OK, silent, todo)
        return
    engines = build.voices(settings, {row.tag: row.voice for row in SHIPPED})
    spoken = {tag: engines.fluency(tag) for tag in wanted}
    able = [tag for tag, one in spoken.items() if one.quality is not Quality.NONE]
    if able:
        yield Finding("voice", Level.OK, f"speaks {', '.join(able)}")
    for tag, one in spoken.items():
        if one.quality is Quality.NONE:
            todo = "It is offered without speech; a Piper voice or recordings can be added."
            yield Finding("voice", Level.WARN, f"{tag}: {one.reason}", todo)
    measured = settings.speaker_db, settings.headphones_db, settings.ambient_db
    for problem in levels.problems(*measured):
        todo = "kiosk voices --loudest en plays at full volume; measure at the patient's ear."
        yield Finding("voice", Level.WARN, problem, todo)


def keypad(settings: Keypad) -> Iterator[Finding]:
    """Load the keypad's profile and look for its device."""
    if not settings.profile:
        yield Finding("keypad", Level.OK, "none is configured")
        return
    keypads = importlib.import_module("kiosk.devices.keypads")
    attached = importlib.import_module("kiosk.devices.hid").Attached
    profile = keypads.read(settings.profile, shipped("assets", "keypads"))
    paths = list(attached(keypads.allowed(profile, settings.devices)).paths())
    if not paths:
        todo = "Plug it in; kiosk keypad learn shows what is there."
        yield Finding("keypad", Level.FAIL, f"{profile.name} is not there", todo)
    elif shut := [path for path in paths if not os.access(path, os.R_OK)]:
        todo = "Run this as root, or as the kiosk's user: it must be in the group input."
        yield Finding("keypad", Level.WARN, f"{shut[0]} may not be read", todo)
    else:
        yield Finding("keypad", Level.OK, f"{profile.name} is there")
