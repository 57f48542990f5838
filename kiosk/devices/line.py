"""One typed code at a time: characters until an Enter, or until the scanner falls silent."""

SILENCE = 0.1
"""Seconds without a character after which a code is complete; scanners type one in 1 to 20 ms."""

_LONGEST = 300  # above what the grammar reads, so that a longer text still shows as too long
_ENDS = "\r\n"


class Line:
    """Collects the characters of one scanner; times are monotonic seconds."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._at = 0.0

    def add(self, character: str, now: float) -> str | None:
        """Take one character; return the code that an Enter completes."""
        self._at = now
        if character in _ENDS:
            return self._take()
        if len(self._text) < _LONGEST:
            self._text.append(character)
        return None

    def quiet(self, now: float) -> str | None:
        """Return the code that silence completes."""
        return self._take() if now - self._at >= SILENCE else None

    def clear(self) -> None:
        """Forget what was typed so far."""
        self._text.clear()

    def _take(self) -> str | None:
        text = "".join(self._text)
        self._text.clear()
        return text or None
