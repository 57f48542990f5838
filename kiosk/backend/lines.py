"""What the kiosk and its courier say to each other through the courier's door, line by line."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from kiosk.domain.identify import Query

MOST_BYTES = 65_536
"""The longest line either side accepts."""


class Line(BaseModel):
    """A frozen line."""

    model_config = ConfigDict(frozen=True)


class Identify(Line):
    """Who is this? Answered with `domain.identify.Answer`."""

    do: Literal["identify"] = "identify"
    query: Query


class AskStatus(Line):
    """How are you? Answered with `Status`."""

    do: Literal["status"] = "status"


class Wake(Line):
    """There is something to deliver. Answered with {}."""

    do: Literal["wake"] = "wake"


class Tell(Line):
    """How camera and screen are, for the next heartbeat. Answered with {}."""

    do: Literal["tell"] = "tell"
    camera: str
    screen: dict[str, object] | None = None


class Enrol(Line):
    """Enrol this device with an `EnrolmentCode` of `domain.passcode`; answered by `EnrolResult`."""

    do: Literal["enrol"] = "enrol"
    address: str
    ca_pin: str
    code: str = Field(repr=False)
    label: str


class Nothing(Line):
    """Understood: {}."""


class Misunderstood(Line):
    """Not one of these lines."""

    error: Literal["misunderstood"] = "misunderstood"


class Status(Line):
    """How the courier is: its queue, the oldest event's age in s, the ms to add to the clock."""

    online: bool = False
    queue: int = 0
    oldest_s: int = 0
    parked: int = 0
    clockoffset: int = 0
    enrolled: bool = False


class EnrolResult(Line):
    """What became of an enrolment: `code` is empty for a success, else the reason."""

    code: str = ""


AnyRequest = Identify | AskStatus | Wake | Tell | Enrol
REQUEST: TypeAdapter[AnyRequest] = TypeAdapter(Annotated[AnyRequest, Field(discriminator="do")])
