"""Identifiers that sort by time: UUIDv7 (RFC 9562 §5.7), from a time and randomness handed in."""

from datetime import datetime
from uuid import UUID


def uuid7(at: datetime, entropy: bytes) -> UUID:
    """Build a UUIDv7 from an aware time (ms precision) and 10 random bytes."""
    if len(entropy) != 10:
        raise ValueError("a UUIDv7 takes 10 bytes of randomness")
    value = (int(at.timestamp() * 1000) & (1 << 48) - 1) << 80 | int.from_bytes(entropy, "big")
    value = value & ~(0xF << 76) | 7 << 76
    return UUID(int=value & ~(0b11 << 62) | 0b10 << 62)
