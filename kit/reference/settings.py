"""The section on settings."""

from kit.reference.markdown import code, table
from kit.settings import Documented, documented


def settings_section() -> str:
    return table(("variable", "in `kit.toml`", "default", "meaning"), map(_row, documented()))


def _row(one: Documented) -> list[str]:
    return [code(one.name), code(one.key) if one.key else "", _default(one.default), one.meaning]


def _default(default: str) -> str:
    """As code where it could be written like that, and is no description."""
    return default if " " in default or default == "none" else code(default)
