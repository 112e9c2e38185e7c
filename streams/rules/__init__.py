"""The rules. Those of a release are the files of `library`; those of an exchange are in config."""

from streams.rules.burst_rule import BurstRule
from streams.rules.detectors.detector_rule import DetectorRule
from streams.rules.errors import RuleError
from streams.rules.identity_rule import IdentityRule
from streams.rules.parser import THING
from streams.rules.rule import Rule
from streams.rules.rule_book import (
    AnyRule,
    Grading,
    RuleBook,
    library_texts,
    parse_rule,
    read_dated_rule_book,
    read_rule_book,
)
from streams.rules.rule_history import RuleHistory, is_announced, rule_epochs

__all__ = [
    "THING",
    "AnyRule",
    "BurstRule",
    "DetectorRule",
    "Grading",
    "IdentityRule",
    "Rule",
    "RuleBook",
    "RuleError",
    "RuleHistory",
    "is_announced",
    "library_texts",
    "parse_rule",
    "read_dated_rule_book",
    "read_rule_book",
    "rule_epochs",
]
