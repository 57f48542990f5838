"""`kiosk pass`: passes from a shell beside the running desk."""

import logging
from collections.abc import Sequence

from kiosk import log
from kiosk.clock import SystemClock
from kiosk.desk import passcommands


def main(argv: Sequence[str]) -> int:
    """Run one command. Raises ConfigError, StorageError."""
    log.start("pass", levels=dict.fromkeys(("alembic", "weasyprint", "fontTools"), logging.WARNING))
    return passcommands.main(argv, SystemClock())
