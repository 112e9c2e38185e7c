"""Check every rule file of the library, and evaluate its examples: part of `make check`.

`python -m tests.conventions.rule_examples` ends with exit code 1 where a file has a fault or an
example is not met.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from infra.registry.rule_files import find_fault, read_rule_text
from producers.cli.rule_files import outcome_of, pair_outcome_of
from streams.rules import DetectorRule, Rule, parse_rule
from streams.rules.rule_book import LIBRARY


def problems_of(file: Path) -> Iterator[str]:
    """Yield what is wrong with a rule's file, each with file and line or example."""
    text = read_rule_text(file)
    fault = find_fault(file, text)
    if fault is not None:
        yield f"{file}:{fault['line']}: {fault['key']}: {fault['detail']}"
        return
    rule = parse_rule(file.stem, text)
    if isinstance(rule, DetectorRule):
        for example in rule.examples:
            outcome = outcome_of(rule, example)
            if not outcome["passed"]:
                yield f"{file}: {example.name}: {outcome['findings']} findings"
    elif isinstance(rule, Rule):
        if not rule.examples:
            yield f"{file}: has no examples"
        for case in map(partial(pair_outcome_of, rule), rule.examples):
            if not case["passed"]:
                yield f"{file}: {case['example']}: found {case['outcome']}"


def main() -> int:
    """Print the problems of the library; return the exit code."""
    files = sorted(LIBRARY.glob("*.toml"))
    problems = [problem for file in files for problem in problems_of(file)]
    print("\n".join(problems) if problems else f"{len(files)} rule files: every example is met")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
