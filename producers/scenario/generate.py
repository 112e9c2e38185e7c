"""The scenario: a year of records written as they come, and the truth beside them. Memory does not grow with the number of records."""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any, TextIO

from producers.scenario import traps, truth
from producers.scenario.chance import Weighted
from producers.scenario.files import Register, compact, registers
from producers.scenario.national import NODES
from producers.scenario.plots import LONGEST, Plots
from producers.scenario.readme import readme
from producers.scenario.record import SEIZURE, Known, Officers, Record

# Chosen so that about 16 % of the records belong to weapons that cross a border, and 3 % to traps.
UNITS = (("crossing", 60.0), ("trap", 14.0), ("domestic", 42.0), ("single", 485.0), ("goods", 240.0))
NODE_OF = {node.country: node.name for node in NODES}


@dataclass(slots=True)
class Tally:
    """What was written: for manifest and README."""

    records: int = 0
    weapons: int = 0
    crossing_records: int = 0
    trap_records: int = 0
    noise: Counter[str] = field(default_factory=Counter)
    stories: Counter[str] = field(default_factory=Counter)
    expected: Counter[tuple[str, str]] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)


def generate(records: int, seed: str, folder: Path, progress: Callable[[int], None] = lambda _done: None) -> dict[str, Any]:
    """Writes the files of every node, truth.jsonl, scenario.json and README.md into `folder`; returns the manifest.

    `records`: distinct records (rows sent again and corrections come on top). The same records and seed give the same bytes.
    `progress` is told the number of records written. Raises OSError, FileExistsError where the folder holds something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    others = [path.name for path in folder.iterdir()]
    if others and "scenario.json" not in others:
        raise FileExistsError(f"{folder} is not empty and holds no scenario: choose another folder")
    _clear(folder)
    with ExitStack() as stack:
        books = registers(folder, seed, stack)
        _begin(folder, list(books.values()))
        writer = _Writer(books, stack.enter_context((folder / "truth.jsonl").open("w", encoding="utf-8", newline="")))
        _write(records, seed, writer, progress)
        for book in books.values():
            book.end()
    for book in books.values():
        book.remove_empty()
    manifest = _manifest(records, seed, list(books.values()), writer.tally)
    (folder / "scenario.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(readme(manifest), encoding="utf-8")
    return manifest


def _begin(folder: Path, books: list[Register]) -> None:
    """Says which files are being written, so that an interrupted run can be repeated in the same folder."""
    files = [{"file": sheet.path.name} for book in books for sheet in book.sheets]
    (folder / "scenario.json").write_text(json.dumps({"unfinished": True, "files": files}), encoding="utf-8")


def _clear(folder: Path) -> None:
    """An earlier scenario's files go, so that none of its rows is taken for this one's."""
    manifest = folder / "scenario.json"
    if not manifest.exists():
        return
    for name in [one["file"] for one in json.loads(manifest.read_text(encoding="utf-8"))["files"]] + [
        "truth.jsonl",
        "README.md",
        "scenario.json",
    ]:
        (folder / Path(name).name).unlink(missing_ok=True)


def _write(records: int, seed: str, writer: "_Writer", progress: Callable[[int], None]) -> None:
    officers, rng = Officers(seed), Random(f"{seed}/units")
    plots, snares, kinds = Plots(officers), traps.Traps(officers), cycle(traps.KINDS)
    units = Weighted([name for name, _ in UNITS], [weight for _, weight in UNITS])
    tally = writer.tally
    while tally.records < records:
        day = officers.year.day(tally.records / records)
        unit = units.pick(rng)
        if records - tally.records < LONGEST and unit not in ("single", "goods"):
            unit = "single"
        if unit == "goods":
            writer.row(plots.goods(day))
        elif unit == "trap":
            writer.known(snares.lay(next(kinds), day))
        else:
            writer.known([getattr(plots, unit)(day)])
        progress(tally.records)


class _Writer:
    """Rows to the countries' files, truth to its own."""

    def __init__(self, books: dict[tuple[str, str], Register], file: TextIO) -> None:
        self._books, self._file, self.tally = books, file, Tally()

    def row(self, record: Record) -> None:
        self._books[record.country, record.type].write(record)
        self.tally.records += 1
        self.tally.noise.update(record.noise)

    def known(self, group: list[Known]) -> None:
        first = self.tally.weapons + 1
        numbers = [f"w{first + i:07}" for i in range(len(group))]
        for number, one in zip(numbers, group, strict=True):
            for record in one.records:
                self.row(record)
            self._tell(number, one, [other for other in numbers if other != number])
        self.tally.weapons += len(group)

    def _tell(self, number: str, one: Known, resembles: list[str]) -> None:
        members = [_member(record) for record in one.records]
        owed, lost = (truth.expected(members), truth.hidden(members)) if len(members) > 1 else ([], [])
        self._count(one, owed, lost)
        weapon = one.weapon
        line = {
            "weapon": number, "story": one.story, "trap": one.trap, "resembles": resembles,
            "make": weapon.make.name, "type": weapon.type, "calibre": weapon.calibre.key, "serial": weapon.serial,
            "records": [_told(record) for record in one.records], "expected": truth.as_json(owed), "hidden": truth.as_json(lost),
        }  # fmt: skip
        self._file.write(compact(line) + "\n")

    def _count(self, one: Known, owed: list[truth.Expected], lost: list[truth.Expected]) -> None:
        tally = self.tally
        tally.stories[one.story] += 1
        tally.trap_records += len(one.records) if one.trap else 0
        tally.crossing_records += len(one.records) if not one.trap and len({record.country for record in one.records}) > 1 else 0
        tally.expected.update((e.rule, e.grade) for e in owed)
        tally.hidden.update(e.rule for e in lost)


def _member(record: Record) -> truth.Member:
    status = "SEIZED" if record.type == SEIZURE else record.status
    return truth.Member((NODE_OF[record.country], record.reference), record.country, status, record.certainty, bool(record.calibre))


def _told(record: Record) -> dict[str, Any]:
    told = {
        "node": NODE_OF[record.country], "reference": record.reference, "country": record.country, "type": record.type,
        "status": record.status, "serial": record.serial, "make": record.make, "calibre": record.calibre,
        "certain": record.certainty == "certain", "noise": record.noise,
    }  # fmt: skip
    if record.first_serial is not None:
        told["reported_as"] = record.first_serial
    return told


def _manifest(records: int, seed: str, books: list[Register], tally: Tally) -> dict[str, Any]:
    files = [one for book in books for one in book.listed()]
    return {
        "records": records,
        "seed": seed,
        "year": 2018,
        "nodes": [{"node": node.name, "country": node.country, "authority": node.authority} for node in NODES],
        "files": sorted(files, key=lambda one: one["kind"] == "corrections"),
        "weapons": tally.weapons,
        "crossing_records": tally.crossing_records,
        "trap_records": tally.trap_records,
        "stories": dict(sorted(tally.stories.items())),
        "noise": dict(sorted(tally.noise.items())),
        "expected": [{"rule": rule, "grade": grade, "indicators": count} for (rule, grade), count in sorted(tally.expected.items())],
        "hidden": dict(sorted(tally.hidden.items())),
    }
