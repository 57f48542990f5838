"""`kiosk courier`: the device's only network client."""

import argparse
import signal
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from kiosk import config, log
from kiosk.bootstrap.notify import heartbeat
from kiosk.clock import SystemClock
from kiosk.config import KioskSettings
from kiosk.courier import app
from kiosk.resources import shipped


def main(argv: Sequence[str]) -> int:
    """Carry events until SIGTERM. Raises ConfigError, StorageError."""
    parser = argparse.ArgumentParser(prog="kiosk courier", description="Carries events.")
    parser.add_argument("--config", type=Path, default=shipped("config", "kiosk.toml"))
    parser.add_argument("--data", type=Path, help="the device's data folder")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--clock-shift", type=float, default=0.0, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    log.start("courier", verbose=options.verbose, levels={"urllib3": 40})
    settings = config.load(options.config, KioskSettings)
    if options.data:
        settings = settings.model_copy(update={"data": options.data})
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    clock = SystemClock(timedelta(seconds=options.clock_shift))
    return app.run(settings, clock, stop, heartbeat())
