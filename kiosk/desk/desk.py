"""All the desk's parts in one place; `app.state.desk` is how a route finds them."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

from kiosk.desk.database import Database
from kiosk.desk.feed import Feed
from kiosk.desk.gate import Gate
from kiosk.desk.identify import Identification
from kiosk.desk.inbox import Inbox
from kiosk.desk.policy import Policy
from kiosk.desk.settings import DeskSettings
from kiosk.desk.tls import Certificates
from kiosk.desk.view import DayView
from kiosk.domain.needs import Need
from kiosk.domain.ports import Clock


@dataclass(frozen=True, slots=True)
class Desk:
    """A running desk."""

    settings: DeskSettings
    policy: Policy
    clock: Clock
    database: Database
    view: DayView
    feed: Feed
    gate: Gate
    identification: Identification
    inbox: Inbox
    needs: Mapping[str, Need]
    certificates: Certificates | None  # None: plain http on this machine only

    @property
    def site(self) -> str:
        """The site whose board this is, and where new kiosks stand unless told otherwise."""
        return self.settings.site or self.policy.practice.sites[0].code


async def the_desk(request: Request) -> Desk:
    """Return the desk, as a dependency of routes: async, so that no thread is asked for it."""
    return desk_of(request)


def desk_of(request: Request) -> Desk:
    """Return the desk that serves this request."""
    desk = request.app.state.desk
    if not isinstance(desk, Desk):
        raise TypeError("this application has no desk")
    return desk
