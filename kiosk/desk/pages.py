"""The few pages that need no login: how the desk is, and how to trust its own CA."""

from html import escape

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, JSONResponse, Response

from kiosk.desk.desk import Desk, desk_of
from kiosk.desk.problems import ApiError

ROUTES = APIRouter(include_in_schema=False)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Trust this desk</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>
<h1>Trust this desk</h1>
<p>This desk has a certificate authority of its own. A browser trusts the board after its
certificate is installed once; kiosks learn it when they are enrolled.</p>
<p><a href="/ca.pem">Download ca.pem</a></p>
<p>Compare its fingerprint with the one that <code>kiosk desk ca</code> prints on the server:</p>
<p><code>{pin}</code></p>
<h2>Debian, Ubuntu</h2>
<pre>sudo cp ca.pem /usr/local/share/ca-certificates/checkin-desk.crt
sudo update-ca-certificates</pre>
<h2>Windows, as administrator</h2>
<pre>certutil -addstore Root ca.pem</pre>
<h2>macOS</h2>
<pre>sudo security add-trusted-cert -d -r trustRoot \\
  -k /Library/Keychains/System.keychain ca.pem</pre>
<p>Firefox: Settings, Privacy and Security, View Certificates, Authorities, Import.</p>
</main></body></html>
"""


@ROUTES.get("/healthz")
def health(desk: Desk = Depends(desk_of)) -> JSONResponse:  # noqa: B008 - FastAPI's way
    """Say that the desk serves and can read its database. Raises StorageError (503)."""
    return JSONResponse({"ok": True, "version": desk.view.version()})


@ROUTES.get("/ca")
def ca(desk: Desk = Depends(desk_of)) -> HTMLResponse:  # noqa: B008
    """Explain to IT how to trust the desk's own CA."""
    _pem(desk)
    pin = desk.certificates.pin if desk.certificates else ""
    return HTMLResponse(_PAGE.format(pin=escape(pin)))


@ROUTES.get("/ca.pem")
def ca_pem(desk: Desk = Depends(desk_of)) -> Response:  # noqa: B008
    """Give the CA's certificate."""
    return Response(_pem(desk), media_type="application/x-pem-file")


def _pem(desk: Desk) -> str:
    if desk.certificates is None or not desk.certificates.ca_pem:
        raise ApiError(404, "no-ca", "this desk has no certificate authority of its own")
    return desk.certificates.ca_pem
