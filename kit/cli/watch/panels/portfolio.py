"""The portfolio: what it is worth, how that changed, and what it is made of."""

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from kit.cli.figures import NONE, percent, usd
from kit.cli.language import text as _
from kit.cli.watch.columns import Column
from kit.cli.watch.figures import amount
from kit.cli.watch.model import Model
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import QUIET, WARNING, Part, fitted, styled, trend
from kit.wire.portfolio import Asset, Snapshot

COLUMNS: Final = (
    Column("Asset"),
    Column("Free", rank=1, right=True),
    Column("Locked", rank=2, right=True),
    Column("USD", right=True),
    Column("Share", rank=3, right=True),
    Column("Exchange", rank=4),
)


def portfolio(model: Model, room: Room) -> list[Text]:
    if model.portfolio is None:
        return room.table(COLUMNS, None, row, "")
    total = fitted(total_parts(model.portfolio), room.width)
    none = _("nothing; kit deposit ASSET AMOUNT books what came in")
    return [total, *room.below(1).table(COLUMNS, model.portfolio.assets, row, none)]


def total_parts(snapshot: Snapshot) -> Iterator[Part]:
    yield Part(styled(f"{usd(snapshot.total_value_usd)} USD", "bold"))
    if snapshot.total_value_btc is not None:
        yield Part(styled(f"{snapshot.total_value_btc:.6f} BTC"), rank=3)
    yield Part(styled(_("24 h {change}", change=percent(snapshot.change24h)), trend(snapshot.change24h)), rank=1)
    yield Part(styled(_("7 d {change}", change=percent(snapshot.change7d)), trend(snapshot.change7d)), rank=2)
    if snapshot.incomplete:
        yield Part(styled(_("without assets that have no price"), WARNING), rank=1)


def row(asset: Asset) -> list[Text]:
    share = NONE if asset.allocation is None else f"{asset.allocation:.1f} %"
    return [
        styled(asset.symbol, "bold"),
        styled(amount(asset.free)),
        styled(amount(asset.locked), QUIET if not asset.locked else ""),
        styled(usd(asset.value_usd)),
        styled(share),
        styled(asset.exchange, QUIET),
    ]
