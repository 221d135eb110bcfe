"""What a package declares that it needs, as far as kit's own declarations go: bounds from below and above."""

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Final

from msgspec import Struct

DECLARED: Final = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<bounds>[^;]*)(?:;(?P<marker>.*))?")
BOUND: Final = re.compile(r"(>=|<)\s*([0-9][^,\s]*)")


class Requirement(Struct, frozen=True):
    """``bounds`` such as ``>=3.14.5,<3.15``; ``conditional`` for some platforms, ``extra`` for tests alone."""

    name: str
    bounds: str
    conditional: bool
    extra: bool

    def allows(self, version: str) -> bool:
        numbers = release(version)
        return all(
            numbers >= release(bound) if sign == ">=" else numbers < release(bound)
            for sign, bound in BOUND.findall(self.bounds)
        )


def read_requirement(line: str) -> Requirement:
    """From ``aiohttp<3.15,>=3.14.5`` or ``uvloop>=0.22.1; sys_platform != 'win32'``."""
    found = DECLARED.fullmatch(line)
    assert found is not None, line
    marker = found["marker"] or ""
    bounds = ",".join(sorted(found["bounds"].replace(" ", "").split(","), reverse=True))
    return Requirement(found["name"], bounds, bool(marker), "extra" in marker)


def read_constraints(text: str) -> Mapping[str, str]:
    """The version by package of every ``name==version`` line; what stands behind a semicolon is left out."""
    lines = (line.partition(";")[0].strip() for line in text.splitlines() if "==" in line and not line.startswith("#"))
    return dict(line.split("==") for line in lines)


def release(version: str) -> tuple[int, ...]:
    """The leading numbers without zeros at the end, so that 1.0 equals 1; what follows them (rc1) is passed over."""
    numbers = [int(part) for part in takewhile(str.isdigit, version.split("."))]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
