"""Passes: made by the desk, drawn for screens and paper, printed as sheets for patients."""
