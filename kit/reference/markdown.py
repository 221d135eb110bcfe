"""Markdown from rows and docstrings."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

LITERAL: Final = re.compile(r"``([^`]+)``")
SNAKE: Final = re.compile(r"_([a-z0-9])")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar within a cell is text."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def code(text: str) -> str:
    return f"`{text}`"


def prose(docstring: str) -> str:
    """A docstring of a struct as text: one line a paragraph, field names as they are on the wire."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in docstring.split("\n\n"))
    return "\n\n".join(LITERAL.sub(lambda found: code(camel(found[1])), paragraph) for paragraph in paragraphs)


def camel(name: str) -> str:
    """``taker_fee`` → ``takerFee``."""
    return SNAKE.sub(lambda found: found[1].upper(), name)


def number(value: float) -> str:
    """``1000`` → ``1,000``; whole numbers without a point."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
