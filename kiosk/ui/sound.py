"""Short chimes: a code was read, news, a warning; silent where there is no sound device."""

import logging

from kivy.core.audio import Sound, SoundLoader

from kiosk.log import fact
from kiosk.resources import shipped

log = logging.getLogger(__name__)
CUES = ("read", "notice", "done", "error", "warn")


class Chimes:
    """Plays the shipped cues; each is shorter than a second (EN 301 549 5.1.3.10)."""

    def __init__(self, enabled: bool) -> None:
        self._sounds: dict[str, Sound] = {}
        for cue in CUES if enabled else ():
            sound = SoundLoader.load(str(shipped("assets", "sounds", f"{cue}.wav")))
            if sound is None:
                log.warning(fact("sound.unavailable", cue=cue))
                return
            self._sounds[cue] = sound

    def play(self, cue: str) -> None:
        """Play one cue; unknown ones are silent."""
        if cue in self._sounds:
            self._sounds[cue].stop()
            self._sounds[cue].play()
