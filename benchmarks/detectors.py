"""Precision and recall of each rule over many records, against a scenario of networks.

The scenario (`producers.scenario.networks`) was written apart from the rules. Its exports are read
as a node reads them, corrections included, and every rule of the library is evaluated over all
records: what a reader sees to whom everything is released. No Kafka and no engine takes part.

`python -m benchmarks.detectors 20000 2018` prints a table (`producers.scenario.networks.score`).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from consumers.query.rule_findings.record_occurrences import occurrences_of
from consumers.query.views import Evaluation, EventView, to_datetime, to_datetime_or_none
from producers.model import Draft
from producers.scenario.networks.generate import generate_networks
from producers.scenario.networks.score import (
    FormFinding,
    FormTally,
    NetworkReference,
    read_plots,
    tally,
)
from schemas.measures.rates import RateTable
from streams.rules import read_rule_book
from streams.rules.detectors.detector_rule import DetectorRule
from streams.rules.detectors.evaluate import evaluate
from tests.support.scenario import NOW, drafts

RATES = RateTable(
    {("PEN", "2018-01-01"): "3.3", ("COP", "2018-01-01"): "2950", ("BOB", "2018-01-01"): "6.9"}
)
"""Of the scenario's year, rounded."""


def read_events(folder: Path) -> tuple[list[EventView], dict[str, NetworkReference]]:
    """Return the current version of each record, and which record each event is."""
    current: dict[str, EventView] = {}
    references: dict[str, NetworkReference] = {}
    for file, kind, draft in drafts(folder):
        if not isinstance(draft, Draft):
            continue
        payload = kind.read(draft.payload)
        view = _view(draft, file, payload)
        current[view.id] = view
        references[view.id] = (file["node"], file["type"], payload["source_reference"])
    return list(current.values()), references


def _view(draft: Draft, file: Mapping[str, Any], payload: dict[str, Any]) -> EventView:
    envelope = draft.envelope
    return EventView(
        id=str(UUID(bytes=draft.id)),
        version=str(UUID(bytes=draft.version)),
        supersedes=None,
        correction_reason=None,
        type=file["type"],
        status="current",
        country=file["country"],
        authority=file["authority"],
        node=file["node"],
        recipients=["ALL"],
        tlp=envelope["tlp"],
        handling=[],
        condition=None,
        purpose=envelope["purpose"],
        legal_basis=envelope["legal_basis"],
        urgency="routine",
        justification=None,
        crime=envelope["crime"],
        case_reference=None,
        exercise=None,
        evaluation=Evaluation("4x4", "A", "1"),
        occurred_from=to_datetime_or_none(envelope["occurred_from"]),
        occurred_until=to_datetime_or_none(envelope["occurred_until"]),
        occurred_precision=envelope["occurred_precision"],
        reported_at=to_datetime(NOW),
        recorded_at=to_datetime(NOW),
        place_country=envelope["place_country"],
        subdivision=envelope["subdivision"],
        language="es",
        review_date=None,
        cord="",
        sequence=None,
        item=None,
        markings=[],
        payload=payload,
    )


def form_name(rule: DetectorRule) -> str:
    """Return the word of a rule's form, as `detector` and plots.jsonl write it."""
    return type(rule.form).__name__.removesuffix("Form").lower()


def library_rules() -> list[DetectorRule]:
    """Return the rules over many records that come with the release."""
    return list(read_rule_book().detectors)


class Measured(NamedTuple):
    """What the rules did. `seconds`: of processor, for reading records and all rules."""

    by_form: dict[str, FormTally]
    events: int
    seconds: float


def measure_detectors(records: int, seed: str, folder: Path) -> Measured:
    """Draw a scenario into a new folder, evaluate every rule, and compare with the truth."""
    generate_networks(records, seed, folder)
    plots, (events, references) = read_plots(folder), read_events(folder)
    began = time.process_time()
    occurrences = list(occurrences_of(events, RATES))
    findings = [
        FormFinding(form_name(rule), [references[event] for event in finding.events])
        for rule in library_rules()
        for finding in evaluate(rule, occurrences).findings
    ]
    seconds = time.process_time() - began
    return Measured(tally(plots, findings), len(events), seconds)


def main() -> None:
    """Print the table of docs/benchmarks.md."""
    records, seed = int(sys.argv[1]), (sys.argv[2:] or ["2018"])[0]
    with tempfile.TemporaryDirectory(prefix="quipu-networks-") as name:
        measured = measure_detectors(records, seed, Path(name))
    print("form | plots | recall | findings | precision | missed | wrong")
    for form, counts in sorted(measured.by_form.items()):
        cells = (
            form,
            str(counts.plots),
            f"{counts.recall:.3f}",
            str(counts.right + counts.wrong.total()),
            f"{counts.precision:.3f}",
            _listed(counts.missed),
            _listed(counts.wrong),
        )
        print(" | ".join(cells))
    print(f"{measured.events:,} records, seed {seed}: {measured.seconds:.0f} s of processor")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common() if count) or "–"


if __name__ == "__main__":
    main()
