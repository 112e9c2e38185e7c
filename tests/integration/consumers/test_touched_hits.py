"""On a real exchange, a day costs what it touched: what is new is sent once, and an end once."""

from __future__ import annotations

import pytest

from consumers.hits import computed_notifier
from consumers.hits.computed_notifier import ComputedHitNotifier
from consumers.hits.owner_findings import OwnerFindings
from producers.node import ControlStatement, CountryNode
from tests.support.computed_hits import (
    hits_of_rule,
    notifier_of_computed,
    publish_rows,
    received_hits,
    send_all,
    wait_at_rest,
)
from tests.support.mapping_text import occurred_on
from tests.support.pipeline_harness import Pipeline

pytestmark = pytest.mark.integration
OWNERS = (("CO", "PONAL"), ("EC", "POLICIA"))
OBJECT = """"status" = { constant = "STATUS" }
"what" = { constant = "Cáliz de plata" }
"description" = "TEXT"
"inscriptions[0]" = "LEGEND"
"measurements[0].dimension" = { constant = "HEIGHT" }
"measurements[0].value" = { column = "HEIGHT", steps = [{ number = "." }] }
"measurements[0].unit" = { constant = "cm" }
""" + occurred_on("DATE")
HEADER = "REF,TEXT,LEGEND,HEIGHT,DATE"


def publish_object(pipeline: Pipeline, node: str, status: str, row: str) -> None:
    fields = OBJECT.replace("STATUS", status)
    publish_rows(pipeline, node, "cultural_object", fields, [HEADER, row])


def pass_time(pipeline: Pipeline, number: int) -> None:
    """Append a record that touches nothing: what came before it is of a day that has ended."""
    row = f"TH-LATER-{number},Vasija rota,,{30 + number},05/03/2018"
    publish_object(pipeline, "pe-sucamec", "FOUND", row)
    wait_at_rest(pipeline)


def send_day(pipeline: Pipeline, computed: ComputedHitNotifier, number: int) -> None:
    pass_time(pipeline, number)
    send_all(computed)


def test_each_change_is_sent_once_and_only_touched_groups_are_looked_at(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chalice is missed in Colombia and offered in Ecuador; then the offer is withdrawn."""
    rule = "same-object-in-two-countries"
    monkeypatch.setattr(computed_notifier, "OVERLAP_MS", 0)  # what other tests erased is past
    with notifier_of_computed(pipeline) as computed:
        send_day(pipeline, computed, 1)
        monkeypatch.delattr(OwnerFindings, "evaluate_all")
        text = "Cordero pascual sobre el libro; nudo periforme con mascarones; espigas al pie"
        row = f"{text},SE HIZO EN EL AÑO 1762 SIENDO CURA SANTOS,24.5,05/03/2018"
        publish_object(pipeline, "co-ponal", "STOLEN", f"TH-O-1,{row}")
        publish_object(pipeline, "ec-policia", "OFFERED", f"TH-O-2,{row}")
        send_day(pipeline, computed, 2)
        send_day(pipeline, computed, 3)
        for owner in OWNERS:
            (hit,) = hits_of_rule(pipeline, owner, rule)
            assert len(hit["live"]["own"]) == 1 and "mascarones" not in str(hit)
        assert hits_of_rule(pipeline, ("PE", "SUCAMEC"), rule) == []
        offered = hit["live"]["own"][0]["event"]
        with CountryNode(pipeline.settings, "ec-policia") as node:
            report = node.retract(ControlStatement("retraction", offered, "WRONG"), wait=120)
        assert report.all_fine(), [item.code for item in report.items()]
        send_day(pipeline, computed, 4)
        send_day(pipeline, computed, 5)
        for owner in OWNERS:
            ends = [
                message
                for message in received_hits(pipeline, *owner)
                if message["indicator"] == hit["indicator"] and message["live"] is None
            ]
            assert len(ends) == 1, owner
