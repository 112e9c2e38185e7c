"""Pairs of records of two countries, written as officers write them, on real Kafka: each country
publishes its file, all true pairs are found, and no certain finding is false.
"""

from pathlib import Path

import pytest

from producers.node import CountryNode
from tests.support import exchange
from tests.support.pipeline_harness import WITHIN_S, Pipeline, codes
from tests.support.written_pairs import (
    NODES,
    FoundPair,
    differences,
    mapping_of_pairs,
    rows_of_pairs,
    write_export,
)

pytestmark = pytest.mark.integration


def found_pairs(pipeline: Pipeline) -> list[FoundPair]:
    """Give what the analyst of the mechanism finds among the records of pairs.

    An indicator to which records of other tests belong too counts with those of pairs.
    """
    names = {row["PAIR"] for row in rows_of_pairs()}
    references = [
        (grade, frozenset(reference for _, reference in evidence) & names)
        for _, grade, evidence in exchange.find_indicators(pipeline.settings, pipeline.generation)
    ]
    return [FoundPair(grade, pairs) for grade, pairs in references if pairs]


def test_all_true_pairs_are_found_and_no_certain_finding_is_false(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    for node in NODES:
        with CountryNode(pipeline.settings, node) as country:
            report = country.publish(
                write_export(node, tmp_path), mapping_of_pairs(), wait=WITHIN_S
            )
        assert codes(report) == []
        assert report.counts()["accepted"] == len(rows_of_pairs()) // len(NODES)
    exchange.wait_at_rest(pipeline.settings, pipeline.generation)
    assert differences(found_pairs(pipeline)) == []
