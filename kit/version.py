"""Which version this is."""

from importlib.metadata import PackageNotFoundError, version
from typing import Final

DISTRIBUTION: Final = "kit-gateway"
NOT_INSTALLED: Final = "0.0.0+source"


def kit_version() -> str:
    """The installed version, for example ``0.1.0``; ``0.0.0+source`` where the source tree runs uninstalled."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return NOT_INSTALLED
