"""The rules, one `.toml` each: adding a rule is adding a file (or a RuleText in config)."""

from streams.rules.errors import RuleError
from streams.rules.parser import THING
from streams.rules.rule import Rule
from streams.rules.rule_book import Grading, RuleBook, rules

__all__ = ["THING", "Grading", "Rule", "RuleBook", "RuleError", "rules"]


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict
