"""Links to the practice's own system, one module for each kind."""
