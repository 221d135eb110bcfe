"""Which pairs may be entered; any pair may be left."""

from domain.risk.breach import Breach, inputs_of
from domain.risk.limits import text_of
from domain.risk.proposal import Proposal


def allowed_pair(order: Proposal) -> Breach | None:
    allowed = order.limits.allowed_pairs
    if allowed is None or is_among(order.pair, allowed):
        return None
    message = f"{order.pair} is not among the pairs that may be bought: {', '.join(allowed)}"
    return Breach("allowedPairs", text_of(allowed), message, inputs_of(pair=order.pair))


def blocked_pair(order: Proposal) -> Breach | None:
    blocked = order.limits.blocked_pairs
    if not is_among(order.pair, blocked):
        return None
    message = f"{order.pair} is blocked: it may be sold, but not bought"
    return Breach("blockedPairs", text_of(blocked), message, inputs_of(pair=order.pair))


def is_among(pair: str, named: tuple[str, ...]) -> bool:
    """Whether ``pair`` is one of those ``named``, in whatever case: a limit must not fail for how it was typed."""
    return pair.upper() in (one.upper() for one in named)
