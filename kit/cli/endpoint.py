"""Which gateway the command line talks to, and with which token."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from kit.cli.language import text as _

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = "18800"
# A gateway told to listen everywhere is reached here.
REACHED_AT: Final = {"0.0.0.0": "127.0.0.1", "::": "::1", "": DEFAULT_HOST}  # noqa: S104 - read, never bound.


class Endpoint(NamedTuple):
    """The address, the token or the file that holds it, and how long a command may take in all."""

    url: str
    typed_token: str | None
    timeout_s: float
    token_file: Path | None = None

    @property
    def token(self) -> str | None:
        """The token itself, or the one in the file, read when somebody asks: not every command needs one.

        Raises:
            click.BadParameter: the file cannot be read.
        """
        if self.typed_token or self.token_file is None:
            return self.typed_token
        try:
            return self.token_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise click.BadParameter(unreadable(self.token_file, error), param_hint="'--token-file'") from None

    def __repr__(self) -> str:
        return f"Endpoint(url={self.url!r})"


def endpoint_from(params: Mapping[str, Any]) -> Endpoint:
    """What the options of ``kit`` itself, and the environment, say."""
    return Endpoint(params["url"] or url_from(os.environ), params["token"], params["timeout_s"], params["token_file"])


def url_from(environ: Mapping[str, str]) -> str:
    """The url of a gateway that was started with the same environment."""
    host = environ.get("KIT_GATEWAY_HOST", DEFAULT_HOST)
    host = REACHED_AT.get(host, host)
    port = environ.get("KIT_GATEWAY_PORT") or DEFAULT_PORT
    return f"ws://{f'[{host}]' if ':' in host else host}:{port}"


def unreadable(file: Path, error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("{name} {filename!r} does not exist.", name=_("file").capitalize(), filename=str(file))
    why = error.strerror if isinstance(error, OSError) else type(error).__name__
    return _("Could not open file {filename!r}: {message}", filename=str(file), message=why)
