"""Whose rows to read."""

import polars as pl


def owned_by(account: str | None = None, exchange: str | None = None) -> pl.Expr:
    """True for rows of ``account`` on ``exchange``; None stands for all of them."""
    chosen = pl.lit(True)
    if account is not None:
        chosen &= pl.col("account") == account
    if exchange is not None:
        chosen &= pl.col("exchange") == exchange
    return chosen
