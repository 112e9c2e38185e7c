"""`python -m benchmarks.compare BEFORE AFTER [NAME ...]`: two commits on one machine, in turn.

Each commit is checked out into a temporary folder and measured by its own bench, with this
interpreter: before, after, after, before, and so on. So both meet the same machine, and what it
does to the first of a pair it does to the other in the next. The figures are medians; the ratio is
that of the medians, greater than 1 where AFTER is better.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
RESULT = Path("benchmarks", "out", "latest.json")
NAMES = ("pipeline", "sink", "latency")

Figures = dict[str, dict[str, Any]]
"""As benchmarks/out/latest.json has them, by name."""


def main() -> int:
    """Run the command; return 1 if a measurement failed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.compare", description="Measure two commits in turn."
    )
    parser.add_argument("before", help="a commit")
    parser.add_argument("after", help="a commit")
    parser.add_argument("names", nargs="*", help=f"of the bench; default: {' '.join(NAMES)}")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each commit")
    parser.add_argument("--events", type=int, default=200_000, help="of pipeline and sink")
    args = parser.parse_args()
    command = [*(args.names or NAMES), "--events", str(args.events)]
    runs: list[list[Figures]] = [[], []]
    with ExitStack() as stack:
        folders = [stack.enter_context(checked_out(commit)) for commit in (args.before, args.after)]
        for number in range(args.rounds):
            for which in (0, 1) if number % 2 == 0 else (1, 0):
                print(f"round {number + 1}: {(args.before, args.after)[which]}", flush=True)
                runs[which].append(measure(folders[which], command))
    print("\n".join(report(*runs)))
    return 0


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Check a commit out into a temporary folder, for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="quipu-compare-") as folder:
        path = Path(folder, "checkout")
        _git("worktree", "add", "--detach", str(path), commit)
        try:
            yield path
        finally:
            _git("worktree", "remove", "--force", str(path))


def measure(folder: Path, command: Sequence[str]) -> Figures:
    """Run the bench of a checkout. Raises CalledProcessError where it fails."""
    (folder / RESULT).unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "-m", "benchmarks", *command],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        check=True,
    )
    figures: Figures = json.loads((folder / RESULT).read_text(encoding="utf-8"))["figures"]
    return figures


def report(before: Sequence[Figures], after: Sequence[Figures]) -> Iterator[str]:
    """Yield a line of each figure that both commits have."""
    yield f"{'figure':<30} {'before':>12} {'after':>12} {'ratio':>6}  rounds"
    for name in before[0]:
        if name not in after[0]:
            continue
        pair = [[run[name]["value"] for run in runs] for runs in (before, after)]
        first, second = map(median, pair)
        ratio = second / first if after[0][name]["at_least"] else first / second
        yield f"{name:<30} {first:>12,.2f} {second:>12,.2f} {ratio:>6.2f}  {pair[0]} {pair[1]}"


def _git(*arguments: str) -> None:
    command = ["git", "-C", str(ROOT), *arguments]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
