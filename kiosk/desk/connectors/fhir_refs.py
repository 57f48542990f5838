"""Who takes part in an Appointment: FHIR references, without following them."""

import re
from dataclasses import dataclass, field

from kiosk.desk.connectors.fhir_json import Json, items, obj, text
from kiosk.desk.connectors.fhir_names import plain

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}", re.ASCII)  # FHIR R4 id
_REFERENCE = re.compile(r"([A-Z][A-Za-z]{2,40})/([A-Za-z0-9.-]{1,64})(/_history/[^/]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Actor:
    """One participant; `id` is empty when it is no resource of this server (it can't be read)."""

    kind: str = ""
    id: str = ""
    display: str = field(repr=False, default="")

    @property
    def key(self) -> str:
        """The relative reference, such as `Patient/17`."""
        return f"{self.kind}/{self.id}"


def is_id(value: str) -> bool:
    """Say whether `value` may stand in a URL as a FHIR logical id."""
    return bool(_ID.fullmatch(value)) and value not in (".", "..")


def logical_id(resource: Json) -> str:
    """Return the resource's own id, or "" when it is missing or no FHIR id."""
    value = text(resource, "id")
    return value if is_id(value) else ""


def actors(resource: Json, base_url: str) -> list[Actor]:
    """Return the participants of an Appointment in its order; `base_url` is the server's own."""
    return [_actor(obj(p, "actor"), base_url) for p in items(resource, "participant")]


def _actor(reference: Json, base_url: str) -> Actor:
    display = plain(text(reference, "display"))
    path = text(reference, "reference").removeprefix(f"{base_url}/")
    match = _REFERENCE.fullmatch(path)
    if match and is_id(match[2]):
        return Actor(match[1], match[2], display)
    kind = text(reference, "type") or _kind_elsewhere(path)
    return Actor(kind, "", display)


def _kind_elsewhere(path: str) -> str:
    """Another server's `https://host/fhir/Patient/1` still says that it is a patient."""
    parts = path.split("/")
    return parts[-2] if len(parts) > 2 else ""
