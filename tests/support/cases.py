"""Read the cases of tests/cases: what officers write, with the right value next to it."""

import csv
import json
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"


def read_rows(name: str) -> list[dict[str, str]]:
    """Read a table of cases: a row a dict."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def read_lines(name: str) -> list[str]:
    """Read a list of cases, one a line; spaces at its ends count."""
    return (CASES / name).read_text(encoding="utf-8").split("\n")[:-1]


def read_uncertain(kind: str) -> list[tuple[str, ...]]:
    """Read what is no certain thing of a kind: each text, behind the columns in which it stands.

    Raises AssertionError where the list has fewer than 300 texts, or a text twice.
    """
    groups = json.loads((CASES / f"no-certain-{kind}.json").read_text(encoding="utf-8"))
    texts = [text for group in groups for text in group["texts"]]
    assert len(texts) == len(set(texts)) >= 300
    return [
        (*column, text) for group in groups for column in group["of"] for text in group["texts"]
    ]
