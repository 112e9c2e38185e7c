"""The demo's plots: what only many records show, drawn apart, and compared with the truth. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from producers.scenario.networks.cast import COUNTRIES
from producers.scenario.networks.generate import generate_networks, kinds
from producers.scenario.networks.score import (
    FormFinding,
    FormTally,
    NetworkPlot,
    NetworkReference,
    plot_of_finding,
    read_plots,
    tally,
)
from producers.scenario.truth.truth import Reference

RECORDS = 160
KINDS = ("layering", "serial_run", "trap_order", "trap_amounts", "trap_makes")
"""Two plots, and three traps that look like them."""
STORY_KINDS = ("layering", "serial_run")
AUTHORITY = "REDES"
"""The authority whose nodes publish these records, and no others."""
NODES = tuple(f"{country.lower()}-redes" for country in COUNTRIES)
Finding = Mapping[str, Any]
"""A finding of a rule over many records, as the API answers it."""


class PlotStory(NamedTuple):
    """A finding that is printed, and the plot that it shows. `shared`: records of both."""

    finding: Finding
    plot: NetworkPlot
    shared: int


@dataclass(frozen=True, slots=True)
class PlotOutcome:
    """What was found of the plots, by form of rule, and the findings that are printed."""

    tallies: Mapping[str, FormTally]
    story: Sequence[PlotStory]

    @property
    def owed(self) -> int:
        """Count the plots that rules owe a finding."""
        return sum(counts.plots for counts in self.tallies.values())

    @property
    def found_count(self) -> int:
        """Count the plots that were found."""
        return sum(counts.plots_found for counts in self.tallies.values())

    @property
    def wrong(self) -> int:
        """Count the findings that are of no plot of their form."""
        return sum(counts.wrong.total() for counts in self.tallies.values())


def draw_plots(seed: str, folder: Path) -> dict[str, Any]:
    """Write the records of the plots into a new folder; return their manifest."""
    return generate_networks(RECORDS, seed, folder, only=KINDS)


def plot_title(plot: NetworkPlot, lang: str) -> str:
    """Say in words what a plot is."""
    text: str = kinds()[plot.kind][lang]
    return text


def is_of_plots(item: Mapping[str, Any]) -> bool:
    """Say whether a finding rests on a record of the plots."""
    return any(row["authority"] == AUTHORITY for row in item["evidence"])


def compare_plots(
    folder: Path, findings: Iterable[Finding], known: Mapping[str, Reference]
) -> PlotOutcome:
    """Compare findings with the truth of the plots. `known`: the records of the truth, by event."""
    plots = read_plots(folder)
    forms = {plot.form for plot in plots}
    records = {(record[0], record[2]): record for plot in plots for record in plot.records}
    plot_of = {record: plot for plot in plots for record in plot.records}
    compared = [
        (finding, FormFinding(finding["detector"], _records(finding, known, records)))
        for finding in findings
        if finding["detector"] in forms and is_of_plots(finding)
    ]
    return PlotOutcome(
        tally(plots, [form_finding for _finding, form_finding in compared]),
        list(_stories(compared, plot_of)),
    )


def _records(
    finding: Finding,
    known: Mapping[str, Reference],
    records: Mapping[Reference, NetworkReference],
) -> list[NetworkReference]:
    """Return the records of a finding; one that the truth does not have keeps its id."""
    references = (known.get(row["event"], ("?", row["event"])) for row in finding["evidence"])
    return [records.get(reference, (reference[0], "", reference[1])) for reference in references]


def _stories(
    compared: Sequence[tuple[Finding, FormFinding]],
    plot_of: Mapping[NetworkReference, NetworkPlot],
) -> Iterable[PlotStory]:
    """Yield for each kind the finding with most records of one plot of it."""
    stories = [
        PlotStory(finding, plot, shared)
        for finding, form_finding in compared
        for plot, shared in [plot_of_finding(plot_of, form_finding)]
        if plot is not None and plot.form == form_finding.form
    ]
    for kind in STORY_KINDS:
        own = [story for story in stories if story.plot.kind == kind]
        if own:
            yield min(own, key=lambda story: (-story.shared, story.finding["id"]))
