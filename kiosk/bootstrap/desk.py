"""`kiosk desk`: the practice's server."""

import logging
from collections.abc import Sequence

from kiosk import log
from kiosk.bootstrap.notify import heartbeat
from kiosk.desk import commands


def main(argv: Sequence[str]) -> int:
    """Serve, or run one of the desk's commands. Raises ConfigError, StorageError."""
    quiet = dict.fromkeys(("alembic", "uvicorn", "weasyprint", "fontTools"), logging.WARNING)
    log.start("desk", levels=quiet)
    return commands.main(argv, heartbeat())
