"""Which settings are set, where, and what is wrong with them."""

from collections.abc import Iterator, Mapping

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, problem, warning
from kit.doctor.scene import Scene
from kit.settings.catalogue import CLIENT_VARIABLES, CONFIG_VARIABLE, DECLARED
from kit.settings.secret import MASK
from kit.settings.sources import Given, config_file, from_environment, from_file


def settings(scene: Scene, beat: Beat) -> Iterator[Finding]:
    yield from findings(scene.wrong_settings, scene.settings.warnings, said(scene.environ))


def findings(wrong: list[str], unwise: tuple[str, ...], set_to: str) -> Iterator[Finding]:
    for sentence in wrong:
        yield problem(
            "{wrong}", "mend it: the gateway does not start like this (docs/configuration.md)", wrong=sentence
        )
    for sentence in unwise:
        yield warning("{unwise}", "leave it so if you mean it (docs/configuration.md)", unwise=sentence)
    if not wrong and not unwise:
        yield ok("{settings}", settings=set_to) if set_to else ok("nothing is set: the defaults hold")


def said(environ: Mapping[str, str]) -> str:
    """The file, and every setting that is set: ``kit.toml: gateway.port=1; KIT_LOG_LEVEL=info``."""
    file = config_file(environ, None)
    in_file = {given.path: shown(given.path, given) for given in from_file(file, [])}
    in_environment = {given.path: shown(given.name, given) for given in from_environment(environ, [])}
    for path in in_file.keys() & in_environment.keys():
        in_environment[path] += " (over the file)"
    clients = [f"{name}={environ[name]}" for name in (CONFIG_VARIABLE, *CLIENT_VARIABLES) if environ.get(name)]
    parts = [*clients, *in_environment.values()]
    if file is not None:
        parts = [f"{file}: {', '.join(in_file.values()) or 'empty'}", *parts]
    return "; ".join(parts)


def shown(name: str, given: Given) -> str:
    return f"{name}={MASK if DECLARED[given.path].setting.hidden else given.value}"
