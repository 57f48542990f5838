"""What is plugged into the kiosk: cameras, code scanners and keypads, and their simulations."""
