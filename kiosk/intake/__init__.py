"""The pure flow engine: what to ask next, and how a screen says it."""
