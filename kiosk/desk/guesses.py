"""Guessing a password is slow, and nobody can lock somebody else out by doing it.

Wrong passwords of the last hour are counted in two ways (OWASP, Authentication and Blocking Brute
Force: a lock by name alone is a way to shut staff out). For one name from one address: after five
there is a pause that even the right password has to sit out, and it doubles. For one name from
everywhere: after twenty each answer takes longer, but it is given, and the right password from an
address that did not guess opens. Logins that stand are not touched.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from kiosk.desk import tries

_KIND = "login"
_SPAN = timedelta(hours=1)
_FREE = 5  # from one address
_PAUSE_S, _LONGEST_PAUSE_S = 30.0, 900.0
_FREE_ANYWHERE = 20
_LONGEST_DELAY_S = 8.0


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong passwords; `seconds` until the next try."""

    seconds: int


def reserve(conn: Connection, name: str, address: str, now: datetime) -> Locked | float:
    """Count a try before it is checked, so that many at once cannot get around a pause.

    Returns for how many seconds the answer is held back, or Locked.
    """
    pause = _pause(conn, _key(name, address), now)
    if pause:
        return Locked(pause)
    anywhere = tries.count_below(conn, _KIND, _from_anywhere(name), now - _SPAN)
    tries.failed(conn, _KIND, _key(name, address), now)
    return delay(anywhere)


def forget(conn: Connection, name: str, address: str) -> None:
    """Forget the tries from an address that got in."""
    tries.clear(conn, _KIND, _key(name, address))


def forget_all(conn: Connection, name: str) -> None:
    """Forget the tries for a name from everywhere."""
    tries.clear_below(conn, _KIND, _from_anywhere(name))


def delay(wrong: int) -> float:
    """Return for how many seconds an answer is held back after `wrong` tries from anywhere."""
    if wrong < _FREE_ANYWHERE:
        return 0.0
    return min(_LONGEST_DELAY_S, 2.0 ** min(wrong // _FREE_ANYWHERE - 1, 10))


def source(address: str) -> str:
    """Return who counts as one: an IPv4 address, or the /64 of an IPv6 one (one customer's)."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def _key(name: str, address: str) -> str:
    return _from_anywhere(name) + source(address)


def _from_anywhere(name: str) -> str:
    return f"{name} "


def _pause(conn: Connection, key: str, now: datetime) -> int:
    wrong = tries.count(conn, _KIND, key, now - _SPAN)
    last = tries.latest(conn, _KIND, key, now - _SPAN)
    if wrong < _FREE or last is None:
        return 0
    pause = min(_PAUSE_S * 2 ** min(wrong - _FREE, 10), _LONGEST_PAUSE_S)
    left = (last + timedelta(seconds=pause) - now).total_seconds()
    return max(0, math.ceil(left))
