"""What every decision of the desk depends on: the practice's policy and the pass key."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.config import PracticeSettings, Site
from kiosk.domain.eligibility import Slot, Window, judge
from kiosk.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Policy:
    """The practice's rules in the form the desk applies them."""

    practice: PracticeSettings
    key: bytes = field(repr=False)  # of the passes
    linked: bool = False  # whether arrivals are passed on to the practice's own system

    @property
    def zone(self) -> str:
        """The practice's IANA time zone."""
        return self.practice.timezone

    @property
    def window(self) -> Window:
        """When a check-in counts."""
        windows = self.practice.windows
        return Window(windows.early, windows.grace, windows.late)

    def judge(self, slot: Slot, now: datetime, site: str) -> Outcome:
        """Say what becomes of a person who is at `site` now, for this slot."""
        return judge(slot, now=now, site=site, zone=self.zone, window=self.window)

    def today(self, now: datetime) -> date:
        """The practice's date."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def midnight(self, now: datetime) -> datetime:
        """When the practice's day began."""
        local = now.astimezone(ZoneInfo(self.zone))
        return local.replace(hour=0, minute=0, second=0, microsecond=0)

    def days(self, now: datetime) -> list[date]:
        """Yesterday, today and tomorrow: what kiosks keep."""
        today = self.today(now)
        return [today + timedelta(days=days) for days in (-1, 0, 1)]

    def site(self, code: str) -> Site | None:
        """The practice's site with this code."""
        return next((site for site in self.practice.sites if site.code == code), None)
