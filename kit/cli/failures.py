"""What a command says and returns when it did not work out."""

from typing import IO, Any

import click

from kit.cli.exit_codes import REFUSED, UNKNOWN, UNREACHABLE
from kit.cli.language import text as _
from kit.cli.risk_words import explanation
from kit.client.errors import CONNECTION_REFUSED, AuthFailed, GatewayUnreachable, KitError, NoAnswer, OutcomeUnknown
from kit.wire.frames import encode


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
    """What happened and what to do about it; what the gateway itself said stays as it came."""
    match error:
        case GatewayUnreachable():
            why = "" if error.why == CONNECTION_REFUSED else f" ({error.why})"
            return _("No gateway at {url}{why}. Start one with: kit gateway", url=url, why=why)
        case OutcomeUnknown(key=str(key)):
            unknown = _("Nobody knows whether {method} was carried out ({why}).", method=error.method, why=_(error.why))
            return f"{unknown}\n{_('Repeat the command with: --key {key}', key=key)}"
        case NoAnswer():
            return _("No answer within {seconds} s.", seconds=error.timeout_s)
        case AuthFailed():
            return f"{refused(error)}. {_('Give the token with --token or KIT_GATEWAY_TOKEN.')}"
        case KitError(code=str()):
            return f"{refused(error)}{explanation(error)}"
        case _:
            return f"{error.message[:1].upper()}{error.message[1:]}."


def refused(error: KitError) -> str:
    return _("Refused ({code}): {message}", code=_(error.code or ""), message=error)


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
