"""The three FHIR interactions we use (search, read, update), with credentials and paging."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from kiosk.desk.connectors.fhir_auth import Credentials
from kiosk.desk.connectors.fhir_errors import TryLater
from kiosk.desk.connectors.fhir_http import Params, Reply, Transport
from kiosk.desk.connectors.fhir_json import Json, items, obj, text
from kiosk.desk.connectors.fhir_refs import logical_id
from kiosk.errors import RefusedError

_MAX_PAGES = 500
_PORTS = {"https": 443, "http": 80}
_FHIR_JSON = "application/fhir+json"


class FhirRest:
    """One FHIR server's base address with our credentials."""

    def __init__(self, base_url: str, transport: Transport, credentials: Credentials) -> None:
        self._base = base_url
        self._transport = transport
        self._credentials = credentials

    def search(self, kind: str, params: Params) -> list[Json]:
        """Return all resources of a search, following `next` to the end.

        Raises TryLater, or RefusedError: also for a `next` that leads to another server, because
        our token would follow it.
        """
        return [obj(entry, "resource") for page in self._pages(kind, params) for entry in page]

    def read(self, kind: str, own_id: str) -> tuple[Json, str]:
        """Return one resource and its ETag, verbatim (or made from meta.versionId, or "")."""
        reply = self._ask("GET", f"{self._base}/{kind}/{own_id}")
        resource = reply.resource(kind)
        if logical_id(resource) != own_id:
            raise TryLater(f"the answer is another {kind}")
        version = text(resource, "meta", "versionId")
        return resource, reply.etag or (f'W/"{version}"' if version else "")

    def replace(self, path: str, document: bytes, *, if_match: str) -> bool:
        """Put a whole resource; False when its version is not `if_match` any more (409, 412)."""
        reply = self._ask(
            "PUT",
            f"{self._base}/{path}",
            body=document,
            headers={"If-Match": if_match, "Content-Type": _FHIR_JSON},
        )
        if reply.status in (409, 412):
            return False
        reply.check()
        return True

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _pages(self, kind: str, params: Params) -> Iterator[list[Json]]:
        url, seen = f"{self._base}/{kind}", set[str]()
        while url not in seen:
            if len(seen) == _MAX_PAGES:
                raise RefusedError("too-many-pages")
            bundle = self._ask("GET", url, params=() if seen else params).resource("Bundle")
            seen.add(url)
            entries = items(bundle, "entry")
            yield entries
            following = self._next(bundle)
            if not entries or not following:
                return
            url = following

    def _next(self, bundle: Json) -> str:
        links = [link for link in items(bundle, "link") if text(link, "relation") == "next"]
        link = text(links, "url")
        if not link:
            return ""
        try:
            url = urljoin(f"{self._base}/", link)
            same = _origin(url) == _origin(self._base)
        except ValueError:
            same = False
        if not same:
            raise RefusedError("next-link-elsewhere")
        return url

    def _ask(
        self,
        method: str,
        url: str,
        *,
        params: Params = (),
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """Send with our token; after a 401 once more with a fresh one."""
        for attempt in ("kept", "fresh"):
            header = self._credentials.header()
            reply = self._transport.send(
                method, url, authorization=header, params=params, body=body, headers=headers
            )
            if reply.status != 401 or attempt == "fresh" or not self._credentials.forget(header):
                break
        return reply


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
