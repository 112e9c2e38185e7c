"""Resolve a country's own place codes to ISO 3166-2, the municipality and the whole code. Pure.

What the tables cover, and where they come from, is in the first lines of place_code_tables/*.csv.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from producers.mapping.lookup_tables import table_from_csv
from producers.mapping.values import BadValueError, Columns, Step, Tables, to_text, to_title_case
from producers.model import Row
from schemas.i18n import _

FOLDER = Path(__file__).parent / "place_code_tables"
_SUFFIX = re.compile(r"\s*\([^)]*\)\s*$")
_ARTICLES = frozenset({"la", "el", "los", "las", "de", "del", "y"})
_ABBREVIATIONS = {"n": "norte", "nte": "norte", "sto": "santo", "sta": "santa", "s": "san"}
_PATRONS = ("san ", "santa ", "santo ", "santiago ", "guadalajara ", "puerto ")
"""How official names of towns begin that everybody calls by their end."""
_WRITTEN_FOR = {
    "bogota": "Cundinamarca",
    "bogota d c": "Cundinamarca",
    "callao": "Provincia Constitucional del Callao",
    "provincia constitucional callao": "Callao",
    "chivolo": "Chibolo",
    "coloso": "Colosó",
    "santa cruz mompox": "Mompós",
    "san jose toluviejo": "Tolú Viejo",
}
"""What sources write next to the code of a place that is officially called otherwise."""


@dataclass(frozen=True, slots=True)
class PlaceCodeSystem:
    """A country's system of place codes.

    `municipality` is the number of digits of a municipality's code, `lengths` are those that a code
    may have. `rows` gives by prefix (ISO 3166-2, name).
    """

    name: str
    country: str
    municipality: int
    lengths: frozenset[int]
    rows: Mapping[str, tuple[str, str]]

    def whole(self, written: str) -> str | None:
        """Restore the zero that a spreadsheet removed from a code.

        None if it has no code's form, or no known department.
        """
        if not (written.isascii() and written.isdigit()):
            return None
        code = written if len(written) in self.lengths else f"0{written}"
        return code if len(code) in self.lengths and code[:2] in self.rows else None

    def is_municipality(self, code: str) -> bool:
        """Tell whether a whole code names a municipality, not only what it lies in."""
        return len(code) >= self.municipality and bool(code[2 : self.municipality].strip("0"))

    def subdivision(self, code: str) -> str:
        """By the longest prefix that is known."""
        return next(
            self.rows[code[:length]][0]
            for length in range(len(code), 1, -1)
            if code[:length] in self.rows
        )


_FORMS = {
    "dane": ("CO", 5, (2, 5, 8)),
    "ubigeo": ("PE", 6, (2, 4, 6)),
    "ine": ("BO", 6, (2, 4, 6)),
    "inec": ("EC", 4, (2, 4, 6)),
}
SYSTEMS = tuple(_FORMS)


@cache
def find_system(name: str) -> PlaceCodeSystem:
    """Load the system of this name."""
    country, municipality, lengths = _FORMS[name]
    rows = {
        code: (str(row["subdivision"]), str(row["name"]))
        for code, row in table_from_csv(FOLDER / f"{name}.csv").rows.items()
    }
    return PlaceCodeSystem(name, country, municipality, frozenset(lengths), rows)


class _Place(NamedTuple):
    """A place code: whole, its subdivision (ISO 3166-2), its municipality's name if known."""

    code: str
    subdivision: str
    municipality: str | None


def place_code(spec: Mapping[str, Any], tables: Tables, columns: Columns, where: str) -> Step:
    """Compile a `place_code` step.

    `give` chooses the result. `municipality` and `department` are columns that must agree with the
    code. `table` has the node's own municipalities.
    """
    system, give = find_system(spec["place_code"]), spec.get("give", "subdivision")
    resolve = _resolver(system, _own_municipalities(spec.get("table"), tables, system, where))
    checks = [
        _agreement(kind, spec[kind], columns)
        for kind in ("department", "municipality")
        if kind in spec
    ]
    municipality_column = columns(spec["municipality"]) if "municipality" in spec else None

    def step(value: Any, row: Row) -> Any:
        place = resolve(to_text(value))
        if place is None:
            raise BadValueError(
                "UNKNOWN_PLACE", _("no known {system} code", system=system.name.upper())
            )
        if "table" in spec and place.municipality is None and system.is_municipality(place.code):
            raise BadValueError(
                "UNKNOWN_PLACE",
                _("that municipality is not in the table {table}", table=spec["table"]),
            )
        for check in checks:
            check(system.rows[place.code[:2]][1], place.municipality, row)
        if give == "subdivision":
            return place.subdivision
        if give == "code":
            return place.code[: system.municipality]
        name = municipality_column(row) if municipality_column else None
        return place.municipality or (
            to_title_case(_SUFFIX.sub("", to_text(name))) if name else None
        )

    return step


def _resolver(
    system: PlaceCodeSystem, own: Callable[[str], str | None] | None
) -> Callable[[str], _Place | None]:
    """Compile what resolves a code; `own` names the node's own municipalities."""

    @lru_cache(4096)
    def resolve(text: str) -> _Place | None:
        code = system.whole(text)
        if code is None:
            return None
        town = code[: system.municipality]
        name = own(town) if own else system.rows.get(town, (None, None))[1]
        is_whole = len(town) == system.municipality
        return _Place(code, system.subdivision(code), name if is_whole else None)

    return resolve


def _own_municipalities(
    table: str | None, tables: Tables, system: PlaceCodeSystem, where: str
) -> Callable[[str], str | None] | None:
    if table is None:
        return None
    name, _, column = table.partition(".")
    names = {
        code.zfill(system.municipality): str(value)
        for code, value in tables(name).column(column or None, where).items()
    }
    return names.get


def _agreement(kind: str, column: str, columns: Columns) -> Callable[[str, str | None, Row], None]:
    get = columns(column)

    def check(department: str, municipality: str | None, row: Row) -> None:
        official, written = (department if kind == "department" else municipality), get(row)
        if official and written and not _may_agree(official, to_text(written)):
            raise BadValueError(
                "UNKNOWN_PLACE",
                _("the code and column {column} do not agree", column=column),
                f"{official} ≠ {written}",
            )

    return check


def _may_agree(official: str, written: str) -> bool:
    """Tell whether a source may write this name next to the code of the official place.

    Police files count Bogotá to Cundinamarca, and Callao as a constitutional province.
    """
    other = _WRITTEN_FOR.get(_place_words(official))
    return is_same_place(official, written) or (other is not None and is_same_place(other, written))


@lru_cache(8192)
def is_same_place(name: str, other: str) -> bool:
    """Tell whether two names may be one place's.

    Accents, capitals, articles and brackets do not matter; one name may begin with the other
    (Bogotá, D.C.), or end with it behind its patron (San Andrés de Tumaco).
    """
    shorter, longer = sorted((_place_words(name), _place_words(other)), key=len)
    if shorter == longer or longer.startswith(f"{shorter} "):
        return True
    return longer.startswith(_PATRONS) and longer.endswith(f" {shorter}")


def _place_words(name: str) -> str:
    """Give the words of a place without articles, abbreviations written out."""
    words = (_ABBREVIATIONS.get(word, word) for word in strip_accents(name).split())
    return " ".join(word for word in words if word not in _ARTICLES)


@lru_cache(8192)
def strip_accents(name: str) -> str:
    """Small letters without accents, words parted by one space."""
    flat = unicodedata.normalize("NFKD", _SUFFIX.sub("", name)).encode("ascii", "ignore").decode()
    return " ".join(re.findall("[a-z0-9]+", flat.lower()))
