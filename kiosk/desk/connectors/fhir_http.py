"""One way out to a FHIR server: `requests` with deadlines, a size limit and no redirects."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from kiosk.desk.connectors.fhir_errors import TryLater, fault, retry_after
from kiosk.desk.connectors.fhir_json import Json, obj, parse, text
from kiosk.desk.connectors.settings import ConnectorSettings
from kiosk.errors import Corrupt

_CHUNK = 64 * 1024
_MAX_BODY = 32 * 1024 * 1024
Params = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; the body may hold people, so it stays out of `repr`."""

    status: int
    etag: str = ""
    retry_after_s: float | None = None
    body: bytes = field(repr=False, default=b"")

    def document(self) -> object:
        """Return the JSON body, or None when it is no JSON."""
        try:
            return parse(self.body)
        except Corrupt:
            return None

    def resource(self, kind: str) -> Json:
        """Return the body as a FHIR resource of `kind`.

        Raises TryLater or RefusedError as the status says, and TryLater for anything else that
        came with a good status: a login page, half a document, another resource.
        """
        self.check()
        found = obj(self.document())
        if text(found, "resourceType") != kind:
            raise TryLater(f"the answer is not a whole {kind}")
        return found

    def check(self) -> None:
        """Raise TryLater or RefusedError when the status is not 2xx."""
        wrong = fault(self.status, self.document() if self.body else None, self.retry_after_s)
        if wrong is not None:
            raise wrong


class _Bearer(AuthBase):
    """Sets our header itself, so that no password file of the system account is consulted."""

    def __init__(self, value: str) -> None:
        self._value = value

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._value:
            request.headers["Authorization"] = self._value
        return request


class Transport:
    """A pool of connections to the practice's system; `monotonic` and `now` are its clocks."""

    def __init__(
        self,
        settings: ConnectorSettings,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._timeout = settings.timeout_s
        self._now = now
        self._monotonic = monotonic
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(settings.ca_file) if settings.ca_file else True
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def send(
        self,
        method: str,
        url: str,
        *,
        authorization: str = "",
        params: Params = (),
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request and read the whole answer; raises TryLater when none comes in time."""
        sent = {"Accept": "application/fhir+json", "Accept-Encoding": "identity"}
        try:
            with self._session.request(
                method,
                url,
                params=list(params),
                data=body,
                headers=sent | dict(headers or {}),
                auth=_Bearer(authorization),
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                return self._reply(response)
        except (requests.RequestException, HTTPError, OSError) as lost:
            raise TryLater(f"no whole answer: {type(lost).__name__}") from None

    def _reply(self, response: requests.Response) -> Reply:
        wait = response.headers.get("Retry-After", "")
        return Reply(
            status=response.status_code,
            etag=response.headers.get("ETag", ""),
            retry_after_s=retry_after(wait, self._now()),
            body=self._read(response),
        )

    def _read(self, response: requests.Response) -> bytes:
        """Read all, within the time-out counted over the whole body: a trickle is no answer."""
        deadline = self._monotonic() + self._timeout
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK):
            body += chunk
            if len(body) > _MAX_BODY or self._monotonic() > deadline:
                raise TryLater("the answer is too long or too slow")
        return bytes(body)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()
