"""From what is written to `Settings`, or to everything that is wrong with it at once."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from kit.settings.catalogue import DECLARED
from kit.settings.errors import SettingsError, Unusable
from kit.settings.groups import Settings
from kit.settings.rules import REFUSED, WARNED, Rule
from kit.settings.sources import Given, config_file, from_environment, from_file
from kit.settings.tokens import IN_FILES, read_token

VALUE_CHARS_SHOWN: Final = 200

Values = dict[str, Any]


def load_settings(environ: Mapping[str, str], config_path: Path | None = None) -> Settings:
    """Read the environment over the file over the defaults.

    ``config_path`` is a file that must be there; without it KIT_CONFIG names one, else `kit.toml` is read if it exists.

    Raises:
        SettingsError: with every problem, not just the first.
    """
    settings, problems = readable_settings(environ, config_path)
    if problems:
        raise SettingsError(problems)
    return settings


def readable_settings(environ: Mapping[str, str], config_path: Path | None = None) -> tuple[Settings, list[str]]:
    """Every setting that can be read, the default in place of any other; and all that is wrong, a sentence each."""
    problems: list[str] = []
    file = _once(from_file(config_file(environ, config_path), problems), problems)
    environment = _once(from_environment(environ, problems), problems)
    given = _over(file, environment)
    values = _with_file_tokens(_read(given.values(), problems), given, problems)
    settings = _built(values)
    unreadable = set(given) - set(values)
    problems.extend(_broken(REFUSED, settings, unreadable))
    return replace(settings, warnings=tuple(_broken(WARNED, settings, unreadable))), problems


def _once(given: Iterable[Given], problems: list[str]) -> dict[str, Given]:
    """By path; a token and its file in one source would leave open which counts."""
    by_path = {item.path: item for item in given}
    for path, file_path in IN_FILES.items():
        if path in by_path and file_path in by_path:
            problems.append(f"{by_path[path].name} and {by_path[file_path].name} are both set: one must go")
    return by_path


def _over(file: Mapping[str, Given], environment: Mapping[str, Given]) -> dict[str, Given]:
    """The environment's values, and the file's where the environment says nothing of the same thing."""
    said = {IN_FILES.get(path, path) for path in environment}
    return {path: item for path, item in file.items() if IN_FILES.get(path, path) not in said} | dict(environment)


def _read(given: Iterable[Given], problems: list[str]) -> Values:
    """The values that can be read, by path."""
    values: Values = {}
    for item in given:
        setting = DECLARED[item.path].setting
        try:
            values[item.path] = setting.form.read(item.value)
        except Unusable as error:
            shown = item.name if setting.hidden else f"{item.name} is {_shown(item.value)}"
            problems.append(f"{shown}: {error}")
    return values


def _with_file_tokens(values: Values, given: Mapping[str, Given], problems: list[str]) -> Values:
    """``values`` with the tokens that are kept in files; the path of one that cannot be read is taken out."""
    read = values.copy()
    for path, file_path in IN_FILES.items():
        if file_path in values:
            try:
                read[path] = read_token(values[file_path])
            except Unusable as error:
                problems.append(f"{given[file_path].name} is {_shown(str(values[file_path]))}: {error}")
                del read[file_path]
    return read


def _built(values: Values) -> Settings:
    tops: Values = {}
    groups: dict[str, Values] = {}
    for path, value in values.items():
        group, dot, field = path.rpartition(".")
        (groups.setdefault(group, {}) if dot else tops)[field] = value
    settings = Settings(**tops)
    return replace(settings, **{name: replace(getattr(settings, name), **fields) for name, fields in groups.items()})


def _broken(rules: Iterable[Rule], settings: Settings, unreadable: set[str]) -> Iterator[str]:
    for rule in rules:
        if unreadable.isdisjoint(rule.paths):
            yield from rule.broken(settings)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= VALUE_CHARS_SHOWN else f"{text[:VALUE_CHARS_SHOWN]}…"
