"""Sets up logging, ours and that of the libraries, as one chain to one stream."""

import logging
from typing import Final, Literal, TextIO

import structlog
from structlog.typing import Processor

from kit.logs.entries import clean
from kit.logs.lines import LineLogger, LogFormat, renderers

LogLevel = Literal["debug", "info", "warning", "error"]

UNNAMED: Final = "kit"


class IntoStructlog(logging.Handler):
    """Hands the entries of the libraries (aiohttp, asyncio) to our own chain."""

    def emit(self, record: logging.LogRecord) -> None:
        # The five usual levels are all that structlog knows; a library's own counts as the one below it.
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)
        structlog.get_logger(record.name).log(level, _message(record), exc_info=record.exc_info or None)


def configure_logs(level: LogLevel, form: LogFormat | None, stream: TextIO) -> None:
    """Write entries from ``level`` on to ``stream``; without a ``form`` readable on a terminal, as JSON elsewhere."""
    chosen: LogFormat = form or ("console" if stream.isatty() else "json")
    least = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*_chain(), *renderers(chosen, stream)],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=lambda *names: LineLogger(stream, names[0] if names else UNNAMED),
        cache_logger_on_first_use=False,  # A logger made before this call follows it all the same.
    )
    logging.basicConfig(handlers=[IntoStructlog()], level=least, force=True)


def _chain() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.format_exc_info,
        clean,
    ]


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # The library's arguments do not fit its format.
        return f"{record.msg} {record.args}"
