"""Compare findings of rules over many records with the plots and traps of a scenario. Pure.

A plot is found if a finding of its form has at least half of its records, and two. A finding is
right if most of its records are of one plot of its form. Records of traps and of everyday life make
it wrong.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from producers.scenario.networks.generate import TRUTH

NetworkReference = tuple[str, str, str]
"""A record of the scenario: node, type, its system's reference."""


@dataclass(frozen=True, slots=True)
class NetworkPlot:
    """A plot or a trap of plots.jsonl. `form`: what is to find it; empty for a trap."""

    name: str
    kind: str
    form: str
    records: frozenset[NetworkReference]


class FormFinding(NamedTuple):
    """A finding of a rule: the form of the rule, and the records of its evidence.

    A record that the truth does not know has an empty type.
    """

    form: str
    records: Collection[NetworkReference]


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
    lines = (folder / TRUTH).read_text(encoding="utf-8").splitlines()
    return [_plot(json.loads(line)) for line in lines]


def _plot(line: Mapping[str, Any]) -> NetworkPlot:
    records = frozenset(
        (record["node"], record["type"], record["reference"]) for record in line["records"]
    )
    return NetworkPlot(line["plot"], line["kind"], line["finds"], records)


def tally(plots: Iterable[NetworkPlot], findings: Iterable[FormFinding]) -> dict[str, FormTally]:
    """Count, by form of rule, what was found rightly, wrongly and not at all."""
    plot_of = {record: plot for plot in plots for record in plot.records}
    tallies: dict[str, FormTally] = defaultdict(FormTally)
    found_plots: set[str] = set()
    for finding in findings:
        plot, records = plot_of_finding(plot_of, finding)
        if plot is not None and plot.form == finding.form and records * 2 > len(finding.records):
            tallies[finding.form].right += 1
            if records >= max(2, len(plot.records) / 2):
                found_plots.add(plot.name)
        else:
            tallies[finding.form].wrong[plot.kind if plot else "everyday"] += 1
    for plot in set(plot_of.values()):
        if plot.form:
            tallies[plot.form].plots += 1
            is_found = plot.name in found_plots
            tallies[plot.form].plots_found += is_found
            tallies[plot.form].missed[plot.kind] += not is_found
    return tallies


def plot_of_finding(
    plot_of: Mapping[NetworkReference, NetworkPlot], finding: FormFinding
) -> tuple[NetworkPlot | None, int]:
    """Return the plot of most records of a finding, and how many these are."""
    by_plot = Counter(plot_of.get(record) for record in finding.records)
    return by_plot.most_common(1)[0]
