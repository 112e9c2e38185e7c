"""Prepare a process for trials: import what the tests need, and record what each test calls."""

from __future__ import annotations

import ast
import os
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import Phase, settings

from tests.mutation.targets import ROOT, Target

PROFILE = "mutants"
OPTIONS = (
    *("-q", "-x", "--noconftest", "-W", "ignore", "-p", "no:cacheprovider"),
    *("-p", "_hypothesis_pytestplugin", f"--hypothesis-profile={PROFILE}"),
)
"""No conftest: a unit test of these targets needs none, and importing ours takes a second."""


@dataclass(slots=True)
class Baseline:
    """What the tests do without a change.

    `reached`: by test, the functions of the target that it calls. `cpu_s`: the CPU time of all.
    `failure`: the first test that fails, with its report.
    """

    reached: dict[str, set[str]] = field(default_factory=dict)
    cpu_s: float = 0.0
    failure: str = ""


class _Recorder:
    """Record which functions of the target each test calls."""

    def __init__(self, modules: Iterable[str]) -> None:
        self.baseline = Baseline()
        self.files = {str(ROOT / path) for path in modules}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        reached = self.baseline.reached.setdefault(item.nodeid, set())

        def record(frame: FrameType, event: str, _argument: object) -> None:
            if event == "call" and frame.f_code.co_filename in self.files:
                reached.add(frame.f_code.co_qualname.split(".<locals>")[0])

        sys.setprofile(record)
        try:
            return (yield)
        finally:
            sys.setprofile(None)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.baseline.failure = f"{report.nodeid}\n{report.longreprtext}"


def import_tests(target: Target) -> None:
    """Import what the tests of a target need, then forget what depends on its modules."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    settings.register_profile(
        PROFILE,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
    )
    run_pytest([*target.tests, "--collect-only"], [])
    for name in dependants({module_name(path) for path in target.modules}):
        del sys.modules[name]


def record_baseline(target: Target) -> Baseline:
    """Run the tests without a change."""
    recorder = _Recorder(target.modules)
    status = run_pytest(target.tests, [recorder])
    baseline = recorder.baseline
    if status != pytest.ExitCode.OK and not baseline.failure:
        baseline.failure = f"pytest ends with {status!r}"
    baseline.cpu_s = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    return baseline


def run_pytest(arguments: Sequence[str], plugins: Sequence[object]) -> pytest.ExitCode:
    """Run pytest in this process, without output."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        return pytest.ExitCode(pytest.main([*OPTIONS, *arguments], plugins=list(plugins)))


def module_name(path: str) -> str:
    """Name the module of a file, as imports do."""
    return path.removesuffix(".py").replace("/", ".")


def dependants(modules: set[str]) -> set[str]:
    """List the imported modules among these, and those that import one, directly or not."""
    imports = {name: _imports(file) for name, file in _project_modules()}
    size = 0
    while size != len(modules):
        size = len(modules)
        modules = modules | {name for name, names in imports.items() if names & modules}
    return modules & set(sys.modules)


def _project_modules() -> Iterator[tuple[str, Path]]:
    for name, module in list(sys.modules.items()):
        file = Path(getattr(module, "__file__", None) or "/")
        if file.is_relative_to(ROOT) and file.suffix == ".py":
            yield name, file


def _imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
