"""systemd's watchdog, fed from the screen's own loop, so that a frozen screen is restarted."""

import os
import socket
import time
from collections.abc import Callable

_EVERY = 2.0  # s; units ask for a sign of life every 15 s or more


def send(message: str, address: str) -> None:
    """Send one line of the sd_notify(3) protocol; silent where nobody listens."""
    if not address:
        return
    name = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        try:
            line.sendto(message.encode(), name)
        except OSError:
            return


def heartbeat() -> Callable[[], None]:
    """Return a function that says "alive" at most every two seconds, "ready" the first time."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    last = [float("-inf")]

    def alive() -> None:
        now = time.monotonic()
        if now - last[0] >= _EVERY:
            send("READY=1" if last[0] < 0 else "WATCHDOG=1", address)
            last[0] = now

    return alive
