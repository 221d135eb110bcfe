"""What an import of kit costs those who only want a part of it."""

import subprocess
import sys

HEAVY = {"aiohttp", "ccxt", "eventsourcing", "polars"}


def loaded_by(statement: str) -> set[str]:
    program = f"import sys; {statement}; print(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    )


def test_importing_kit_loads_nothing_heavy() -> None:
    assert loaded_by("import kit") & HEAVY == set()


def test_the_client_loads_no_gateway_no_exchanges_and_no_frames() -> None:
    loaded = loaded_by("from kit import KitClient")
    assert loaded & {"ccxt", "eventsourcing", "polars"} == set()
    assert {
        name for name in loaded if name.startswith(("kit.gateway", "kit.trading", "kit.exchanges", "projections"))
    } == (set())
