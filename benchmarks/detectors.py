"""Precision and recall of each rule over many records, against a scenario of networks.

The scenario (`producers.scenario.networks`) was written apart from the rules. Its exports are read
as a node reads them, corrections included, and every rule of the library is evaluated over all
records: what a reader sees to whom everything is released. No Kafka and no engine takes part.

`python -m benchmarks.detectors 20000 2018` prints a table. A plot is found if a finding of its form
has at least half of its records, and two. A finding is right if most of its records are of one plot
of its form. Records of traps and of everyday life make it wrong.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from consumers.query.rule_findings.record_occurrences import occurrences_of
from consumers.query.views import Evaluation, EventView, to_datetime, to_datetime_or_none
from producers.model import Draft
from producers.scenario.networks.generate import generate_networks
from schemas.measures.rates import RateTable
from streams.rules import read_rule_book
from streams.rules.detectors.detector_rule import DetectorRule
from streams.rules.detectors.evaluate import RuleFinding, evaluate
from tests.support.scenario import NOW, drafts

RATES = RateTable(
    {("PEN", "2018-01-01"): "3.3", ("COP", "2018-01-01"): "2950", ("BOB", "2018-01-01"): "6.9"}
)
"""Of the scenario's year, rounded."""

Reference = tuple[str, str, str]
"""A record of the scenario: node, type, its system's reference."""


@dataclass(frozen=True, slots=True)
class NetworkPlot:
    """A plot or a trap of plots.jsonl. `form`: what is to find it; empty for a trap."""

    name: str
    kind: str
    form: str
    records: frozenset[Reference]


@dataclass
class FormTally:
    """Counts for one form of rule. `wrong`: findings by the kind that they are mostly made of."""

    plots: int = 0
    plots_found: int = 0
    right: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of findings that are right; 1 where nothing is found."""
        findings = self.right + self.wrong.total()
        return self.right / findings if findings else 1.0

    @property
    def recall(self) -> float:
        """Share of plots that are found; 1 where there is none."""
        return self.plots_found / self.plots if self.plots else 1.0


def read_plots(folder: Path) -> list[NetworkPlot]:
    """Read the truth of a scenario."""
    lines = (folder / "plots.jsonl").read_text(encoding="utf-8").splitlines()
    return [_plot(json.loads(line)) for line in lines]


def _plot(line: Mapping[str, Any]) -> NetworkPlot:
    records = frozenset(
        (record["node"], record["type"], record["reference"]) for record in line["records"]
    )
    return NetworkPlot(line["plot"], line["kind"], line["finds"], records)


def read_events(folder: Path) -> tuple[list[EventView], dict[str, Reference]]:
    """Return the current version of each record, and which record each event is."""
    current: dict[str, EventView] = {}
    references: dict[str, Reference] = {}
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


def tally(
    plots: Iterable[NetworkPlot],
    findings: Iterable[RuleFinding],
    references: Mapping[str, Reference],
) -> dict[str, FormTally]:
    """Count, by form of rule, what was found rightly, wrongly and not at all."""
    plot_of: dict[Reference, NetworkPlot] = {
        record: plot for plot in plots for record in plot.records
    }
    tallies: dict[str, FormTally] = defaultdict(FormTally)
    found_plots: set[str] = set()
    for finding in findings:
        form = form_name(finding.rule)
        by_plot = Counter(plot_of.get(references[event]) for event in finding.events)
        plot, records = by_plot.most_common(1)[0]
        if plot is not None and plot.form == form and records * 2 > len(finding.events):
            tallies[form].right += 1
            if records >= max(2, len(plot.records) / 2):
                found_plots.add(plot.name)
        else:
            tallies[form].wrong[plot.kind if plot else "everyday"] += 1
    for plot in set(plot_of.values()):
        if plot.form:
            tallies[plot.form].plots += 1
            is_found = plot.name in found_plots
            tallies[plot.form].plots_found += is_found
            tallies[plot.form].missed[plot.kind] += not is_found
    return tallies


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
        finding for rule in library_rules() for finding in evaluate(rule, occurrences).findings
    ]
    seconds = time.process_time() - began
    return Measured(tally(plots, findings, references), len(events), seconds)


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
