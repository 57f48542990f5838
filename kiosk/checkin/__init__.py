"""The one stateful use case: a person checks in. No screen, no input or output, no clock."""

from kiosk.checkin.case import CheckIn
from kiosk.checkin.request import Identify, Moment, Record, Request, Update

__all__ = ["CheckIn", "Identify", "Moment", "Record", "Request", "Update"]
