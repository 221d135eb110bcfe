"""What the log must have of a command that was refused."""

from collections.abc import Iterator

from domain.events import Event
from domain.events.orders import OrderRefused
from domain.events.risk import EquityMeasured, TradingHalted, TradingResumed
from tests.crash.notebook import Answer

# A limit on losses measures before it refuses, and what it finds begins or ends a halt.
MEASURED = (EquityMeasured, TradingHalted, TradingResumed)


def check_refusal(answer: Answer, written: list[Event]) -> Iterator[str]:
    assert answer.error is not None
    refused = [event.message for event in written if isinstance(event, OrderRefused)]
    done = [event for event in written if not isinstance(event, (OrderRefused, *MEASURED))]
    expected = [answer.error.message] if answer.is_remembered else []
    if refused != expected or done or (written and not expected):
        yield f"refused with {answer.error}, and the log has {written}"
