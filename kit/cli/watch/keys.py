"""What a terminal sends, as the keys that were pressed."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

NAMES: Final[Mapping[str, str]] = {
    "\t": "tab",
    "\x1b": "escape",
    "\x1b[A": "up",
    "\x1bOA": "up",
    "\x1b[B": "down",
    "\x1bOB": "down",
    "\x1b[5~": "page up",
    "\x1b[6~": "page down",
    "\x1b[Z": "shift tab",
    "\x0c": "r",  # Ctrl-L, as everywhere else.
}
# One key is a control sequence as a whole, or a letter.
KEY: Final = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|\x1b|.", re.DOTALL)


def keys_in(typed: bytes) -> Iterator[str]:
    """The keys in order; what has no name here is itself."""
    for found in KEY.finditer(typed.decode(errors="replace")):
        yield NAMES.get(found[0], found[0])
