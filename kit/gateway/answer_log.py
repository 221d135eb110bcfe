"""What the log says of answers: each changing command a line, reads where one looks closely, slow ones loudly."""

from typing import Final

import structlog

from kit.gateway.parts import Outcome

log = structlog.get_logger(__name__)

SLOW_S: Final = 1.0  # Most answers take milliseconds; a person begins to wonder at about a second.


def log_answer(*, changes: bool, code: Outcome, seconds: float, **about: str | None) -> None:
    """Log what came of one request; ``about`` is what is not bound yet of client, request and method."""
    say = log.info if changes else log.debug
    what, became = ("command", "executed") if changes else ("read", "answered")
    say(f"{what} {became if code == 'ok' else 'refused'}", code=code, ms=in_ms(seconds), **about)


def warn_of_slow(code: Outcome, seconds: float) -> None:
    """Say so where a client waited too long; an answer that is held back on purpose is not for this."""
    if seconds > SLOW_S:
        log.warning("slow answer", code=code, ms=in_ms(seconds))


def in_ms(seconds: float) -> float:
    return round(seconds * 1_000, 3)
