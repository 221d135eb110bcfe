"""What a batch of events does to each order, without walking through them one by one.

The table of ``domain.orders`` (state, what happened) → state lets the last state be told from four facts. A fill that
completes the order makes it filled, from every state and for ever. Without one, a cancellation stands, save one that
met a rejected order. Otherwise the order is partial once anything was filled, else rejected, pending or unknown.
"""

from typing import Final

import polars as pl

from projections.sums import with_shadows

FILLS: Final = ("OrderFilled", "FillRecorded")
CHANGES: Final = (
    *(*FILLS, "OrderAccepted", "OrderTriggered", "OrderAmended", "OrderCancelled", "OrderRejected"),
    *("OrderLinked", "OrderReleased"),
)
AMENDED: Final = ("price", "stop_price", "stop_loss", "take_profit", "trailing_stop")
READ: Final = [
    *(
        "seq",
        "at",
        "topic",
        "order_id",
        "amount",
        *AMENDED,
        "fee",
        "fee_asset",
        "exchange_order_id",
        "reason",
        "other_id",
    ),
    "held",
    pl.col("order").struct.field("amount").alias("amount_then"),
    pl.col("order").struct.field("status").alias("status_then"),
]
SUMMED: Final = ("filled_amount", "filled_notional", "fee")
NEW: Final = "_new"

is_fill: Final = pl.col("topic").is_in(FILLS)
is_cancellation: Final = pl.col("topic") == "OrderCancelled"
is_rejection: Final = pl.col("topic") == "OrderRejected"
is_amendment: Final = pl.col("topic") == "OrderAmended"
is_link: Final = pl.col("topic") == "OrderLinked"

filled: Final = pl.when(is_fill).then(pl.col("amount"))
said: Final = pl.when(is_amendment).then(pl.col("amount")).otherwise(pl.col("amount_then"))
# How far an order was filled, and wanted to be, right after each of its events, and whether it had been rejected.
PROGRESS: Final = {
    "filled_amount": filled,
    "filled_notional": filled * pl.when(is_fill).then(pl.col("price")),
    "done": pl.col("before") + filled.fill_null(0).cum_sum().over("order_id"),
    "wanted": said.forward_fill().over("order_id").fill_null(pl.col("planned")),
    "refused": (pl.col("was") == "rejected") | is_rejection.cum_max().over("order_id"),
}

# The fills of an order know what they make of it; one recorded elsewhere can complete only what has an amount.
recorded: Final = (pl.col("topic") == "FillRecorded") & pl.col("spend").is_null() & (pl.col("done") >= pl.col("wanted"))
completes: Final = (is_fill & (pl.col("status_then") == "filled")).fill_null(False) | recorded
cancels: Final = is_cancellation & ((pl.col("done") > 0) | ~pl.col("refused"))
fee_asset: Final = pl.when(pl.col("fee") != 0).then(pl.col("fee_asset"))
# Per order: sums of its fills, what happened at all, and the last word on what can be said more than once.
FACTS: Final = [
    *with_shadows(SUMMED),
    is_fill.sum().cast(pl.Int64).alias("fill_count"),
    completes.any().alias("completed"),
    cancels.any().alias("cancelled"),
    is_rejection.any().alias("refused"),
    ((pl.col("topic") == "OrderAccepted") | (is_link & pl.col("held"))).any().alias("accepted"),
    pl.when(is_link).then(pl.col("other_id")).last(ignore_nulls=True).alias("linked_to"),
    pl.when(cancels).then(pl.col("reason")).first(ignore_nulls=True).alias("cancelled_for"),
    pl.when(is_rejection).then(pl.col("reason")).first(ignore_nulls=True).alias("refused_for"),
    fee_asset.min().alias("fee_asset_first"),
    fee_asset.max().alias("fee_asset_last"),
    pl.col("exchange_order_id").last(ignore_nulls=True),
    pl.when(pl.col("topic") == "OrderTriggered").then(pl.col("at")).min().alias("triggered_at"),
    pl.when(is_amendment).then(pl.col("seq")).max().alias("amended_seq"),
    pl.col("wanted").last(),
    pl.col("at").last().alias("updated_at"),
    pl.col("seq").last(),
]

fee_assets: Final = [pl.col(name) for name in ("fee_asset", "fee_asset_first", "fee_asset_last")]
in_one_asset: Final = pl.min_horizontal(fee_assets).eq_missing(pl.max_horizontal(fee_assets))
# Sums go up by what is new; the fee is null once fills paid it in more than one asset, and so is its asset.
ADDED: Final = [
    *(pl.col(name) + pl.col(name + NEW).fill_null(0) for name in ("filled_amount", "filled_notional", "fill_count")),
    pl.when(in_one_asset).then(pl.col("fee") + pl.col("fee" + NEW).fill_null(0)),
    pl.when(in_one_asset & pl.col("fee").is_not_null()).then(pl.coalesce(fee_assets)).alias("fee_asset"),
    pl.coalesce("wanted", "amount").alias("amount"),
    pl.coalesce("triggered_at", "triggered_at" + NEW),
    *(pl.coalesce(name + NEW, name).alias(name) for name in ("exchange_order_id", "linked_to", "updated_at", "seq")),
]

was: Final = pl.col("status")
now: Final = pl.col("now")
STATUS: Final = (
    pl.when((was == "filled") | pl.col("completed"))
    .then(pl.lit("filled"))
    .when((was == "cancelled") | pl.col("cancelled"))
    .then(pl.lit("cancelled"))
    .when(pl.col("filled_amount") > 0)
    .then(pl.lit("partial"))
    .when((was == "rejected") | pl.col("refused"))
    .then(pl.lit("rejected"))
    .when((was == "pending") | pl.col("accepted"))
    .then(pl.lit("pending"))
    .otherwise(pl.lit("unknown"))
)
REASON: Final = (
    pl.when(now == was)
    .then(pl.col("reason"))
    .when(now == "cancelled")
    .then(pl.col("cancelled_for"))
    .when(now == "rejected")
    .then(pl.col("refused_for"))
)
# An order by budget knows its amount once it is filled.
by_budget: Final = pl.col("spend").is_not_null() & (now == "filled")
AMOUNT: Final = pl.when(by_budget).then(pl.col("filled_amount")).otherwise(pl.col("amount"))
