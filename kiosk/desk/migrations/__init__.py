"""How the desk's tables came to be, one step after the other (Alembic)."""
