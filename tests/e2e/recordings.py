"""Recordings whose prices go where a test needs them to."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

BEGIN: Final = datetime(2024, 3, 1, 12, tzinfo=UTC)
STEP: Final = timedelta(seconds=1)


def recorded(path: Path, prices: Sequence[str], *, times: int = 1, amount: str = "10") -> Path:
    """Write trades of ``amount``, one every second of the market, that go through ``prices`` again and again."""
    lines = ["timestamp,price,amount"]
    for place, price in enumerate([*prices] * times):
        lines.append(f"{(BEGIN + place * STEP).isoformat()},{price},{amount}")
    path.write_text("\n".join(lines))
    return path


def replaying(recordings: Mapping[str, Path], speed: float) -> dict[str, str]:
    """The environment of a gateway that plays them, ``speed`` prices a second."""
    tapes = ",".join(f"{pair}={path}" for pair, path in recordings.items())
    return {"KIT_MARKET": "replay", "KIT_REPLAY": tapes, "KIT_REPLAY_SPEED": str(speed)}
