"""How practice systems differ and misbehave: each was seen on a real one, or read of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

SEARCHES = frozenset({"date", "identifier", "status", "_count", "_include", "_sort", "_cursor"})


@dataclass(frozen=True, slots=True)
class Habits:
    """What a server always does. The default is a well-behaved one."""

    etags: Literal["integer", "uuid", "strong", "none"] = "integer"  # none: only meta.versionId
    includes: Literal["asked", "everything", "nothing"] = "asked"
    searches: frozenset[str] = SEARCHES  # any other parameter is …
    unknown_search: Literal["refused", "ignored"] = "refused"
    bare_date_finds: bool = False  # date=2026-11-23 without ge and lt
    stale_status: Literal[409, 412] = 412
    links: Literal["absolute", "relative"] = "absolute"
    next_on_last_page: bool = False
    shifts: Literal["never", "by-date", "always"] = "never"  # ties change places between pages
    repeats_entries: bool = False  # the last entry of a page again on the next one
    bad_client_status: Literal[400, 401] = 401
    retry_after: str = ""  # what 429 and 503 ask for; "": 7 seconds, and a moment that is over


GOOD = Habits()
MEDPLUM_LIKE = Habits(etags="uuid", next_on_last_page=True, bad_client_status=400)
WSO2_LIKE = Habits(
    includes="everything", unknown_search="ignored", bare_date_finds=True, shifts="by-date"
)
ORACLE_LIKE = Habits(etags="strong", stale_status=409, links="relative")
BARE = Habits(
    etags="none",
    includes="nothing",
    searches=frozenset({"date", "identifier", "_count", "_cursor"}),
    repeats_entries=True,
)


class Fault(StrEnum):
    """What a server does once, when scripted."""

    CONFLICT_409 = "conflict-409"
    STALE_412 = "stale-412"
    LOCKED_423 = "locked-423"
    BUSY_429 = "busy-429"  # with Retry-After: 7
    FAILS_500 = "fails-500"
    HTML_502 = "html-502"
    DOWN_503 = "down-503"
    EXPIRED_401 = "expired-401"
    FORBIDDEN_403 = "forbidden-403"
    REFUSED_422 = "refused-422"  # its diagnostics quote the patient, as real ones do
    MOVED_301 = "moved-301"  # to another host
    LOGIN_PAGE_200 = "login-page-200"
    SLOW = "slow"
    TRICKLE = "trickle"  # a byte now and then, never the whole
    TRUNCATED = "truncated"
    LOST_REPLY = "lost-reply"  # done, then the connection drops
    EDITED_MEANWHILE = "edited-meanwhile"  # somebody else saves it just before our PUT
    ARRIVED_MEANWHILE = "arrived-meanwhile"  # somebody else marks it arrived just before our PUT
    NEXT_ELSEWHERE = "next-elsewhere"
    BAD_ASSERTION_400 = "bad-assertion-400"
