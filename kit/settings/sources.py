"""Where settings are written: the environment and `kit.toml`. Nothing that is written there is passed over."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from kit.settings.catalogue import CLIENT_VARIABLES, CONFIG_VARIABLE, DECLARED, GROUPS

PREFIX: Final = "KIT_"
PATH_OF: Final = {declared.setting.variable: path for path, declared in DECLARED.items()}


class Given(Struct, frozen=True):
    """A value as written; ``name`` is what its author calls it."""

    path: str
    name: str
    value: object


def from_environment(environ: Mapping[str, str], problems: list[str]) -> list[Given]:
    """The variables that are set; an empty one is not, since compose files pass on what they do not have."""
    others = (CONFIG_VARIABLE, *CLIENT_VARIABLES)
    names = [name for name in environ if name.startswith(PREFIX) and name not in others]
    problems.extend(_unknown(name, (*PATH_OF, *others)) for name in sorted(names) if name not in PATH_OF)
    return [Given(PATH_OF[name], name, environ[name]) for name in names if name in PATH_OF and environ[name].strip()]


def from_file(file: Path | None, problems: list[str]) -> list[Given]:
    """What the file says; nothing where there is none."""
    if file is None:
        return []
    try:
        written = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        problems.append(f"{file} cannot be read: {error.strerror}")
        return []
    except ValueError as error:  # No TOML, or no text.
        problems.append(f"{file} is not a TOML file: {error}")
        return []
    return list(_of_table(written, file, problems))


def config_file(environ: Mapping[str, str], given: Path | None) -> Path | None:
    """The file that was asked for, or `kit.toml` in the working directory where there is one."""
    if given is not None:
        return given
    if named := environ.get(CONFIG_VARIABLE, "").strip():
        return Path(named)
    usual = Path("kit.toml")
    return usual if usual.exists() else None


def _of_table(table: Mapping[str, Any], file: Path, problems: list[str], before: str = "") -> Iterator[Given]:
    for key, value in table.items():
        path = f"{before}{key}"
        if path in DECLARED:
            yield Given(path, f"{path} in {file}", value)
        elif path not in GROUPS:
            problems.append(_unknown(path, (*DECLARED, *GROUPS), f" in {file}"))
        elif isinstance(value, dict):
            yield from _of_table(value, file, problems, f"{path}.")
        else:
            problems.append(f"{path} in {file} must be a table, written [{path}]")


def _unknown(name: str, known: Iterable[str], where: str = "") -> str:
    nearest = get_close_matches(name, known, n=1)
    return f"{name}{where} is not a setting" + (f"; did you mean {nearest[0]}?" if nearest else "")
