"""A program that is `kiosk courier` for one data folder, until it is killed."""

import sys
import threading
from pathlib import Path

from backend.clocks import RealClock

from kiosk.config import KioskSettings
from kiosk.courier.app import run

if __name__ == "__main__":
    sys.exit(run(KioskSettings(data=Path(sys.argv[1])), RealClock(), threading.Event()))
