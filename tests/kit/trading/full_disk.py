"""A journal whose files may grow no further than FILE_BYTES_MAX, for a test of a full disk.

``python -m tests.kit.trading.full_disk DATA_DIR FILE_BYTES_MAX`` deposits under keys 0, 1, 2 … and prints each key, or
the error's name; after the first error there is room again, and the same key is tried once more.
"""

import asyncio
import resource
import signal
import sys
from pathlib import Path

from msgspec.structs import replace

from kit.log.opening import open_log
from kit.logs import configure_logs
from kit.trading.errors import LedgerUnavailable
from kit.trading.journal import Journal
from kit.trading.tasks import Task
from tests.domain.books import deposit
from tests.kit.trading.asked import opening, task
from tests.kit.trading.journals import journalling


def limit_files(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def money(key: int) -> Task:
    return task(replace(deposit("BTC", "1"), note="x" * 10_000), str(key))


async def until_full(journal: Journal) -> int:
    key = 0
    while True:
        try:
            await journal.submit(money(key))
        except LedgerUnavailable as error:
            print(type(error).__name__)
            return key
        print(key)
        key += 1


async def main(data_dir: str, file_bytes_max: str) -> None:
    configure_logs("info", "json", sys.stderr)
    log = open_log(Path(data_dir))
    async with journalling(log, opening()) as (journal, _):
        limit_files(int(file_bytes_max))
        failed = await until_full(journal)
        limit_files(resource.RLIM_INFINITY)
        outcome = await journal.submit(money(failed))
        assert not outcome.duplicate
        print(failed)
        print("healed" if journal.problem is None else journal.problem)
    log.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
