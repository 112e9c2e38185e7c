"""A rule's file is checked against the fields, codes and measures of its event types."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.registry.rule_files import find_fault
from streams.rules import library_texts

TEXTS = library_texts()
FAULTS = (
    ("cash-below-the-limit", 'transmode = ["cash"]', 'transmod = ["cash"]', "'transmode' meant"),
    ("cash-below-the-limit", 'transmode = ["cash"]', 'transmode = ["cahs"]', "'cash' meant"),
    ("cash-below-the-limit", 'transmode = ["cash"]', 'usd = ["100"]', "is a measure"),
    ("cash-below-the-limit", 'transmode = ["cash"]', 'document = ["1"]', "is a kind of thing"),
    ("cash-below-the-limit", 'transmode = ["cash"]', 'at = ["2026"]', "is a time"),
    ("cash-below-the-limit", 'transmode = ["cash"]', 'zzzz = ["1"]', "the fields are"),
    ("cash-below-the-limit", 'by = ["document"]', 'by = ["dokument"]', "'document' meant"),
    ("cash-below-the-limit", 'sum = "usd"', 'sum = "kg"', "is measured in kg: usd"),
    ("stolen-weapon-seized-abroad", 'status = ["', 'estatus = ["', "'status' meant"),
)


def test_no_rule_of_the_library_asks_for_what_its_records_cannot_have() -> None:
    faults = [find_fault(Path(f"{name}.toml"), text) for name, text in TEXTS.items()]
    assert [fault for fault in faults if fault is not None] == []


@pytest.mark.parametrize(("name", "old", "new", "reason"), FAULTS)
def test_a_fault_names_its_line_and_what_was_meant(
    name: str, old: str, new: str, reason: str
) -> None:
    assert old in TEXTS[name], old
    text = TEXTS[name].replace(old, new, 1)
    fault = find_fault(Path(f"{name}.toml"), text)
    assert fault is not None
    assert reason in fault["detail"], fault
    assert new.partition(" ")[0] in text.splitlines()[fault["line"] - 1], fault
