"""The generated sections of a page: what stands between their markers is ours, everything else its author's."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from kit.reference.documents import documents_section
from kit.reference.errors import errors_section
from kit.reference.events import events_section
from kit.reference.limits import limits_section
from kit.reference.methods import index_section, methods_section
from kit.reference.settings import settings_section

SECTION: Final = re.compile(r"(?P<begin><!-- generated: (?P<name>\w+) -->\n).*?(?P<end><!-- end of \w+ -->)", re.DOTALL)
SECTIONS: Final[Mapping[str, Callable[[], str]]] = {
    "index": index_section,
    "methods": methods_section,
    "documents": documents_section,
    "events": events_section,
    "errors": errors_section,
    "limits": limits_section,
    "settings": settings_section,
}


def rewritten(page: str) -> str:
    """``page`` with its generated sections as they have to be now; raises ``KeyError`` for one that nobody knows."""
    return SECTION.sub(lambda found: f"{found['begin']}\n{SECTIONS[found['name']]()}\n\n{found['end']}", page)
