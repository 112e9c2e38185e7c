"""What `quipu demo` prints of a node's records: numbers and their words agree in both languages."""

from __future__ import annotations

import pytest

from infra.cli.demo import ANSWER_COUNTS
from producers.ingest.report import OUTCOMES
from schemas.i18n import _


def test_every_answer_of_a_report_has_its_words() -> None:
    others = {"refused", "unanswered"}
    assert {*OUTCOMES, *others} == set(ANSWER_COUNTS)


@pytest.mark.parametrize(
    ("answer", "count", "english", "spanish"),
    [
        ("accepted", 1, "1 accepted", "1 aceptado"),
        ("accepted", 1_449, "1,449 accepted", "1 449 aceptados"),
        ("duplicate", 1, "1 duplicate", "1 duplicado"),
        ("duplicate", 2, "2 duplicates", "2 duplicados"),
        ("refused", 1, "1 refused", "1 no admitido"),
        ("pending", 1, "1 pending", "1 pendiente"),
    ],
)
def test_one_record_is_no_plural(answer: str, count: int, english: str, spanish: str) -> None:
    words = ANSWER_COUNTS[answer](count)
    assert (words.in_language("en"), words.in_language("es")) == (english, spanish)


def test_the_heading_of_what_was_found_fits_a_column_of_80() -> None:
    assert len(_("recall").in_language("es")) <= len("exhaustivi")
