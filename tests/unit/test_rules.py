"""Rules are files: checked to the last key, and named when wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import streams.rules
from streams.rules import RuleBook, RuleRefused, rules

TEXT = (Path(streams.rules.__file__).parent / "registered-weapon-seized-abroad.toml").read_text(encoding="utf-8")


def test_the_rules_of_the_foundation_are_there() -> None:
    assert set(rules().by_id) >= {"weapon-in-two-countries", "stolen-weapon-seized-abroad", "registered-weapon-seized-abroad"}


def test_adding_a_rule_is_adding_a_text() -> None:
    book = rules({"another": TEXT})
    assert book.by_id["another"].pair == ("registered", "seized")
    assert book.fingerprint != rules().fingerprint


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("version = 1", "version = 0", "version"),
        ("version = 1", "version = 'one'", "version"),
        ("version = 1", "", "version"),
        ("version = 1", "versoin = 1", "versoin"),
        ("version = 1", "version = ", "file"),
        ("hub = 50", "hub = true", "hub"),
        ("hub = 50", "hub = 1", "hub"),
        ('severity = "high"', 'severity = "terrible"', "severity"),
        ('pair = ["registered", "seized"]', 'pair = ["registered", "sold"]', "pair"),
        ('joined_by = "calibre"', 'joined_by = "colour"', "joined_by"),
        ('unless = "exported"', 'unless = "sold"', "roles.registered.unless"),
        ('status = ["SEIZED"]', 'status = "SEIZED"', "roles.seized.status"),
        ("exported = 0.0", "", "weights.exported"),
        ("exported = 0.0", "exported = 0.0\ncolour = 1.0", "weights.colour"),
        ("fue incautada en {seized}", "fue incautada", "sentence.es"),
        ('en = "Registered weapon seized in another country"', "", "title.en"),
    ],
)
def test_a_slip_is_named_with_its_file_and_key(old: str, new: str, key: str) -> None:
    assert old in TEXT
    with pytest.raises(RuleRefused) as refused:
        RuleBook({"the-file": TEXT.replace(old, new)})
    assert (refused.value.name, refused.value.key) == ("the-file", key)
    assert str(refused.value).startswith(f"the-file: {key}: ")


def test_a_member_class_of_a_kind_without_rules_is_empty() -> None:
    assert rules().class_of("phone", "weapon_record", "CO", "certain", {}) == ""


def test_what_could_fire_only_grows_with_more_members() -> None:
    book = rules()
    classes = [
        book.class_of("weapon", "weapon_record", country, certainty, {"status": status, "calibre": "9X19"})
        for country in ("CO", "EC")
        for certainty in ("certain", "possible")
        for status in ("STOLEN", "SEIZED", "REGISTERED", "EXPORTED", "IMPORTED")
    ]
    before: set[tuple[str, str]] = set()
    for count in range(len(classes) + 1):
        now = {(grading.rule.id, grading.grade) for grading in book.fired("weapon", frozenset(classes[:count]))}
        assert before <= now
        before = now
    assert len(before) == 6
