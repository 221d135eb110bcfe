"""Account states as of the last commit, loaded from snapshots and the log, and kept by the one thread that decides."""

from typing import Final

import msgspec
import structlog

from domain.account import Account
from domain.evolve import evolve_entry
from kit.log.errors import LogError
from kit.log.log import Log

log = structlog.get_logger(__name__)

SNAPSHOT_EVERY: Final = 1_000  # Events replayed at most for one account at a start: some 20 ms.


class States:
    """The committed state of each account stream."""

    def __init__(self, ledger: Log) -> None:
        self._log = ledger
        self._accounts: dict[str, Account] = {}
        self._snapshot_versions: dict[str, int] = {}

    def get(self, stream: str) -> Account:
        """The account after its last committed event; one that was never opened is at version 0."""
        account = self._accounts.get(stream)
        if account is None:
            account = self._accounts[stream] = self._load(stream)
        return account

    def last_version(self, stream: str) -> int:
        return self._log.last_version(stream)

    def adopt(self, accounts: dict[str, Account]) -> None:
        """Take the accounts as they are after a commit."""
        self._accounts.update(accounts)

    def forget(self, streams: frozenset[str]) -> None:
        """Drop states that the log has overtaken, to be loaded again."""
        for stream in streams:
            self._accounts.pop(stream, None)

    def save_snapshots(self, accounts: dict[str, Account]) -> None:
        """Keep a snapshot of each account that has moved on far enough; losing one costs nothing but time."""
        for stream, account in accounts.items():
            if account.version - self._snapshot_versions.get(stream, 0) >= SNAPSHOT_EVERY:
                self._snapshot_versions[stream] = account.version
                try:
                    self._log.snapshots.save(stream, account.version, msgspec.json.encode(account))
                except LogError:
                    log.exception("a snapshot is not saved", stream=stream, version=account.version)

    def _load(self, stream: str) -> Account:
        account = self._from_snapshot(stream)
        self._snapshot_versions[stream] = account.version
        for entry in self._log.read_stream(stream, account.version):
            account = evolve_entry(account, entry)
        return account

    def _from_snapshot(self, stream: str) -> Account:
        latest = self._log.snapshots.latest(stream)
        if latest is not None:
            try:
                return msgspec.json.decode(latest[1], type=Account)
            except msgspec.DecodeError:
                log.exception("a snapshot is unreadable; replaying the log", stream=stream, version=latest[0])
        return Account(id=stream)
