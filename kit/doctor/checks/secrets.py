"""Whether the files that hold tokens are for their owner alone."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, problem, warning
from kit.doctor.scene import Scene
from kit.settings.sources import config_file, from_file
from kit.settings.tokens import IN_FILES

ADVICE: Final = "chmod 600 {file}, and make a new token: others may have read this one"


def secrets(scene: Scene, beat: Beat) -> Iterator[Finding]:
    files = list(files_with_secrets(scene))
    found = [finding for file in files if (finding := exposed(file)) is not None]
    if not files:
        yield ok("no file holds a token")
    elif not found:
        yield ok("for their owner alone: {files}", files=", ".join(map(str, files)))
    yield from found


def files_with_secrets(scene: Scene) -> Iterator[Path]:
    gateway = scene.settings.gateway
    yield from (file for file in (gateway.token_file, gateway.read_token_file) if file is not None and file.exists())
    config = config_file(scene.environ, None)
    if config is not None and any(given.path in IN_FILES for given in from_file(config, [])):
        yield config


def exposed(file: Path) -> Finding | None:
    """What is wrong with the rights of a file that holds a secret."""
    mode = file.stat().st_mode
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        return problem("{file} holds a token, and every user of this machine can read or change it", ADVICE, file=file)
    if mode & (stat.S_IRGRP | stat.S_IWGRP):
        return warning("{file} holds a token, and its group can read or change it", ADVICE, file=file)
    return None
