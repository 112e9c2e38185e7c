"""Say what is changed, and which tests must notice it."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Target:
    """What is changed, and the tests that must notice it."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = {
    "release": Target(("schemas/release/rules.py",), ("tests/unit/schemas/release",)),
    "rules": Target(
        ("streams/rules/rule.py", "streams/rules/rule_book.py", "streams/rules/trait_condition.py"),
        ("tests/unit/streams/rules/test_rule.py", "tests/unit/streams/rules/test_rule_book.py"),
    ),
    "versions": Target(
        ("streams/intake/event_versions.py",),
        ("tests/unit/streams/intake/test_version_chain.py",),
    ),
    "chain": Target(
        ("streams/intake/bundle_chain.py",),
        ("tests/unit/streams/intake/test_bundle_chain.py",),
    ),
}
