"""The ruler of these tests: the audit's."""

from kiosk.tools.audit.ruler import Ruler

__all__ = ["Ruler"]
