"""What must hold for any log, whoever wrote it; each check yields a sentence for what is wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from domain.account import Account, Balance
from domain.events import Event
from domain.events.fills import FillRecorded, OrderFilled
from domain.events.funds import FundsDeposited, FundsWithdrawn
from domain.events.linking import OrderLinked
from domain.events.orders import OrderPlaced, OrderRefused
from domain.money import ZERO
from domain.streams import key_space
from kit.log.keys import KeyName, KeyRow, keys_of
from projections import balances
from tests.crash.evidence import Evidence
from tests.crash.trading_checks import trading_problems

# One command writes at most one of each; of cancellations one of each order.
ONCE_A_COMMAND = (FillRecorded, FundsDeposited, FundsWithdrawn, OrderPlaced, OrderRefused)


def log_problems(log: Evidence) -> Iterator[str]:
    """Everything that is wrong with ``log`` in itself."""
    for check in (gaps, keys_used_twice, trades_booked_twice, index_mistakes):
        yield from check(log)
    if not any(gaps(log)):  # Nothing can be replayed over a gap.
        for check in (imbalances, negative_balances, wrong_locks, odd_views, trading_problems):
            yield from check(log)


def gaps(log: Evidence) -> Iterator[str]:
    versions: Counter[str] = Counter()
    for place, row in enumerate(log.rows, start=1):
        versions[row.stream] += 1
        if row.seq != place:
            yield f"position {row.seq} stands where {place} should"
            return
        if row.version != versions[row.stream]:
            yield f"{row.stream} has version {row.version} after {versions[row.stream] - 1}"
            return


def keys_used_twice(log: Evidence) -> Iterator[str]:
    """A key stands for one command: one unbroken run of entries, with one fact of a kind."""
    runs: dict[tuple[str, str], list[tuple[str, int, type[Event]]]] = defaultdict(list)
    for entry in log.entries:
        if entry.stamp.key is not None:
            name = key_space(entry.stream), entry.stamp.key
            runs[name].append((entry.stream, entry.version, type(entry.event)))
    for (space, key), run in runs.items():
        stream, first, _ = run[0]
        if [(where, version) for where, version, _ in run] != [(stream, first + n) for n in range(len(run))]:
            yield f"key {key} of {space} is used in two places"
        kinds = Counter(kind for _, _, kind in run)
        if OrderLinked in kinds:
            del kinds[OrderPlaced]  # One command places two orders of which one cancels the other.
        yield from (f"key {key} wrote {kind.__name__} twice" for kind in ONCE_A_COMMAND if kinds[kind] > 1)


def trades_booked_twice(log: Evidence) -> Iterator[str]:
    booked = Counter(
        (entry.stream, entry.event.trade_id)
        for entry in log.entries
        if isinstance(entry.event, OrderFilled | FillRecorded)
    )
    yield from (f"trade {trade} is booked {times} times" for trade, times in booked.items() if times > 1)


def index_mistakes(log: Evidence) -> Iterator[str]:
    """The key index is what the log says, but for keys of commands that wrote nothing."""
    kept = {row.name: row for row in log.keys}
    said: dict[KeyName, KeyRow] = {}
    for row in keys_of(log.entries):
        said.setdefault(row.name, row)
    yield from (f"the index has {kept.get(name)} for {row}" for name, row in said.items() if kept.get(name) != row)


def imbalances(log: Evidence) -> Iterator[str]:
    sums = log.views.balances.group_by("asset").agg(pl.col("amount").sum())
    yield from (f"all buckets of {asset} sum to {left}" for asset, left in sums.rows() if left)


def negative_balances(log: Evidence) -> Iterator[str]:
    for account in log.accounts.values():
        for asset, balance in account.balances.items():
            if balance.free < 0 or balance.locked < 0:
                yield f"{account.id} has {balance} {asset}"


def wrong_locks(log: Evidence) -> Iterator[str]:
    """Locked is what orders and exits hold, to the last digit."""
    for account in log.accounts.values():
        held = reserved(account)
        for asset, balance in account.balances.items():
            if balance.locked != held.get(asset, ZERO):
                yield f"{account.id} locks {balance.locked} {asset}, its orders and exits {held.get(asset, ZERO)}"


def reserved(account: Account) -> dict[str, Decimal]:
    held: dict[str, Decimal] = defaultdict(Decimal)
    for order in account.orders.values():
        held[order.paid_asset] += order.reserved
    for bracket in account.brackets.values():
        held[bracket.base] += bracket.amount
    return held


def odd_views(log: Evidence) -> Iterator[str]:
    """The views say what the accounts' state says."""
    for account in log.accounts.values():
        viewed = {
            asset: Balance(free, locked)
            for asset, free, locked in balances.read(log.views.balances, account.account, account.exchange)
            .select("asset", "free", "locked")
            .iter_rows()
        }
        if viewed != account.balances:
            yield f"the balances view has {viewed}, {account.id} has {account.balances}"
    for account in log.accounts.values():
        for order in (*account.orders.values(), *account.closed.values()):
            if log.statuses.get(order.order_id) != order.status:
                yield f"order {order.order_id} is {order.status}, in the view {log.statuses.get(order.order_id)}"
