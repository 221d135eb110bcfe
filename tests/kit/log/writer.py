"""A process that writes a log and says what became of each commit, for tests that hurt it from outside.

``python -m tests.kit.log.writer DATA_DIR COMMITS [NOTE_BYTES [FILE_BYTES_MAX]]`` prints ``ready``, then for each commit
its position or the name of its error. With ``FILE_BYTES_MAX`` no file can grow beyond that until a commit has failed;
after the last commit the process waits to be killed, or for its input to end.
"""

import resource
import signal
import sys
from pathlib import Path

from kit.log.errors import LogError
from kit.log.log import Log
from kit.log.opening import open_log
from tests.kit.log.entries import MAIN, deposit


def limit_files(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def commit_one(log: Log, note: str) -> None:
    try:
        (seq,) = log.commit([deposit(log.last_version(MAIN) + 1, note=note)])
    except LogError as error:
        limit_files(resource.RLIM_INFINITY)
        print(type(error).__name__, flush=True)
    else:
        print(seq, flush=True)


def main(data_dir: str, commits: str, note_bytes: str = "0", file_bytes_max: str = "-1") -> None:
    log = open_log(Path(data_dir))
    limit_files(int(file_bytes_max))
    print("ready", flush=True)
    for _ in range(int(commits)):
        commit_one(log, "x" * int(note_bytes))
    sys.stdin.read()
    log.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
