"""The only place that picks real or fake parts and wires them together."""
