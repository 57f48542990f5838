"""Kivy's settings, which must be in place before Kivy is imported for the first time."""

import os
from pathlib import Path

from kiosk.errors import ResourceMissing
from kiosk.ui.profile import Profile


def prepare(profile: Profile, *, fullscreen: bool, home: Path) -> None:
    """Set Kivy up for a kiosk: no consoles, no settings panel, no exit key, our own signals.

    Raises ResourceMissing when there is no display to open a window on.
    """
    os.environ.update(
        KIVY_NO_ARGS="1",
        KIVY_NO_CONSOLELOG="1",
        KIVY_NO_FILELOG="1",
        KIVY_HOME=str(home),
        KIVY_NO_ENV_CONFIG="1",
        SDL_NO_SIGNAL_HANDLERS="1",  # else SIGTERM becomes a close request (ops.md §0.5)
    )
    if not _display():
        raise ResourceMissing(
            "there is no display: start the kiosk inside a graphical session, or set DISPLAY"
        )
    home.mkdir(parents=True, exist_ok=True)
    from kivy.config import Config  # noqa: PLC0415 - Kivy reads the environment when imported

    for option in Config.options("input"):  # a touchscreen read twice would press twice
        Config.remove_option("input", option)
    for section, values in _settings(profile, fullscreen=fullscreen).items():
        for key, value in values.items():
            Config.set(section, key, str(value))
    for module in Config.options("modules"):
        Config.remove_option("modules", module)


def _settings(profile: Profile, *, fullscreen: bool) -> dict[str, dict[str, object]]:
    return {
        "graphics": {
            "width": profile.width_px,
            "height": profile.height_px,
            "fullscreen": "auto" if fullscreen else 0,
            "borderless": int(fullscreen),
            "resizable": 0,
            "multisamples": 0,
            "show_cursor": int(not fullscreen),
            "maxfps": 60,
        },
        "kivy": {"exit_on_escape": 0, "log_enable": 0, "desktop": 0, "keyboard_mode": ""},
        "input": {"mouse": "mouse,disable_multitouch"},
    }


def _display() -> bool:
    driver = os.environ.get("SDL_VIDEODRIVER", "")
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) or driver in {"offscreen", "kmsdrm"}
