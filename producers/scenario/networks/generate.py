"""Draw a networks scenario: plots, traps and everyday records, and the truth of each as data."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from producers.scenario.networks import arms, cases, money, movement
from producers.scenario.networks.cast import COUNTRIES, Cast
from producers.scenario.networks.entry import Entry, Plot
from producers.scenario.networks.files import Exports, Station
from producers.scenario.world.chance import Weighted

TRUTH = "plots.jsonl"
PLOT_SHARE = 0.2
"""Of the records that belong to plots or traps; the others belong to nothing."""
TELLERS: Mapping[str, Callable[[Cast], Plot]] = {
    tell.__name__: tell for tell in (*money.KINDS, *arms.KINDS, *movement.KINDS, *cases.KINDS)
}


def kinds() -> Mapping[str, Mapping[str, Any]]:
    """Return what kinds.toml says of each kind of plot and trap."""
    path = Path(__file__).with_name("kinds.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def draw(records: int, seed: str, only: Sequence[str] = ()) -> Iterable[Plot]:
    """Yield plots, traps and everyday records until there are so many records.

    Each kind comes once before chance decides, as far as the records suffice. `only`: kinds of
    plots and traps; empty for all.
    """
    cast, rng, table = Cast(seed), Random(f"{seed}/networks/kinds"), kinds()
    chosen = list(only or table)
    weighted = Weighted(chosen, [table[kind]["share"] for kind in chosen])
    waiting, total, of_plots = chosen, 0, 0
    while total < records:
        if of_plots <= PLOT_SHARE * total:
            kind = waiting.pop(0) if waiting else weighted.pick(rng)
            plot = TELLERS[kind](cast)
            of_plots += len(plot.entries)
        else:
            plot = cases.everyday(cast)
        total += len(plot.entries)
        yield plot


def generate_networks(
    records: int,
    seed: str,
    folder: Path,
    progress: Callable[[int], None] = lambda _done: None,
    only: Sequence[str] = (),
) -> dict[str, Any]:
    """Write the exports of each country, plots.jsonl and scenario.json into a new or empty folder.

    Returns the manifest. The same records and seed give the same bytes. `only`: as `draw` takes it.
    Raises OSError, FileExistsError where the folder holds anything.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty: choose another folder")
    table, counts, done = kinds(), Counter[str](), 0
    with ExitStack() as stack:
        exports = Exports(folder, seed, stack)
        truth = stack.enter_context((folder / TRUTH).open("w", encoding="utf-8", newline=""))
        for plot in draw(records, seed, only):
            for entry in plot.entries:
                exports.write(entry)
            counts[plot.kind] += 1
            done += len(plot.entries)
            progress(done)
            if plot.kind in table:
                number = counts[plot.kind]
                line = _truth(plot, number, table[plot.kind])
                truth.write(json.dumps(line, ensure_ascii=False) + "\n")
        files = exports.listed()
    manifest = _manifest(records, seed, files, counts)
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (folder / "scenario.json").write_text(text, encoding="utf-8")
    return manifest


def _truth(plot: Plot, number: int, kind: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "plot": f"{plot.kind}-{number:05d}",
        "kind": plot.kind,
        "is_trap": "finds" not in kind,
        "finds": kind.get("finds", ""),
        "countries": sorted({entry.country for entry in plot.entries}),
        "records": [_record(entry) for entry in plot.entries],
        "es": kind["es"],
        "en": kind["en"],
    }


def _record(entry: Entry) -> dict[str, Any]:
    station = Station(entry.country, entry.type)
    record: dict[str, Any] = {
        "node": station.node,
        "type": entry.type,
        "reference": entry.reference,
        "at": f"{entry.at:%Y-%m-%dT%H:%M}Z",
    }
    if entry.noise:
        record["noise"] = list(entry.noise)
    if entry.corrected:
        record["corrected"] = sorted(entry.corrected)
    return record


def _manifest(
    records: int, seed: str, files: list[dict[str, Any]], counts: Counter[str]
) -> dict[str, Any]:
    return {
        "set": "networks",
        "records": records,
        "seed": seed,
        "year": 2018,
        "nodes": [
            {"node": f"{country.lower()}-redes", "country": country, "authority": "REDES"}
            for country in COUNTRIES
        ],
        "files": files,
        "plots": dict(sorted(counts.items())),
    }
