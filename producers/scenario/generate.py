"""The scenario: a year of records written as they come, and the truth about them.

Memory does not grow with the number of records.
"""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from producers.scenario.alike.files import TRUTH as ALIKE_TRUTH
from producers.scenario.alike.files import write_alike
from producers.scenario.files.files import Register, registers
from producers.scenario.files.national import NODES, file_of
from producers.scenario.files.readme import readme
from producers.scenario.recording.officers import Officers
from producers.scenario.stories import papers
from producers.scenario.stories.background import Background
from producers.scenario.stories.cases import Cases
from producers.scenario.stories.plots import LONGEST, Plots
from producers.scenario.stories.record import SEIZURE, WEAPON, Tale
from producers.scenario.traps import phone_account_traps, weapon_traps
from producers.scenario.traps.person_traps import EXERCISE
from producers.scenario.truth import person_truth
from producers.scenario.truth.truth_writer import Telling
from producers.scenario.world.chance import Weighted

# Half of the records tell of weapons and seizures, half of all else. Chosen so that about 16 % of
# each half belong to stories that cross a
# border, and 3 % (weapons) and 7 % (all else) to traps.
WEAPONS = (
    ("crossing", 60.0),
    ("trap", 14.0),
    ("domestic", 42.0),
    ("single", 485.0),
    ("goods", 240.0),
)
ALL_ELSE = (("case", 60.0), ("snare", 28.0), ("crowd", 0.6), ("day", 690.0))


@dataclass(slots=True)
class Tally:
    """What was written: for manifest and README."""

    records: int = 0
    weapon_records: int = 0
    crossing_records: int = 0
    trap_records: int = 0
    exercise_records: int = 0
    types: Counter[str] = field(default_factory=Counter)
    noise: Counter[str] = field(default_factory=Counter)
    stories: Counter[str] = field(default_factory=Counter)


def generate(
    records: int, seed: str, folder: Path, progress: Callable[[int], None] = lambda _done: None
) -> dict[str, Any]:
    """Writes the files of every node, the truth, scenario.json and README.md into `folder`.

    Returns the manifest.

    `records`: distinct records (rows sent again and corrections come on top). The same records and
    seed give the same bytes. `progress` receives the number of records written. Raises OSError,
    FileExistsError where the folder holds something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    others = [path.name for path in folder.iterdir()]
    if others and "scenario.json" not in others:
        raise FileExistsError(f"{folder} is not empty and holds no scenario: choose another folder")
    _clear(folder)
    with ExitStack() as stack:
        books = registers(folder, seed, stack)
        _begin(folder, list(books.values()))
        telling = Telling(
            stack.enter_context((folder / "truth.jsonl").open("w", encoding="utf-8", newline=""))
        )
        persons = person_truth.PersonWriter(
            stack.enter_context(
                (folder / person_truth.FILE).open("w", encoding="utf-8", newline="")
            )
        )
        writer = _Writer(books, telling, persons)
        _write(records, seed, writer, progress)
        for book in books.values():
            book.end()
    for book in books.values():
        book.remove_empty()
    files = [line for book in books.values() for line in book.listed()]
    files += write_alike(records, seed, folder)
    manifest = _manifest(records, seed, files, writer.tally, telling)
    (folder / "scenario.json").write_text(
        json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (folder / "README.md").write_text(readme(manifest), encoding="utf-8")
    return manifest


def _begin(folder: Path, books: list[Register]) -> None:
    """Says which files are being written.

    An interrupted run can be repeated in the same folder.
    """
    files = [{"file": sheet.path.name} for book in books for sheet in book.sheets]
    (folder / "scenario.json").write_text(
        json.dumps({"unfinished": True, "files": files}), encoding="utf-8"
    )


def _clear(folder: Path) -> None:
    """An earlier scenario's files go, so that none of its rows is taken for this one's."""
    manifest = folder / "scenario.json"
    if not manifest.exists():
        return
    files = [file["file"] for file in json.loads(manifest.read_text(encoding="utf-8"))["files"]]
    truths = ("truth.jsonl", person_truth.FILE, ALIKE_TRUTH)
    for name in [*files, *truths, "README.md", "scenario.json"]:
        (folder / Path(name).name).unlink(missing_ok=True)


def _write(records: int, seed: str, writer: "_Writer", progress: Callable[[int], None]) -> None:
    teller = _Teller(seed)
    tally = writer.tally
    stories = records // papers.EVERY

    def write_until(last: int) -> None:
        while tally.records < last:
            left, share = last - tally.records, tally.records / records
            behind = tally.weapon_records * 2 <= tally.records
            writer.write(teller.weapons(share, left) if behind else teller.all_else(share, left))
            progress(tally.records)

    write_until(records - stories * papers.LONGEST)
    for number in range(stories):
        writer.write(teller.papers((number + 1) / (stories + 1)))
    write_until(records)


class _Teller:
    """Draws which story comes next."""

    def __init__(self, seed: str) -> None:
        self._officers, self._rng = Officers(seed), Random(f"{seed}/units")
        self._plots, self._traps = Plots(self._officers), weapon_traps.Traps(self._officers)
        self._cases, self._snares, self._background = (
            Cases(self._officers),
            phone_account_traps.Snares(self._officers),
            Background(self._officers),
        )
        self._papers = papers.PaperStories(self._officers, seed)
        self._kinds, self._snare_kinds, self._crowds = (
            cycle(weapon_traps.KINDS),
            cycle(phone_account_traps.SNARES),
            cycle(phone_account_traps.CROWDS),
        )
        self._weapons, self._all_else = (
            Weighted([name for name, _ in units], [w for _, w in units])
            for units in (WEAPONS, ALL_ELSE)
        )

    def weapons(self, share: float, left: int) -> Tale:
        """Of weapons and seizures; `left` records fit at most."""
        unit, day = self._weapons.pick(self._rng), self._officers.year.day(share)
        if left < LONGEST and unit not in ("single", "goods"):
            unit = "single"
        return (
            self._traps.lay(next(self._kinds), day)
            if unit == "trap"
            else getattr(self._plots, unit)(day)
        )

    def all_else(self, share: float, left: int) -> Tale:
        """Of persons, money, movements and crimes."""
        unit, day = self._all_else.pick(self._rng), self._officers.year.day(share)
        if unit == "crowd" and left >= phone_account_traps.LONGEST:
            return self._snares.crowd(next(self._crowds), day)
        if unit == "case" and left >= LONGEST:
            return self._cases.tell(day)
        if unit == "snare" and left >= LONGEST:
            return self._snares.lay(next(self._snare_kinds), day)
        return self._background.tell(share)

    def papers(self, share: float) -> Tale:
        """Of a person whom no equal number joins."""
        return self._papers.tell(self._officers.year.day(share))


class _Writer:
    """Rows to the countries' files, truth to its own."""

    def __init__(
        self,
        books: dict[tuple[str, str], Register],
        telling: Telling,
        persons: person_truth.PersonWriter,
    ) -> None:
        self._books, self._telling, self._persons = books, telling, persons
        self.tally = Tally()

    def write(self, tale: Tale) -> None:
        tally = self.tally
        for record in tale.records:
            self._books[file_of(record)].write(record)
            tally.types[record.type] += 1
            tally.weapon_records += record.type in (WEAPON, SEIZURE)
            tally.exercise_records += record.exercise != ""
            if record.noise:
                tally.noise.update(set(record.noise))
        count = len(tale.records)
        tally.records += count
        tally.stories[tale.story] += 1
        if tale.trap:
            tally.trap_records += count
        elif len({record.country for record in tale.records}) > 1:
            tally.crossing_records += count
        self._telling.tell(tale)
        self._persons.tell(tale)


def _manifest(
    records: int, seed: str, files: list[dict[str, Any]], tally: Tally, telling: Telling
) -> dict[str, Any]:
    return {
        "records": records,
        "seed": seed,
        "year": 2018,
        "exercise": EXERCISE,
        "nodes": [
            {"node": node.name, "country": node.country, "authority": node.authority}
            for node in NODES
        ],
        "files": sorted(files, key=lambda record: record["kind"] == "corrections"),
        "types": dict(sorted(tally.types.items())),
        "things": dict(sorted(telling.things.items())),
        "crossing_records": tally.crossing_records,
        "trap_records": tally.trap_records,
        "exercise_records": tally.exercise_records,
        "stories": dict(sorted(tally.stories.items())),
        "noise": dict(sorted(tally.noise.items())),
        "expected": [
            {"rule": rule, "grade": grade, "indicators": count}
            for (rule, grade), count in sorted(telling.expected.items())
        ],
        "hidden": dict(sorted(telling.hidden.items())),
    }
