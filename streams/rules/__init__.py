"""The rules, one `.toml` each: adding a rule is adding a file (or a RuleText in config)."""

from streams.rules.book import Grading, RuleBook, rules
from streams.rules.errors import RuleRefused
from streams.rules.parse import THING
from streams.rules.rule import Rule

__all__ = ["THING", "Grading", "Rule", "RuleBook", "RuleRefused", "rules"]
