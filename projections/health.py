"""How the exchanges, the gateway and its skills are, as far as the log says."""

from typing import Final

import polars as pl
from msgspec import Struct

from projections.history import History, appended, empty_history
from projections.schema import TIME, Schema

EXCHANGE_TOPICS: Final = ("ExchangeConnected", "ExchangeDisconnected", "ExchangeMeasured")
RUN_TOPICS: Final = ("GatewayStarted", "GatewayStopped")
SKILL_TOPICS: Final = ("SkillLoaded", "SkillFailed")
TOPICS: Final = frozenset((*EXCHANGE_TOPICS, *RUN_TOPICS, *SKILL_TOPICS))

EXCHANGES: Final[Schema] = {
    "exchange": pl.String(),
    "connected": pl.Boolean(),
    "latency_ms": pl.Float64(),
    "clock_offset_ms": pl.Float64(),
    "reason": pl.String(),
    "changed_at": TIME,
    "at": TIME,
    "seq": pl.Int64(),
}
RUNS: Final[Schema] = {
    "seq": pl.Int64(),
    "at": TIME,
    "started": pl.Boolean(),
    "gateway_version": pl.String(),
    "simulated": pl.Boolean(),
    "reason": pl.String(),
}
SKILLS: Final[Schema] = {
    "skill": pl.String(),
    "loaded": pl.Boolean(),
    "skill_version": pl.String(),
    "reason": pl.String(),
    "at": TIME,
    "seq": pl.Int64(),
}


class Health(Struct, frozen=True, eq=False):
    """``EXCHANGES`` and ``SKILLS`` hold one row each, the newest word on it; ``RUNS`` every start and stop."""

    exchanges: pl.DataFrame
    skills: pl.DataFrame
    runs: History


def empty() -> Health:
    return Health(pl.DataFrame(schema=EXCHANGES), pl.DataFrame(schema=SKILLS), empty_history(RUNS))


def fold(state: Health, frame: pl.DataFrame) -> Health:
    """Health after the events of ``frame``."""
    return Health(
        exchanges=_exchanges(state.exchanges, frame),
        skills=_skills(state.skills, frame),
        runs=appended(state.runs, _runs(frame)),
    )


def _exchanges(state: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """Connected is what was last said of it (a measurement alone says yes); figures hold until there are new ones."""
    topic = pl.col("topic")
    said = pl.when(topic == "ExchangeMeasured").then(None).otherwise(topic == "ExchangeConnected")
    news = frame.lazy().filter(topic.is_in(EXCHANGE_TOPICS)).with_columns(connected=said)
    news = news.with_columns(changed_at=pl.when(pl.col("connected").is_not_null()).then("at"))
    rows = pl.concat([state.lazy(), news.select(EXCHANGES.keys())])
    kept = ("connected", "latency_ms", "clock_offset_ms", "changed_at")
    spoken = pl.col("connected").is_not_null()
    latest = rows.group_by("exchange").agg(
        *(pl.col(name).last(ignore_nulls=True) for name in kept),
        pl.col("reason").filter(spoken).last(),
        pl.col("at", "seq").last(),
    )
    return latest.select(EXCHANGES.keys()).sort("exchange").collect()


def read_exchanges(state: Health) -> pl.DataFrame:
    """``EXCHANGES`` rows sorted by exchange; one that was only ever measured answers, and so is connected."""
    return state.exchanges.with_columns(pl.col("connected").fill_null(True))


def _skills(state: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    news = (
        frame.lazy().filter(pl.col("topic").is_in(SKILL_TOPICS)).with_columns(loaded=pl.col("topic") == "SkillLoaded")
    )
    rows = pl.concat([state.lazy(), news.select(SKILLS.keys())])
    return rows.unique("skill", keep="last", maintain_order=True).sort("skill").collect()


def _runs(frame: pl.DataFrame) -> pl.DataFrame:
    news = frame.lazy().filter(pl.col("topic").is_in(RUN_TOPICS))
    return news.with_columns(started=pl.col("topic") == "GatewayStarted").select(RUNS.keys()).collect()
