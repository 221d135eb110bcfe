"""Which gateway the command line talks to, and with which token."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = "18800"
# A gateway told to listen everywhere is reached here.
REACHED_AT: Final = {"0.0.0.0": "127.0.0.1", "::": "::1", "": DEFAULT_HOST}  # noqa: S104 - read, never bound.


class Endpoint(NamedTuple):
    """The address, the token, and how long a command may take in all."""

    url: str
    token: str | None
    timeout_s: float

    def __repr__(self) -> str:
        return f"Endpoint(url={self.url!r})"


def endpoint_from(params: Mapping[str, Any]) -> Endpoint:
    """What the options of ``kit`` itself, and the environment, say.

    Raises:
        OSError: the token's file cannot be read.
    """
    token = token_from(params["token"], params["token_file"])
    return Endpoint(params["url"] or url_from(os.environ), token, params["timeout_s"])


def url_from(environ: Mapping[str, str]) -> str:
    """The url of a gateway that was started with the same environment."""
    host = environ.get("KIT_GATEWAY_HOST", DEFAULT_HOST)
    host = REACHED_AT.get(host, host)
    port = environ.get("KIT_GATEWAY_PORT") or DEFAULT_PORT
    return f"ws://{f'[{host}]' if ':' in host else host}:{port}"


def token_from(token: str | None, token_file: Path | None) -> str | None:
    """The token itself, or the one in the file, whose last line break is not part of it."""
    return token or (token_file.read_text().strip() if token_file is not None else None)
