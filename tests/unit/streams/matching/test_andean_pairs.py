"""Labelled pairs of persons, each with its reason: what is one person, and what only looks so.

`andean_pairs.jsonl` is written by hand and is no training data.
"""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streams.matching
from benchmarks.matching.population import TRAINING_FAMILIES, TRAINING_PAIRS, made_by
from streams.matching import PersonRecord, cannot_be_same, person_model, read_person, score
from streams.matching.person_comparison import LEVELS
from streams.matching.wording import WORDS

LINES = [
    json.loads(line)
    for line in (Path(__file__).parent / "andean_pairs.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def _read(person: Mapping[str, Any]) -> PersonRecord:
    phones = [{"number": person["phone"]}] if "phone" in person else []
    return read_person({name: value for name, value in person.items() if name != "phone"}, phones)


def test_there_are_three_hundred_pairs_each_with_its_reason() -> None:
    assert len(LINES) >= 300
    assert all(line["reason"] for line in LINES)
    assert len({json.dumps(line, sort_keys=True) for line in LINES}) == len(LINES)


def test_nearly_all_pairs_are_told_apart_and_no_two_persons_are_joined() -> None:
    errors: Counter[str] = Counter()
    for line in LINES:
        a, b = _read(line["a"]), _read(line["b"])
        result = score(a, b)
        if (result.probability >= 0.5) != line["same"]:
            errors[line["reason"]] += 1
        assert line["same"] or result.probability < 0.95 or cannot_be_same(a, b), line
    assert sum(errors.values()) <= 6, errors


def test_the_model_and_the_words_have_every_level() -> None:
    model = person_model()
    assert {name: set(levels) for name, levels in model.levels.items()} == {
        name: set(levels) for name, levels in LEVELS.items()
    }
    assert {name: set(levels) for name, levels in WORDS.items() if name in LEVELS} == {
        name: set(levels) for name, levels in LEVELS.items()
    }


def test_the_model_is_what_the_documented_command_writes() -> None:
    """Training takes minutes: its defaults are compared with what the file says of itself."""
    path = Path(streams.matching.__file__).parent / "person_model.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["trained_with"] == made_by(TRAINING_FAMILIES, TRAINING_PAIRS)
