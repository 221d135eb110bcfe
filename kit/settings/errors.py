"""What is wrong with the settings."""

import os
from collections.abc import Iterable
from typing import Final


class Unusable(ValueError):
    """A value that a setting cannot have; the text ends the sentence "KIT_X is 'y': …"."""


class SettingsError(Exception):
    """The gateway cannot start as it is configured; ``problems`` are all the reasons, a sentence each."""

    exit_code: Final = getattr(os, "EX_CONFIG", 78)  # Windows has the name for none of these.

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
