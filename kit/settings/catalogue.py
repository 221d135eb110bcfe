"""The settings as a list: read off the structs, so that neither loading nor the documentation keeps its own."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_type_hints

import msgspec
from msgspec import Struct

from kit.settings.groups import Setting, Settings

CONFIG_VARIABLE: Final = "KIT_CONFIG"
# The command line's; a shell that has them must still start a gateway.
CLIENT_VARIABLES: Final = ("KIT_GATEWAY_URL", "KIT_LANG")


class Declared(Struct, frozen=True):
    """A setting and its place: ``path`` is its key in the file, such as ``gateway.port``."""

    path: str
    setting: Setting
    default: object


class Documented(Struct, frozen=True):
    """One line of the documentation; ``key`` is the setting's place in `kit.toml`."""

    name: str
    key: str
    default: str
    meaning: str


def documented() -> tuple[Documented, ...]:
    """Every variable, in the order of the structs."""
    config = Documented(CONFIG_VARIABLE, "", "kit.toml", "the configuration file")
    return (config, *(_line(declared) for declared in DECLARED.values()))


def _line(declared: Declared) -> Documented:
    setting = declared.setting
    return Documented(setting.variable, declared.path, setting.default or _shown(declared.default), setting.meaning)


def _shown(default: object) -> str:
    """A default as one would write it into the environment."""
    if isinstance(default, Mapping):
        return _shown(tuple(f"{name}={value}" for name, value in default.items()))
    if isinstance(default, tuple):
        return ",".join(default) or "none"
    return "none" if default is None else f"{default}"


def _declared(group: type[Struct], before: str = "") -> Iterator[Declared]:
    hints = get_type_hints(group, include_extras=True)
    for field in msgspec.structs.fields(group):
        hint: Any = hints[field.name]
        if isinstance(hint, type) and issubclass(hint, Struct):
            yield from _declared(hint, f"{field.name}.")
        elif settings := getattr(hint, "__metadata__", ()):
            yield Declared(f"{before}{field.name}", settings[0], field.default)


DECLARED: Final[Mapping[str, Declared]] = {declared.path: declared for declared in _declared(Settings)}
GROUPS: Final = frozenset(path.partition(".")[0] for path in DECLARED if "." in path)
