"""The commands: `kiosk NAME …`. Only the parts a command needs are loaded."""

import importlib
import os
import sys
from collections.abc import Sequence

from kiosk.errors import ConfigError, KioskError

COMMANDS = {
    "run": ("kiosk.bootstrap.run", "the touchscreen in the lobby"),
    "courier": ("kiosk.bootstrap.courier", "carries events to the desk (no screen)"),
    "desk": ("kiosk.bootstrap.desk", "the practice's server and live board"),
    "pass": ("kiosk.bootstrap.passes", "issue, print and revoke passes"),
    "scan": ("kiosk.tools.scan", "read codes from pictures, one JSON line each"),
    "keypad": ("kiosk.tools.keypad", "learn the keys of a keypad or switch, show them live"),
    "doctor": ("kiosk.tools.doctor", "check this device and say what to do"),
    "demo": ("kiosk.tools.demo", "desk, courier and kiosk with sample patients"),
    "audit": ("kiosk.tools.audit.command", "look at every screen in every language and mode"),
    "voices": ("kiosk.tools.voices", "which languages it speaks, what to record, how loud"),
    "words": ("kiosk.tools.words", "how far every language is, and what to review"),
    "bench": ("kiosk.tools.bench", "measure this machine, print a table"),
}
_FORGETFUL = {"PYTHONMALLOC": "malloc", "MALLOC_PERTURB_": "165"}  # freed memory is overwritten


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 2 for wrong use or configuration, 1 for other faults."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] not in COMMANDS:
        return _usage(arguments)
    name = arguments.pop(0)
    if name in {"run", "courier"}:
        _forgetful()
    try:
        module = importlib.import_module(COMMANDS[name][0])
        status: int = module.main(arguments)
    except ConfigError as fault:
        print(f"kiosk {name}: {fault}", file=sys.stderr)
        return 2
    except KioskError as fault:
        print(f"kiosk {name}: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our words has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130
    return status


def _usage(arguments: Sequence[str]) -> int:
    wanted = not arguments or arguments[0] in {"-h", "--help", "help"}
    out = sys.stdout if wanted else sys.stderr
    if not wanted:
        print(f"kiosk: there is no command {arguments[0]!r}", file=out)
    print("usage: kiosk COMMAND …   (kiosk COMMAND --help tells more)\n", file=out)
    for name, (_, help_) in COMMANDS.items():
        print(f"  {name:<9} {help_}", file=out)
    return 0 if wanted else 2


def _forgetful() -> None:
    """Start over with an allocator that overwrites what is freed (architecture, rule 3)."""
    if all(os.environ.get(key) == value for key, value in _FORGETFUL.items()):
        return
    os.execve(
        sys.executable, [sys.executable, "-m", "kiosk", *sys.argv[1:]], os.environ | _FORGETFUL
    )


if __name__ == "__main__":
    sys.exit(main())
