"""The language of whoever reads: English as it stands in the source, German from the tables in ``kit.cli.german``.

A text is looked up where it is shown, never where it is defined, so the environment decides at every look. Modules
import ``text`` as ``_``, the name that gettext made customary.
"""

import os
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["en", "de"]
LANGUAGE_VARIABLE: Final = "KIT_LANG"
# The first that is set decides, as it does for every other program; ours comes before theirs.
VARIABLES: Final = (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")


def language(environ: Mapping[str, str]) -> Language:
    """The language that a locale such as ``de_AT.UTF-8`` names; what is not German is English."""
    locale = next((environ[name] for name in VARIABLES if environ.get(name)), "")
    return "de" if locale.lower().replace("-", "_").split(".")[0].split("_")[0] == "de" else "en"


def text(english: str, /, **values: object) -> str:
    """``english``, or what stands for it in German, with ``values`` in the places of their names."""
    said = german().get(english, english) if language(os.environ) == "de" else english
    return said.format(**values) if values else said


def counted(one: str, many: str, count: int, /, **values: object) -> str:
    """``one`` or ``many``, as ``count`` asks for; German has its plural where English has it."""
    return text(one if count == 1 else many, **values)


@cache
def german() -> Mapping[str, str]:
    from kit.cli.german import TEXTS  # noqa: PLC0415 - who reads English does not load it.

    return TEXTS
