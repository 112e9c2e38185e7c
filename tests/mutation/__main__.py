"""Change the code that decides, one small change at a time, and see whether a test fails.

`python -m tests.mutation [NAME ...]` works on a copy of the tracked files, so that the checkout
stays as it is. It prints each mutant that no test noticed (a survivor) and exits with 1 if there
is one that survivors.json does not explain. NAME: of TARGETS; all of them by default.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SURVIVORS = Path(__file__).with_name("survivors.json")
TIMEOUT_S = 120.0
TESTS_OF_RULES = (
    "tests/unit/streams/rules/test_exact_rules.py",
    "tests/unit/streams/rules/test_rules.py",
    "tests/unit/streams/correlation/test_assess.py",
)
# Operators that only change annotations (`A | B`) or what Python cannot tell apart.
WITHOUT = [
    "core/ReplaceBinaryOperator_BitOr_.*",
    "core/ReplaceComparisonOperator_.*_Is(Not)?$",
    "core/ReplaceBinaryOperator_.*_(RShift|LShift|Pow|BitXor|BitAnd|BitOr|FloorDiv|Mod)$",
    "core/ReplaceUnaryOperator_.*",
    "core/ExceptionReplacer",
]


@dataclass(frozen=True, slots=True)
class Target:
    """What is changed, and the tests that must notice it."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = {
    "release": Target(("schemas/release/rules.py",), ("tests/unit/schemas/release",)),
    "rules": Target(
        ("streams/rules/rule.py", "streams/rules/rule_book.py", "streams/rules/trait_condition.py"),
        TESTS_OF_RULES,
    ),
    "versions": Target(
        ("streams/intake/event_versions.py",),
        ("tests/unit/streams/intake/test_event_versions.py",),
    ),
    "chain": Target(
        ("streams/intake/bundle_chain.py",), ("tests/unit/streams/intake/test_fold.py",)
    ),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. `line` counts from 1; `code` is that line as it was."""

    module: str
    line: int
    operator: str
    code: str

    @property
    def key(self) -> str:
        """Identify the mutant without its line number, which moves with every edit."""
        return f"{self.module}: {self.operator}: {self.code}"


def copy_project(folder: Path) -> None:
    """Copy the files that git tracks."""
    git = shutil.which("git") or "git"
    names = subprocess.run([git, "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in names.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)


def write_config(target: Target, path: Path) -> None:
    """Write the configuration of cosmic-ray for one target."""
    tests = " ".join(target.tests)
    command = f"{sys.executable} -m pytest -x -q {tests}"
    path.write_text(
        "[cosmic-ray]\n"
        f"module-path = {json.dumps(list(target.modules))}\n"
        f"timeout = {TIMEOUT_S}\nexcluded-modules = []\n"
        f"test-command = {json.dumps(command)}\n"
        '[cosmic-ray.distributor]\nname = "local"\n'
        f"[cosmic-ray.filters.operators-filter]\nexclude-operators = {json.dumps(WITHOUT)}\n",
        encoding="utf-8",
    )


def cosmic_ray(folder: Path, program: str, *arguments: str) -> str:
    """Run one of cosmic-ray's programs in the copy; what it printed."""
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    environ = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder), "HOME": str(folder)}
    finished = subprocess.run(
        command, cwd=folder, env=environ, check=True, capture_output=True, text=True
    )
    return finished.stdout


def run(target: Target, folder: Path) -> tuple[int, list[Mutant]]:
    """Try every mutant of a target: how many there were, and those that no test noticed."""
    write_config(target, folder / "mutation.toml")
    session = "mutation.sqlite"
    (folder / session).unlink(missing_ok=True)
    cosmic_ray(folder, "cosmic-ray", "init", "mutation.toml", session)
    cosmic_ray(folder, "cr-filter-operators", session, "mutation.toml")
    cosmic_ray(folder, "cosmic-ray", "exec", "mutation.toml", session)
    results = list(read_results(cosmic_ray(folder, "cosmic-ray", "dump", session), folder))
    return len(results), [mutant for mutant, survived in results if survived]


def read_results(dump: str, folder: Path) -> Iterator[tuple[Mutant, bool]]:
    """Read cosmic-ray's dump: each mutant that was tried, and whether it survived."""
    for line in dump.splitlines():
        item, result = json.loads(line)
        if result is None or result["worker_outcome"] == "skipped":
            continue
        (mutation,) = item["mutations"]
        module, number = str(mutation["module_path"]), int(mutation["start_pos"][0])
        code = (folder / module).read_text(encoding="utf-8").splitlines()[number - 1].strip()
        mutant = Mutant(module, number, str(mutation["operator_name"]), code)
        yield mutant, result["test_outcome"] == "survived"


def main(names: Sequence[str]) -> int:
    """Print the score of each target and its survivors. Returns 1 for an unexplained survivor."""
    explained = json.loads(SURVIVORS.read_text(encoding="utf-8"))
    unexplained = 0
    with tempfile.TemporaryDirectory(prefix="quipu-mutants-") as name:
        folder = Path(name)
        copy_project(folder)
        for target_name in names or TARGETS:
            total, survivors = run(TARGETS[target_name], folder)
            killed = total - len(survivors)
            print(f"{target_name}: {killed} of {total} noticed ({killed / max(total, 1):.1%})")
            for mutant in survivors:
                reason = explained.get(mutant.key)
                unexplained += reason is None
                print(f"  {mutant.module}:{mutant.line} {mutant.operator}: {mutant.code}")
                print(f"    {reason or 'not explained in survivors.json'}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
