"""Scanners on a serial port (USB CDC), which type nowhere and so cannot leak."""

import codecs
import logging
import time

import serial

from kiosk.devices.line import SILENCE, Line
from kiosk.devices.scanner import Offer, Wanted
from kiosk.devices.worker import Worker
from kiosk.log import fact

log = logging.getLogger(__name__)
_RETRY = 1.0


class SerialScanner:
    """Reads one port, such as /dev/serial/by-id/…; outlives unplugging.

    What the scanner sent before the port was open is dropped: nobody asked for it.
    """

    def __init__(self, port: str) -> None:
        self._port = port
        self._live: bool | None = None
        self._worker = Worker("serial")

    @property
    def live(self) -> bool:
        """Whether the port is open."""
        return bool(self._live)

    def start(self, offer: Offer, wanted: Wanted) -> None:  # noqa: ARG002 - bytes must be drained
        """Begin on a thread of its own."""
        self._worker.start(lambda: self._run(offer))

    def stop(self) -> None:
        """End and close the port."""
        self._worker.stop()

    def _run(self, offer: Offer) -> None:
        while not self._worker.over:
            try:
                with serial.Serial(self._port, timeout=SILENCE, exclusive=True) as port:
                    self._turn(live=True)
                    self._listen(port, offer)
            except (serial.SerialException, OSError):
                self._turn(live=False)
                self._worker.wait(_RETRY)

    def _listen(self, port: serial.Serial, offer: Offer) -> None:
        line, decoder = Line(), codecs.getincrementaldecoder("utf-8")("replace")
        while not self._worker.over:
            data = port.read(max(1, port.in_waiting))
            now = time.monotonic()
            done = [line.add(character, now) for character in decoder.decode(data)]
            for text in done if data else [line.quiet(now)]:
                if text:
                    offer(text)

    def _turn(self, *, live: bool) -> None:
        if live is not self._live:
            level = logging.INFO if live else logging.WARNING
            log.log(level, fact("serial.live" if live else "serial.lost", port=self._port))
        self._live = live
