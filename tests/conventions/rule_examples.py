"""Check every rule file of the library, and evaluate its examples: part of `make check`.

`python -m tests.conventions.rule_examples` ends with exit code 1 where a file has a fault or an
example is not met.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from consumers.cli.rule_examples import outcomes_of
from infra.registry.rule_files import find_fault, read_rule_text
from streams.rules import parse_rule
from streams.rules.rule_book import LIBRARY


def problems_of(file: Path) -> Iterator[str]:
    """Yield what is wrong with a rule's file, each with file and line or example."""
    text = read_rule_text(file)
    fault = find_fault(file, text)
    if fault is not None:
        yield f"{file}:{fault['line']}: {fault['key']}: {fault['detail']}"
        return
    rule = parse_rule(file.stem, text)
    if not rule.examples:
        yield f"{file}: has no examples"
    for outcome in outcomes_of(rule):
        if not outcome["passed"]:
            seen = outcome["outcome"] if "expected" in outcome else outcome["findings"]
            yield f"{file}: {outcome['example']}: found {seen}"


def main() -> int:
    """Print the problems of the library; return the exit code."""
    files = sorted(LIBRARY.glob("*.toml"))
    problems = [problem for file in files for problem in problems_of(file)]
    print("\n".join(problems) if problems else f"{len(files)} rule files: every example is met")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
