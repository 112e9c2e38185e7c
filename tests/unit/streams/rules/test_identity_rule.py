"""A rule over identities is read from its file, and a wrong one names the key at fault."""

from __future__ import annotations

import pytest

from infra.registry.rules import parse_announced
from streams.rules import IdentityRule, RuleError, library_texts, parse_rule, read_rule_book

LIBRARY = {name: text for name, text in library_texts().items() if 'detector = "identity"' in text}
WANTED = LIBRARY["wanted-person-crossed"]


def test_the_library_has_the_five_rules_with_their_texts_in_both_languages() -> None:
    book = read_rule_book()
    assert {rule.id for rule in book.identities} == LIBRARY.keys() and len(LIBRARY) == 5
    assert LIBRARY.keys() <= book.ids and LIBRARY.keys().isdisjoint(book.by_id)
    for rule in book.identities:
        assert rule.title["es"] != rule.title["en"] and "{name}" in rule.sentence["es"]
    crossing_rule = parse_rule("wanted-person-crossed", WANTED)
    assert isinstance(crossing_rule, IdentityRule) and crossing_rule.grades == (
        "certain",
        "possible",
    )
    assert crossing_rule.pair[1].types == {"movement"} and not crossing_rule.has_equal_roles
    assert isinstance(parse_announced("x", WANTED), IdentityRule)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("version = 1", "version = 0", "version"),
        ('severity = "high"', 'severity = "grave"', "severity"),
        ('pair = ["sought", "crossing"]', 'pair = ["sought"]', "pair"),
        ("[roles.crossing]", "[roles.other]", "roles"),
        ("during_first = true", "during = true", "during"),
        ('grades = ["certain", "possible"]', 'grades = ["sure"]', "grades.0"),
        ("{second}", "{third}", "sentence.es"),
        ("{name}", "{name", "sentence.es"),
        ('detector = "identity"\n', 'detector = "identity"\nsubject = "document"\n', "grades"),
    ],
)
def test_a_wrong_rule_names_the_key_at_fault(old: str, new: str, key: str) -> None:
    assert old in WANTED
    with pytest.raises(RuleError) as error:
        parse_rule("wrong", WANTED.replace(old, new))
    assert (error.value.name, error.value.key) == ("wrong", key)


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(RuleError):
        parse_rule("wrong", 'detector = "identity"\n[')
