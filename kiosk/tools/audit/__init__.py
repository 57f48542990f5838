"""`kiosk audit`: every screen in every language, mode and size, and what of access.md it breaks."""
