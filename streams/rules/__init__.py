"""The rules, one `.toml` each: adding a rule is adding a file (or a RuleText in config)."""

from streams.rules.book import Grading, RuleBook, rules
from streams.rules.errors import RuleRefused
from streams.rules.rule import Rule

__all__ = ["Grading", "Rule", "RuleBook", "RuleRefused", "rules"]
