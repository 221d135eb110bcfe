"""The lengths of time that the simulated path is made of, from a year of 52 weeks down to a second."""

from typing import Final

ORIGIN: Final = 1_482_710_400  # Monday 2016-12-26, the last one before 2017.

WEEK: Final = 1
DAY: Final = 2
QUARTER_DAY: Final = 3
HOUR: Final = 4
MINUTE: Final = 6
TICK: Final = 7

# One for each level; each is a multiple of the next, so that a candle of any timeframe is made of whole stretches.
SECONDS: Final = (52 * 604_800, 604_800, 86_400, 21_600, 3_600, 900, 60, 1)
PARTS: Final = (52, 7, 4, 6, 4, 15, 60)

# How much of a day is traded in each hour of UTC: Europe and America are awake from 13 to 17.
HOURS: Final = (9, 8, 8, 7, 7, 6, 7, 8, 9, 9, 9, 10, 12, 15, 17, 17, 15, 13, 12, 11, 11, 10, 9, 9)
WEEKDAYS: Final = (10, 10, 10, 10, 10, 7, 7)


def usual_share(level: int, index: int) -> int:
    """Return how busy stretch ``index`` of ``level`` usually is, beside the others within the same parent."""
    if level == DAY:
        return WEEKDAYS[index % 7]
    if level == QUARTER_DAY:
        return sum(HOURS[index % 4 * 6 : index % 4 * 6 + 6])
    return HOURS[index % 24] if level == HOUR else 10
