"""Each clause of a rule of pairs says whether it holds, and all hold where the rule matches."""

from __future__ import annotations

from streams.correlation.pair_examples import grade_found
from streams.rules import read_rule_book
from streams.rules.pair_examples import PairExample
from streams.rules.pair_reasons import PairMember, condition_states, pair_clauses

RULES = read_rule_book().by_id


def _members(example: PairExample) -> list[PairMember]:
    return [PairMember(str(place), *member) for place, member in enumerate(example.members)]


def test_a_rule_finds_something_where_all_clauses_of_two_records_hold_and_nowhere_else() -> None:
    seen = 0
    for rule in RULES.values():
        for example in rule.examples:
            if example.finds == "hub":
                continue
            by_pair: dict[tuple[str, str], list[bool]] = {}
            for first, second, clause in pair_clauses(rule, _members(example)):
                by_pair.setdefault((first, second), []).append(clause.holds)
            whole = any(all(clauses) for clauses in by_pair.values())
            assert whole == (grade_found(rule, example) != "none"), (rule.id, example.name)
            seen += 1
    assert seen > 30


def test_what_fails_is_named_with_its_values() -> None:
    rule = RULES["stolen-plate-at-crossing"]
    by_name = {example.name: example for example in rule.examples}
    late = pair_clauses(rule, _members(by_name["it crossed a month before the theft"]))
    assert [clause.name for _, _, clause in late if not clause.holds] == ["days -1 … 36500 (-28.0)"]
    recovered = pair_clauses(rule, _members(by_name["recovered before it crossed"]))
    assert [clause.name for _, _, clause in recovered if not clause.holds] == [
        "unless recovered (PE)"
    ]
    states = list(condition_states(rule, _members(by_name["recovered before it crossed"])))
    wrong = [(state.event, state.role, state.condition) for state in states if not state.holds]
    assert ("1", "stolen", "involvement: STOLEN") in wrong
