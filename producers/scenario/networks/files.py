"""Write the entries of a networks scenario as exports of national systems, with noise."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TextIO

from producers.scenario.networks.entry import Cells, Entry

HERE = Path(__file__).parent
MAPPINGS = HERE.parent / "mappings"
REFERENCE, OCCURRED = "ID", "FECHA"
TYPES = (
    "corruption_link",
    "crime_incident",
    "cultural_object",
    "environmental_crime",
    "movement",
    "seizure",
    "suspicious_flow",
    "trafficking_case",
    "weapon_record",
)
_KINDS = (
    (".document.number", "document"),
    (".plate", "plate"),
    (".account.number", "account"),
    ("phones[0].number", "phone"),
    (".serial", "serial"),
)
_WORDS = {
    "document": "Doc.",
    "plate": "Placa",
    "account": "Cta.",
    "phone": "Cel.",
    "serial": "Serie",
}


class Station(NamedTuple):
    """The system of one country that keeps records of one type."""

    country: str
    type: str

    @property
    def node(self) -> str:
        """Return the name of its node."""
        return f"{self.country.lower()}-redes"


def mapping_of(type_: str) -> str:
    """Return the name of the mapping of a type."""
    return f"networks-{type_.replace('_', '-')}"


def columns_of(type_: str) -> tuple[str, ...]:
    """Return the columns of a type's exports, as its mapping names them."""
    content = tomllib.loads((MAPPINGS / f"{mapping_of(type_)}.toml").read_text(encoding="utf-8"))
    targets = [target for target in content["fields"] if not target.startswith("envelope.")]
    return (REFERENCE, OCCURRED, *targets)


class Exports:
    """Writes the files of a folder; `rows` counts them by file."""

    def __init__(self, folder: Path, seed: str, stack: ExitStack) -> None:
        """Begin without a file; each is opened with its first row."""
        self._folder, self._stack = folder, stack
        self._rng = Random(f"{seed}/networks/noise")
        table = tomllib.loads((HERE / "noise.toml").read_text(encoding="utf-8"))
        self._noise: Mapping[str, Mapping[str, float]] = table
        self._files: dict[tuple[Station, str], tuple[TextIO, Any]] = {}
        self._columns = {type_: columns_of(type_) for type_ in TYPES}
        self._numbers: dict[Station, int] = {}
        self.rows: dict[tuple[Station, str], int] = {}

    def write(self, entry: Entry) -> None:
        """Write an entry, and its correction where it has one; fill in its reference and noise."""
        station = Station(entry.country, entry.type)
        self._numbers[station] = number = self._numbers.get(station, 0) + 1
        entry.reference = f"{entry.country}-{entry.type[:4].upper()}-{number:06d}"
        cells, noise = self._with_noise(entry.cells)
        entry.noise = tuple(noise)
        self._write_row(station, "records", entry, cells)
        if entry.corrected:
            self._write_row(station, "corrections", entry, cells | entry.corrected)

    def listed(self) -> list[dict[str, Any]]:
        """List the files as the manifest has them, corrections last."""
        return [
            {
                "file": _name(station, kind),
                "mapping": mapping_of(station.type),
                "node": station.node,
                "country": station.country,
                "authority": "REDES",
                "type": station.type,
                "kind": kind,
                "rows": rows,
            }
            for (station, kind), rows in sorted(
                self.rows.items(), key=lambda item: (item[0][1] == "corrections", item[0])
            )
        ]

    def _write_row(self, station: Station, kind: str, entry: Entry, cells: Cells) -> None:
        key = (station, kind)
        columns = self._columns[station.type]
        if key not in self._files:
            path = self._folder / _name(station, kind)
            stream = self._stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            writer = csv.writer(stream, delimiter=";", lineterminator="\n")
            writer.writerow(columns)
            self._files[key] = (stream, writer)
        unknown = cells.keys() - set(columns)
        if unknown:
            raise KeyError(f"{station.type}: no column for {', '.join(sorted(unknown))}")
        head = [entry.reference, entry.at.strftime("%Y-%m-%d %H:%M")]
        self._files[key][1].writerow([*head, *(cells.get(name, "") for name in columns[2:])])
        self.rows[key] = self.rows.get(key, 0) + 1

    def _with_noise(self, cells: Cells) -> tuple[Cells, Sequence[str]]:
        """Write numbers as officers do; say what was done to which."""
        changed, done = dict(cells), []
        for path, kind in _numbers_in(cells):
            for noise, share in self._noise[kind].items():
                if self._rng.random() < share:
                    changed[path] = _write_as(noise, kind, changed[path])
                    if noise == "nothing":
                        _forget_beside(path, changed)
                    done.append(f"{kind}/{noise}")
                    break
        return changed, done


def _numbers_in(cells: Cells) -> Iterator[tuple[str, str]]:
    for path, value in cells.items():
        kind = next((kind for end, kind in _KINDS if path.endswith(end)), None)
        if kind is not None and value:
            yield path, kind


def _forget_beside(path: str, cells: Cells) -> None:
    """Leave empty what says of which country, bank or kind the lost number is."""
    record = path.rpartition(".")[0]
    for name in ("country", "type", "institution"):
        if not record.endswith("weapon") and f"{record}.{name}" in cells:
            cells[f"{record}.{name}"] = ""


def _write_as(noise: str, kind: str, text: str) -> str:
    match noise:
        case "nothing":
            return ""
        case "label":
            return f"{_WORDS[kind]} {text}"
        case "apostrophe":
            return f"'{text}"
        case "dash":
            return f"{text[:3]}-{text[3:]}"
        case _:
            return f"{text[:3]} {text[3:6]} {text[6:]}"


def _name(station: Station, kind: str) -> str:
    ending = "" if kind == "records" else "-correcciones"
    return f"{station.node}-{station.type.replace('_', '-')}{ending}.csv"
