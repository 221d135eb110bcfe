"""click's own words, such as "Usage" and "Missing argument", through the same tables as ours."""

from typing import Final

from click import core, decorators, exceptions, formatting, parser, termui, types

from kit.cli.language import counted, text

MODULES: Final = (core, decorators, exceptions, formatting, parser, termui, types)
# The names under which click's modules know gettext's functions.
LOOKUPS: Final = {"_": text, "ngettext": counted}


def look_up_here() -> None:
    """Have click look its words up in our tables.

    It asks gettext, which reads nothing but binary catalogues from a directory; this leaves both out.
    """
    for module in MODULES:
        vars(module).update({name: function for name, function in LOOKUPS.items() if name in vars(module)})
