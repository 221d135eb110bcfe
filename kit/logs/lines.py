"""Where lines go, and what they look like."""

from typing import Final, Literal, TextIO

import orjson
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["console", "json"]

FIRST: Final = ("at", "level", "event")
EVENT_CHARS: Final = 40  # Where the values of most entries line up.


class LineLogger:
    """The end of the chain: writes a finished line to ``stream``; ``name`` is that of the logger."""

    __slots__ = ("_stream", "name")

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self.name = name

    def msg(self, line: str) -> None:
        try:
            self._stream.write(f"{line}\n")
            self._stream.flush()
        except (OSError, ValueError):
            # The terminal is gone or the stream is closed: trading goes on, and there is nowhere to tell it.
            return

    debug = info = warning = error = critical = msg


def renderers(form: LogFormat, stream: TextIO) -> list[Processor]:
    """The processors that make the line, to follow ``clean``."""
    if form == "json":
        return [json_line]
    return [
        indent_exception,
        ConsoleRenderer(
            colors=stream.isatty(),
            exception_formatter=plain_traceback,
            timestamp_key="at",
            sort_keys=False,
            pad_event_to=EVENT_CHARS,
        ),
    ]


def json_line(_logger: WrappedLogger, _method: str, entry: EventDict) -> str:
    """One JSON object in one line; when, how bad and what come first."""
    first = {name: entry.pop(name) for name in FIRST}
    return orjson.dumps({**first, **entry}).decode()


def indent_exception(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
    """Mark each line of a traceback, whose message may hold lines that a client wrote."""
    if "exception" in entry:
        entry["exception"] = "\n".join(f"  | {line}" for line in entry["exception"].split("\n"))
    return entry
