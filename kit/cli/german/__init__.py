"""German, one table an area: the English text as it stands in the source, and what is said instead."""

from collections.abc import Mapping
from typing import Final

from kit.cli.german import click, failures, options, start, system

TABLES: Final[tuple[Mapping[str, str], ...]] = (click.TEXTS, start.TEXTS, options.TEXTS, failures.TEXTS, system.TEXTS)
TEXTS: Final = {english: german for table in TABLES for english, german in table.items()}
