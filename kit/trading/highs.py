"""The highest price that each trailing stop has seen: exact, where the ledger records it in steps."""

from collections.abc import Container
from decimal import Decimal
from typing import Final, NamedTuple

from msgspec.structs import replace

from domain.account import Bracket, highest, trailing_level
from domain.money import EXACT

# Of the trail's distance: a trend writes few events, and a restart or a sale by hand gives back less than this.
STEP: Final = Decimal("0.1")


class Seen(NamedTuple):
    """The highest price of an exit, and what the ledger said when it was seen."""

    high: Decimal
    recorded: Decimal | None


class Highs:
    """By entry. What the ledger has recorded always counts."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}

    def raised(self, bracket: Bracket, price: Decimal) -> Bracket:
        """``bracket`` with its highest price up to now, ``price`` included; one without a trailing stop as it is."""
        if bracket.trailing_stop is None:
            return bracket
        known = [high for high in (bracket.high, self._known(bracket)) if high is not None]
        high = max([price, *known])
        self._seen[bracket.order_id] = Seen(high, bracket.high)
        return replace(bracket, high=high)

    def keep(self, armed: Container[str]) -> None:
        """Forget the exits of all entries but those ``armed``."""
        self._seen = {entry: seen for entry, seen in self._seen.items() if entry in armed}

    def _known(self, bracket: Bracket) -> Decimal | None:
        """What was seen of this very exit: a recorded high never falls, so one below it belongs to what was sold."""
        seen = self._seen.get(bracket.order_id)
        if seen is None or highest(seen.recorded, bracket.high) != bracket.high:
            return None
        return seen.high


def is_step(recorded: Bracket, raised: Bracket) -> bool:
    """Whether the level has risen far enough since it was ``recorded`` to be recorded again."""
    before, now, percent = recorded.high, raised.high, raised.trailing_stop
    if now is None or percent is None or before is None:
        return now is not None
    level = trailing_level(before, percent)
    risen = EXACT.subtract(trailing_level(now, percent), level)
    return risen > 0 and risen >= EXACT.multiply(STEP, EXACT.subtract(before, level))
