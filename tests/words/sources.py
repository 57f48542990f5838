"""Every message that may be shown, and the catalogues that are shipped for it."""

from kiosk.domain import needs
from kiosk.i18n.catalog import SOURCE
from kiosk.i18n.languages import language
from kiosk.i18n.offer import translated
from kiosk.i18n.sources import forms, notes, template
from kiosk.resources import shipped

LOCALE = shipped("assets", "locale")
TABLE = needs.read_table(shipped("assets", "needs.toml"))
TRANSLATED = translated(LOCALE)
OFFERED = (language(SOURCE), *TRANSLATED)
TEMPLATE = template()
NOTES = notes(TEMPLATE)
MESSAGES = tuple(form for message in TEMPLATE if message.id for form in forms(message.id))
