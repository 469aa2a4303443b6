"""Sets of keys of records in few bytes: a bit for each key, compressed. Sets are compared as numbers."""

import zlib


def packed(keys):
    """The bytes that stand for these keys (whole numbers)."""
    keys = list(keys)
    bits = bytearray(max(keys, default=0) // 8 + 1)
    for key in keys:
        bits[key >> 3] |= 1 << (key & 7)
    return zlib.compress(bytes(bits), 6)


def number_of(data):
    """The set as one number, whose bit n says whether n is in it; 0 for None."""
    return int.from_bytes(zlib.decompress(bytes(data)), "little") if data else 0


def keys_of(number):
    """The keys of such a number, in order."""
    stored = number.to_bytes((number.bit_length() + 7) // 8, "little")
    return [8 * at + bit for at, byte in enumerate(stored) if byte for bit in range(8) if byte >> bit & 1]
