"""A speaker from a kiosk's settings; with a recording instead of sound cards where none is meant.

The tour, the audit and the tests listen to the recording; all else of the speaker is the real one.
"""

from collections.abc import Callable, Mapping

from kiosk.devices.speech.clips import Clips
from kiosk.devices.speech.espeak import Espeak
from kiosk.devices.speech.levels import (
    ASSUMED_HEADPHONES,
    ASSUMED_SPEAKER,
    HEADPHONE_GAINS,
    SPEAKER_GAINS,
    Loudness,
)
from kiosk.devices.speech.piper import Piper
from kiosk.devices.speech.saying import Output
from kiosk.devices.speech.settings import Speech
from kiosk.devices.speech.sink import Alsa, Nowhere, Sink
from kiosk.devices.speech.speaker import Speaker
from kiosk.devices.speech.utterance import Told
from kiosk.devices.speech.voices import Voices


def speaker(
    settings: Speech,
    espeak: Mapping[str, str],
    told: Callable[[Told], None] = lambda _: None,
    recording: Sink | None = None,
) -> Speaker:
    """Return a started speaker. `espeak`: language → espeak-ng voice, "" for none."""
    room = recording or sink(settings, settings.speaker)
    private = recording or sink(settings, settings.headphones or settings.speaker)
    return Speaker(
        voices(settings, espeak),
        Output(room, Loudness(SPEAKER_GAINS, settings.speaker_db or ASSUMED_SPEAKER)),
        Output(private, Loudness(HEADPHONE_GAINS, settings.headphones_db or ASSUMED_HEADPHONES)),
        told,
    )


def voices(settings: Speech, espeak: Mapping[str, str]) -> Voices:
    """Return the engines in their order."""
    return Voices(Clips(settings.clips), Piper(settings.models, settings.piper), Espeak(espeak))


def sink(settings: Speech, device: str) -> Sink:
    """Return the way out to an ALSA device."""
    return Alsa(device) if settings.enabled else Nowhere()
