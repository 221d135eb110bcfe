"""What a command says and returns when it did not work out."""

from typing import IO, Any, Final

import click

from kit.cli.risk_words import explanation
from kit.client.errors import (
    CONNECTION_REFUSED,
    AuthFailed,
    GatewayUnreachable,
    KitError,
    NoAnswer,
    OutcomeUnknown,
    RiskLimitExceeded,
)
from kit.wire.frames import encode

REFUSED: Final = 1
UNREACHABLE: Final = 3
UNKNOWN: Final = 4


class Failed(click.ClickException):
    """Says what went wrong on standard error: a sentence, or with ``--json`` one document. The gateway refused."""

    exit_code = REFUSED

    def __init__(self, error: KitError, *, url: str, as_json: bool) -> None:
        super().__init__(sentence(error, url))
        self._error = error
        self._as_json = as_json

    def show(self, file: IO[Any] | None = None) -> None:
        text = encode(document(self._error)).decode() if self._as_json else self.message
        click.echo(text, file=file, err=True)


class Unreachable(Failed):
    """There was nobody to answer, and nothing was done."""

    exit_code = UNREACHABLE


class Unknown(Failed):
    """The command was sent, and nothing says what became of it."""

    exit_code = UNKNOWN


def failure(error: KitError, *, url: str, as_json: bool) -> Failed:
    """The failure with the exit code for ``error``."""
    kind: type[Failed] = Failed
    if isinstance(error, OutcomeUnknown):
        kind = Unknown
    elif isinstance(error, (GatewayUnreachable, NoAnswer)):
        kind = Unreachable
    return kind(error, url=url, as_json=as_json)


def sentence(error: KitError, url: str) -> str:
    match error:
        case GatewayUnreachable():
            why = "" if error.why == CONNECTION_REFUSED else f" ({error.why})"
            return f"No gateway at {url}{why}. Start one with: kit gateway"
        case OutcomeUnknown(key=str(key)):
            return f"{error.message[:1].upper()}{error.message[1:]}.\nRepeat the command with: --key {key}"
        case AuthFailed():
            return f"Refused (AUTH_FAILED): {error}. Give the token with --token or KIT_GATEWAY_TOKEN."
        case RiskLimitExceeded():
            return f"Refused (RISK_LIMIT_EXCEEDED): {error}{explanation(error.details)}"
        case KitError(code=str(code)):
            return f"Refused ({code}): {error}"
        case _:
            return f"{error.message[:1].upper()}{error.message[1:]}."


def document(error: KitError) -> dict[str, Any]:
    """The error as the gateway says it, with the ``key`` to try again with where the outcome is unknown."""
    said = {
        "code": error.code,
        "message": error.message,
        "retryable": error.retryable,
        "retryAfterMs": error.retry_after_ms,
        "details": dict(error.details) or None,
        "key": error.key if isinstance(error, OutcomeUnknown) else None,
    }
    return {name: value for name, value in said.items() if value is not None}
