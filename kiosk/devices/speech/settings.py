"""What is true of one kiosk's sound: `[speech]` of `config/kiosk.toml`."""

from kiosk.config import Speech

__all__ = ["Speech"]
