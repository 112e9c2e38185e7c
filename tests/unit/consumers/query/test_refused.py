"""The number of refused items is for their own authority, for auditors, and for nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.query.figures.quality import QualityRow
from consumers.query.figures.question import FactFilter
from consumers.query.figures.refused import count_refused, may_know, tells_refused, with_refused
from schemas.model import Reader

PONAL, SUCAMEC = ("CO", "PONAL"), ("PE", "SUCAMEC")
OWNERS = {"co-a": PONAL, "co-b": PONAL, "pe-a": SUCAMEC}
REFUSED = {PONAL: 7, SUCAMEC: 2}
ANA = Reader("ana", "CO", "PONAL")
ANY = FactFilter()
AUDITOR = Reader("aud", "MEC", roles=frozenset({"auditor"}))
SEEN = [QualityRow("PE", "SUCAMEC", 3, 0, 3, 3, 0, 0, 0, 1.0, 2.0)]


def shown(reader: Reader, filter_: FactFilter = ANY) -> dict[tuple[str, str], int | None]:
    rows = with_refused(SEEN, REFUSED, filter_, reader)
    return {row.group: row.refused for row in rows}


def test_the_items_of_an_authority_are_those_of_all_its_nodes() -> None:
    by_node = [("co-a", 4), ("co-b", 3), ("pe-a", 2), ("ended", 9)]
    assert count_refused(by_node, OWNERS) == REFUSED


def test_an_authority_sees_its_own_number_and_the_auditor_all() -> None:
    assert shown(ANA) == {PONAL: 7, SUCAMEC: None}
    assert shown(AUDITOR) == {PONAL: 7, SUCAMEC: 2}
    assert shown(replace(AUDITOR, country="PE")) == {SUCAMEC: 2}


@pytest.mark.parametrize(
    "reader",
    [
        replace(ANA, authority=None),
        replace(ANA, authority="DIAN"),
        replace(ANA, country="EC"),
        replace(ANA, roles=frozenset({"operator"})),
        replace(ANA, exercise="condor"),
        replace(ANA, person=""),
        replace(AUDITOR, exercise="condor"),
    ],
)
def test_nobody_else_knows_whether_anything_was_refused(reader: Reader) -> None:
    assert not may_know(PONAL, reader)
    assert shown(reader) == {SUCAMEC: None}


def test_a_question_about_content_does_not_count_what_has_none() -> None:
    assert tells_refused(FactFilter(country="CO", authority="PONAL"))
    for narrowed in ({"type": "seizure"}, {"place": "CO"}, {"since": 1}, {"where": (("a", "b"),)}):
        assert not tells_refused(FactFilter(**narrowed))


def test_another_authority_that_is_asked_for_has_no_row_of_ours() -> None:
    assert shown(ANA, FactFilter(country="PE")) == {SUCAMEC: None}
