"""A rule that finds bursts: its file is checked to the last key, and no worker reads it."""

from __future__ import annotations

import pytest

from streams.rules import RuleBook, RuleError, RuleHistory, library_texts, read_rule_book
from streams.rules.burst_rule import is_burst_rule, parse_burst_rule

TEXT = library_texts()["burst"]


def test_the_rule_of_the_release_finds_bursts_and_no_pairs() -> None:
    book: RuleBook = read_rule_book()
    assert [rule.id for rule in book.bursts] == ["burst"]
    assert "burst" not in book.by_id
    assert is_burst_rule(TEXT)
    assert not any(is_burst_rule(text) for name, text in library_texts().items() if name != "burst")


def test_a_worker_leaves_it_out() -> None:
    history = RuleHistory([(0, library_texts())])
    texts = library_texts()
    of_pairs = {name for name, text in texts.items() if "\ndetector = " not in text}
    assert set(history.book_at(0).by_id) == of_pairs
    assert "burst" not in of_pairs


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("gap = 1", "gap = 1\ngaps = 1", "gaps"),
        ("gap = 1", "gap = 9", "gap"),
        ("fewest = 5", "", "fewest"),
        ("certain = 1e-6", "certain = 1e-3", "alpha.certain"),
        ("possible = 2.5e-4", "possible = 2.0", "alpha.possible"),
        ('"crossing"]', '"authority"]', "places.1"),
        ("{records} records", "many records", "sentence.en"),
        ("{records} registros", "{records registros", "sentence.es"),
        ("version = 1", "version = ", "file"),
    ],
)
def test_a_typing_error_is_refused_with_its_key(old: str, new: str, key: str) -> None:
    assert old in TEXT
    with pytest.raises(RuleError, match=key):
        parse_burst_rule("burst", TEXT.replace(old, new, 1))
