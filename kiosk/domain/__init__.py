"""The words of the field as values: no input or output, no clock, no randomness."""
