"""Where several recordings stand that are played together."""

from collections.abc import Sequence

import polars as pl


class Playhead:
    """Plays the rows of all recordings in the order of their times, one at a time; none is ever skipped.

    Times are microseconds since 1970. ``now`` is the time of the newest row that was played, or the start.
    """

    def __init__(self, times: Sequence[pl.Series], start: int) -> None:
        rows = pl.concat(
            pl.DataFrame({"at": series, "tape": pl.Series([n], dtype=pl.UInt16).new_from_index(0, len(series))})
            for n, series in enumerate(times)
        ).sort("at", maintain_order=True)
        self._at, self._tape = rows["at"], rows["tape"]
        self.position = _played(self._at, start)
        self.played = [_played(series, start) for series in times]
        self.now = start

    @property
    def upcoming(self) -> int | None:
        """The time of the next row, None after the last."""
        return self._at[self.position] if self.position < len(self._at) else None

    def advance(self) -> None:
        """Play the next row; there has to be one."""
        self.now = self._at[self.position]
        self.played[self._tape[self.position]] += 1
        self.position += 1

    def finish(self, end: int) -> None:
        self.now = max(self.now, end)


def _played(times: pl.Series, start: int) -> int:
    return int(times.search_sorted(start, side="right"))
