"""``python -m tests.crash --rounds N [--seed S]``: kill the gateway under load, N times, and check what it promised.

The exit code is 1 where a promise was broken; the seed and the ledger are then named.
"""

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

from tests.crash.campaign import Campaign, Round

PROBLEMS_SHOWN: Final = 20
HEAD: Final = " round  gateway was killed     sent  answered  open  asked again  compared   events  problems"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    options = parser.parse_args()
    directory = Path(tempfile.mkdtemp(prefix="kit-crash-"))
    started = time.monotonic()
    print(f"seed {options.seed}\n{HEAD}", flush=True)
    campaign, rounds = asyncio.run(run(directory, options.seed, options.rounds))
    print(summary(campaign, rounds, time.monotonic() - started))
    problems = [problem for one in rounds for problem in one.problems]
    if not problems:
        shutil.rmtree(directory)
        return 0
    for problem in problems[:PROBLEMS_SHOWN]:
        print(f"  {problem}")
    print(f"{len(problems)} problems with seed {options.seed}; the ledger is in {directory}")
    return 1


async def run(directory: Path, seed: int, rounds: int) -> tuple[Campaign, list[Round]]:
    """All rounds, and the end; a round with a problem is the last."""
    campaign = Campaign(directory, seed)
    done: list[Round] = []
    for number in range(1, rounds + 1):
        done.append(await campaign.round())
        print(line(str(number), done[-1]), flush=True)
        if done[-1].problems:
            return campaign, done
    done.append(await campaign.end())
    print(line("end", done[-1]), flush=True)
    return campaign, done


def line(name: str, one: Round) -> str:
    how = one.killed_in if one.killed_in == "stopped" else f"while {one.killed_in}"
    return (
        f"{name:>6}  {how:<20} {one.sent:>6} {one.answered:>9} {one.unanswered:>5} {one.asked_again:>12}"
        f" {'yes' if one.compared else 'no':>9} {one.events:>8} {len(one.problems):>9}"
    )


def summary(campaign: Campaign, rounds: list[Round], seconds: float) -> str:
    notebook = campaign.notebook
    methods = Counter(notebook.commands[key].method for key, one in notebook.answers.items() if one.error is None)
    acknowledged = methods.total()
    return (
        f"{len(rounds)} starts in {seconds:.1f} s: {len(notebook.commands)} commands, {acknowledged} acknowledged, "
        f"{len(notebook.answers) - acknowledged} refused, {len(notebook.repeats)} repeated, "
        f"{rounds[-1].events} events, {sum(len(one.problems) for one in rounds)} problems\n"
        f"acknowledged: {', '.join(f'{method} {times}' for method, times in sorted(methods.items()))}"
    )


if __name__ == "__main__":
    sys.exit(main())
