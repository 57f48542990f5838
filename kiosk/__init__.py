"""A self check-in kiosk that adapts to the patient."""

__version__ = "0.1.0"
