"""Run the tests of a target against its mutants, each in a process of its own.

The parent has imported what the tests need. Each mutant is tried in a fork of it, which imports
only the changed module and what depends on it. No file changes.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import CodeType, ModuleType

import pytest

from tests.mutation.mutants import Mutant
from tests.mutation.preparation import (
    Baseline,
    import_tests,
    module_name,
    record_baseline,
    run_pytest,
)
from tests.mutation.targets import ROOT, Target

CPU_FACTOR = 3
CPU_GRACE_S = 3
"""A mutant may take three times the CPU time of the tests, and three seconds: else it is endless.

CPU time, not the clock: a busy machine must not decide what is noticed.
"""
MEMORY_B = 6 * 1024**3
NOT_NOTICED = "not noticed"
OVER_LIMIT = "over the limit of CPU time or memory"
NOT_IMPORTED = "an import fails"


class _ChangedModule(MetaPathFinder, SourceLoader):  # type: ignore[misc]  # as typeshed has it
    """Give the changed source when its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = module_name(mutant.path)

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname == self.name else None

    def get_filename(self, _fullname: str) -> str:
        return str(ROOT / self.mutant.path)

    def get_data(self, _path: str) -> bytes:
        return self.mutant.source.encode()

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _TestOrder:
    """Run those tests first that reach the change, the most successful of them at the head."""

    def __init__(self, baseline: Baseline, definition: str, successes: Mapping[str, int]) -> None:
        self.baseline, self.definition, self.successes = baseline, definition, successes
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=self._place)

    def _place(self, item: pytest.Item) -> tuple[bool, int]:
        reaches = self.definition in self.baseline.reached.get(item.nodeid, ())
        return not reaches, -self.successes.get(item.nodeid, 0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant, and its result: the test that notices it, NOT_NOTICED, or another reason."""

    mutant: Mutant
    result: str


def prepare(target: Target) -> Baseline:
    """Import what the tests need, and run them without a change in a fork.

    Raises RuntimeError if one fails.
    """
    import_tests(target)
    receiver, process = _start(_send_baseline, target)
    baseline = receiver.recv()
    process.join()
    if not isinstance(baseline, Baseline) or baseline.failure or not baseline.reached:
        raise RuntimeError(f"without a change: {getattr(baseline, 'failure', baseline)}")
    return baseline


def try_all(
    target: Target, mutants: Sequence[Mutant], baseline: Baseline, processes: int
) -> Iterator[Trial]:
    """Try the mutants, so many at a time. Raises RuntimeError if a trial itself fails."""
    successes: Counter[str] = Counter()
    running: dict[int, tuple[Mutant, Connection, BaseProcess]] = {}
    waiting = list(reversed(mutants))
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            receiver, process = _start(_send_result, target, mutant, baseline, dict(successes))
            running[receiver.fileno()] = mutant, receiver, process
        for ready in wait([receiver for _, receiver, _ in running.values()]):
            mutant, receiver, process = running.pop(ready.fileno())  # type: ignore[union-attr]
            result = _receive(receiver, process)
            receiver.close()
            successes[result] += 1
            yield Trial(mutant, result)


def _start(function: Callable[..., None], *arguments: object) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=function, args=(sender, *arguments))
    process.start()
    sender.close()
    return receiver, process


def _receive(receiver: Connection, process: BaseProcess) -> str:
    """Receive a result. The kernel kills what exceeds its limits; it sends none."""
    try:
        result = str(receiver.recv())
    except EOFError:
        result = OVER_LIMIT
    process.join()
    if result == OVER_LIMIT and (process.exitcode or 0) >= 0:
        raise RuntimeError("a trial ended without a result")
    return result


def _send_baseline(sender: Connection, target: Target) -> None:
    sender.send(record_baseline(target))


def _send_result(
    sender: Connection,
    target: Target,
    mutant: Mutant,
    baseline: Baseline,
    successes: Mapping[str, int],
) -> None:
    limit = int(CPU_FACTOR * baseline.cpu_s) + CPU_GRACE_S
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_B, MEMORY_B))
    order = _TestOrder(baseline, mutant.definition, successes)
    sys.meta_path.insert(0, _ChangedModule(mutant))
    status = run_pytest(target.tests, [order])
    if status == pytest.ExitCode.OK:
        sender.send(NOT_NOTICED)
    elif status in {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}:
        sender.send(order.failed or NOT_IMPORTED)
    else:
        raise RuntimeError(f"pytest ends with {status!r}")
