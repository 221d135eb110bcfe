"""How many orders a minute."""

from domain.risk.breach import Breach, inputs_of
from domain.risk.placements import ORDERS_PER_MINUTE, within_minute
from domain.risk.proposal import Proposal


def orders_per_minute(order: Proposal) -> Breach | None:
    most = order.limits.max_orders_per_minute
    placed = len(within_minute(order.account.placements, order.now))
    if most is None or placed + order.together <= most:
        return None
    then = "" if order.together == 1 else f" and {order.together} are to be placed at once"
    message = f"{placed} orders were placed in the last minute{then}; the limit is {most}: send a new order later"
    return Breach(ORDERS_PER_MINUTE, str(most), message, inputs_of(placedInLastMinute=placed))
