"""German, one table an area: the English text as it stands in the source, and what is said instead."""

from collections.abc import Mapping
from typing import Final

from kit.cli.german import (
    click,
    doctor,
    failures,
    findings,
    gateway,
    market,
    options,
    orders,
    portfolio,
    risk,
    start,
    system,
    trading,
    watch,
)

AREAS: Final = (
    click,
    start,
    options,
    failures,
    system,
    doctor,
    findings,
    gateway,
    market,
    orders,
    trading,
    portfolio,
    risk,
    watch,
)
TABLES: Final[tuple[Mapping[str, str], ...]] = tuple(area.TEXTS for area in AREAS)
TEXTS: Final = {english: german for table in TABLES for english, german in table.items()}
