"""The question "who is this, and may they check in?" and its answer, on every wire the same."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kiosk.domain.outcome import Outcome


class Query(BaseModel):
    """A pass alone, a pass with a birth date, or a typed name with a birth date."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    pass_code: Annotated[str, Field(max_length=64)] = Field(default="", repr=False)
    typed_name: Annotated[str, Field(max_length=200)] = Field(default="", repr=False)
    birth_date: date | None = Field(default=None, repr=False)


class Wait(BaseModel):
    """How long until called, in minutes, and when that was worked out."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    low: int
    high: int
    at: AwareDatetime


class Details(BaseModel):
    """What may be shown after pass and second factor; empty fields are simply not shown."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    appointment: str
    start: AwareDatetime
    practitioner: str = ""
    location: str = ""
    called: str = Field(default="", repr=False)
    phone_ends: str = Field(
        default="", repr=False
    )  # the last digits only; the rest stays at the desk
    needs: tuple[str, ...] = ()
    opens: AwareDatetime | None = None  # too early: when check-in opens
    site: str = ""  # wrong site: the right one's name
    directions: str = ""
    wait: Wait | None = None


class Answer(BaseModel):
    """`outcome` is None after a pass alone: then only language and access modes are told."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    outcome: Outcome | None = None
    online: bool = True
    language: str = ""
    modes: tuple[str, ...] = ()
    tries_left: int = 3
    details: Details | None = None
