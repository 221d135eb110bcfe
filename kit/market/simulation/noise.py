"""Random numbers that belong to a name: the same on every machine, in any order of asking.

Only sums, products and square roots follow from here on. IEEE 754 fixes their last digit; that of ``exp`` or ``log``
depends on the C library, and a price must not.
"""

import struct
from hashlib import shake_256
from typing import Final

U16_MAX: Final = 65_535
NORMAL_TERMS: Final = 4
NORMAL_BYTES: Final = 2 * NORMAL_TERMS
NORMAL_CENTRE: Final = NORMAL_TERMS * U16_MAX // 2
NORMAL_SCALE: Final = 1 / 37_837.5  # The deviation of a sum of four 16-bit numbers: 2^16 * (4 / 12)^0.5.
FRACTION_SCALE: Final = 1 / (U16_MAX + 1)


def normals(name: str, count: int) -> list[float]:
    """Return ``count`` numbers that are nearly normal: mean 0, deviation 1, none beyond ±3.5."""
    terms = struct.unpack(f"<{NORMAL_TERMS * count}H", shake_256(name.encode()).digest(NORMAL_BYTES * count))
    sums = zip(terms[::4], terms[1::4], terms[2::4], terms[3::4], strict=True)
    return [(a + b + c + d - NORMAL_CENTRE) * NORMAL_SCALE for a, b, c, d in sums]


def fractions(name: str, count: int) -> list[float]:
    """Return ``count`` numbers, evenly spread over [0, 1)."""
    return [n * FRACTION_SCALE for n in struct.unpack(f"<{count}H", shake_256(name.encode()).digest(2 * count))]
