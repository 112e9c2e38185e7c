"""Bursts on a real exchange: who receives one, once, after a day of the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from producers.mapping import loader
from producers.node import CountryNode
from schemas.avro.codec import Record
from tests.support.computed_hits import (
    hits_of_rule,
    notifier_of_computed,
    send_all,
    wait_at_rest,
)
from tests.support.mapping_text import mapping_text, occurred_on
from tests.support.pipeline_harness import Pipeline

pytestmark = pytest.mark.integration
FIELDS = '"direction" = { constant = "ENTRY" }\n"crossing" = "CROSSING"\n' + occurred_on(
    "DATE", "America/Guayaquil"
)
SURGE = date(2018, 3, 5)
PAST_WEEKS = 56
TOLD, HIDDEN = ("Rumichaca", "CO"), ("San Miguel", "BO")
"""Two crossings of Colombia and Ecuador, and to whom their records go."""


def rows(crossing: str) -> Iterator[str]:
    """A year of a record a week and six in the first, and a surge."""
    days = [SURGE - timedelta(weeks=week) for week in range(1, PAST_WEEKS + 1)]
    days += [days[-1]] * 5 + [SURGE] * 15
    for number, day in enumerate(days):
        yield f"B-{crossing}-{number},{crossing},{day:%d/%m/%Y}\n"


def publish(pipeline: Pipeline, crossing: str, recipient: str, lines: list[str]) -> None:
    mapping = pipeline.files / f"movements-{recipient}.toml"
    mapping.write_text(mapping_text("movement", FIELDS, recipients=(recipient,)), encoding="utf-8")
    path = pipeline.files / f"movements-{crossing}-{len(lines)}.csv"
    path.write_text("REF,CROSSING,DATE\n" + "".join(lines), encoding="utf-8")
    with CountryNode(pipeline.settings, "ec-policia") as node:
        report = node.publish(path, loader.load_mapping(str(mapping)), wait=120)
    assert report.counts()["refused"] == 0


def hits_of(pipeline: Pipeline, country: str, authority: str) -> list[Record]:
    """What an authority received of bursts, in the order of the log."""
    return hits_of_rule(pipeline, (country, authority), "burst")


def test_a_surge_is_told_once_to_the_authorities_entitled(pipeline: Pipeline) -> None:
    """Ecuador owns the records, Colombia has the other side of the crossing, Peru has neither."""
    for crossing, recipient in (TOLD, HIDDEN):
        publish(pipeline, crossing, recipient, list(rows(crossing)))
    publish(pipeline, "Mataje", "CO", ["B-later,Mataje,05/03/2018\n"])
    wait_at_rest(pipeline)
    for _round in range(2):
        with notifier_of_computed(pipeline) as computed:
            send_all(computed)
        of_ecuador = hits_of(pipeline, "EC", "POLICIA")
        assert len(of_ecuador) == 2, "one for each crossing, also after a restart"
        (of_colombia,) = hits_of(pipeline, "CO", "PONAL")
        assert hits_of(pipeline, "PE", "SUCAMEC") == []
    live = of_colombia["live"]
    assert "Rumichaca" in live["sentence"]["es"]
    assert (live["own"], [other["records"] for other in live["others"]]) == ([], [15])
    assert {len(hit["live"]["own"]) for hit in of_ecuador} == {15}
    with CountryNode(pipeline.settings, "co-ponal") as node:
        node.send(0)
        shown = [hit for hit in node.hits().hits if hit.rule == "burst"]
    assert [hit.sentence for hit in shown] == [live["sentence"]]
