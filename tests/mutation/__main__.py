"""Change the code that decides, one small change at a time, and see whether a test fails.

`python -m tests.mutation [NAME ...]` prints each mutant that no test notices (a survivor). It exits
with 1 if docs/mutation.md does not explain one, or explains what is no survivor. NAME: of TARGETS;
all of them by default.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
from collections.abc import Mapping, Sequence

from tests.mutation.explanations import PAGE, read_explanations
from tests.mutation.mutants import Key, Mutant, mutants_of
from tests.mutation.targets import ROOT, TARGETS
from tests.mutation.trials import NOT_NOTICED, prepare, try_all


def run(name: str, processes: int, verbose: bool) -> bool:
    """Try the mutants of a target and print its score. Returns whether every survivor is explained.

    Raises RuntimeError if the tests fail without a change.
    """
    target = TARGETS[name]
    mutants = [mutant for path in target.modules for mutant in mutants_of(ROOT, path)]
    survivors = []
    for trial in try_all(target, mutants, prepare(target), processes):
        mutant = trial.mutant
        if verbose:
            print(f"{mutant.path}:{mutant.line} {mutant.before} → {mutant.after}: {trial.result}")
        if trial.result == NOT_NOTICED:
            survivors.append(mutant)
    explanations = {
        key: reason for key, reason in read_explanations().items() if key[0] in target.modules
    }
    findings = list_findings(survivors, explanations)
    explained = sum(mutant.key in explanations for mutant in survivors)
    killed = len(mutants) - len(survivors)
    print(
        *findings,
        f"{name}: {len(mutants)} mutants, {killed} noticed ({killed / len(mutants):.1%}), "
        f"{explained} explained, {len(survivors) - explained} not explained; "
        f"{_cpu_seconds():.0f} s of CPU time",
        sep="\n",
        flush=True,
    )
    return not findings


def list_findings(survivors: Sequence[Mutant], explanations: Mapping[Key, str]) -> list[str]:
    """Word the survivors without explanation, and the explanations without survivor."""
    unexplained = [mutant for mutant in survivors if mutant.key not in explanations]
    needless = set(explanations) - {mutant.key for mutant in survivors}
    return [
        f"{mutant.path}:{mutant.line} ({mutant.definition}): no test notices this change\n"
        f"  - {mutant.before}\n  + {mutant.after}"
        for mutant in sorted(unexplained, key=lambda mutant: (mutant.path, mutant.line))
    ] + [
        f"{PAGE.name} explains what is no survivor: {path} ({definition})\n"
        f"  - {before}\n  + {after}"
        for path, definition, before, after in sorted(needless)
    ]


def _cpu_seconds() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _run_and_exit(name: str, processes: int, verbose: bool) -> None:
    sys.exit(not run(name, processes, verbose))


def main(arguments: Sequence[str]) -> int:
    """Try the targets one after the other, each in a new process. Returns 1 if one has findings."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TARGETS))
    parser.add_argument(
        "-j", "--processes", type=int, default=os.cpu_count() or 1, help="mutants at a time"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="print every mutant")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    status = 0
    for name in options.names or TARGETS:
        process = multiprocessing.get_context("fork").Process(
            target=_run_and_exit, args=(name, options.processes, options.verbose)
        )
        process.start()
        process.join()
        status |= process.exitcode != 0
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
