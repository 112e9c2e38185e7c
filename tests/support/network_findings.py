"""Findings of rules over many records in an exchange of tests, beside what a reader may see."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from consumers.query.filters import EventFilter
from consumers.query.paging import PageRange
from consumers.query.rule_findings.record_occurrences import occurrences_of
from consumers.query.rule_findings.rule_finding_views import to_finding_view
from infra.clickhouse.client import Client
from infra.settings import Settings
from producers.ingest.statements import ControlStatement
from producers.node import CountryNode
from producers.scenario.networks.files import MAPPINGS
from producers.scenario.networks.generate import TRUTH
from schemas.measures.rates import RateTable
from schemas.model import EventId, Reader
from streams.rules import read_rule_book
from streams.rules.detectors.evaluate import evaluate
from tests.support.national_files import Sheet
from tests.support.query_layers import query_layer

FORMS = {
    "crossings": "count",
    "fan_in": "distinct",
    "structuring": "sum",
    "cash_abroad": "sequence",
    "serial_run": "run",
    "convoy": "together",
    "layering": "path",
    "mining": "network",
}
"""A plot for each form of rule over many records."""
RULES = read_rule_book()
Found = list[dict[str, Any]]


def findings_of(client: Client, reader: Reader, as_of: int | None = None) -> Found:
    """What the rules find for a reader, without what the order of the log decides."""
    answer = query_layer(client, RULES).rule_findings.findings(reader, as_of)
    assert answer.is_complete
    return _timeless(answer.findings)


def computed_findings(client: Client, reader: Reader) -> Found:
    """What the rules find in the records that a reader is shown, and in nothing else."""
    events = query_layer(client, RULES).events.page(reader, EventFilter(), None, PageRange(9_999))
    by_id = {event.id: event for event in events.items}
    occurrences = list(occurrences_of(by_id.values(), RateTable({})))
    return _timeless(
        to_finding_view(finding, by_id)
        for rule in RULES.detectors
        for finding in evaluate(rule, occurrences).findings
    )


def _timeless(findings: Any) -> Found:
    """The id is that of the oldest record in the log: it and all times are left out."""
    records = [
        {
            "rule": finding.rule,
            "form": finding.detector,
            "grade": finding.grade,
            "sentence": finding.sentence,
            "quantities": finding.quantities,
            "events": sorted(record.event for record in finding.evidence),
        }
        for finding in findings
    ]
    return sorted(records, key=lambda record: (record["rule"], record["events"]))


def references_of_plots(folder: Path, place: int) -> set[tuple[str, str]]:
    """Node and reference of one record of each plot: the first, the second..."""
    lines = map(json.loads, (folder / TRUTH).read_text(encoding="utf-8").splitlines())
    records = (line["records"][place] for line in lines if len(line["records"]) > place)
    return {(record["node"], record["reference"]) for record in records}


def rows_of(sheets: Sequence[Sheet], chosen: set[tuple[str, str]]) -> Iterator[Sheet]:
    """The rows of these records, as sheets of their nodes."""
    for sheet in sheets:
        if "ID" in sheet.header and not sheet.corrections:
            column = sheet.header.index("ID")
            rows = [row for row in sheet.rows if (sheet.node, row[column]) in chosen]
            if rows:
                yield sheet.with_rows(rows, f"chosen-{sheet.name}")


def retract(settings: Settings, sheets: Sequence[Sheet], folder: Path) -> None:
    """Let each owner retract these records."""
    for sheet in sheets:
        with CountryNode(settings, sheet.node) as node:
            statement = ControlStatement("retraction", EventId(b""), "WRONG")
            node.retract_file(sheet.write(folder), sheet.mapping, statement)


def hide(settings: Settings, sheets: Sequence[Sheet], folder: Path) -> None:
    """Let each owner correct these records so that nobody else may see them."""
    for sheet in sheets:
        country = sheet.node[:2].upper()
        name = next(path for path in MAPPINGS.glob("networks-*") if path.stem == sheet.mapping)
        text = name.read_text(encoding="utf-8")
        hidden = folder / f"{country}-{name.name}"
        hidden.write_text(
            text.replace('tlp = "GREEN"', f'tlp = "GREEN"\nrecipients = ["{country}"]'), "utf-8"
        )
        with CountryNode(settings, sheet.node) as node:
            node.correct(sheet.write(folder), str(hidden), "WRONG")
