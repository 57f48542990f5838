"""Speech: utterances in, sound out, from recordings, a Piper voice or espeak-ng."""

from kiosk.devices.speech.build import speaker
from kiosk.devices.speech.levels import Level
from kiosk.devices.speech.settings import Speech
from kiosk.devices.speech.sink import Recording
from kiosk.devices.speech.speaker import Speaker
from kiosk.devices.speech.utterance import State, Told, Utterance
from kiosk.devices.speech.voices import Quality

__all__ = [
    "Level",
    "Quality",
    "Recording",
    "Speaker",
    "Speech",
    "State",
    "Told",
    "Utterance",
    "speaker",
]
