"""What a physical key can ask for: the whole kiosk is worked with these, without a touch."""

from enum import StrEnum


class Action(StrEnum):
    """One wish of a person who uses a keypad, one or two switches, or a keyboard."""

    NEXT = "next"
    PREVIOUS = "previous"
    SELECT = "select"
    BACK = "back"
    HELP = "help"
    REPEAT = "repeat"
    PAUSE = "pause"
    LOUDER = "louder"
    QUIETER = "quieter"
    FASTER = "faster"
    SLOWER = "slower"
    LANGUAGE = "language"
    CURTAIN = "curtain"
