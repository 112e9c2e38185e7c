"""Find the columns that say where, when and which record: by their words and their values. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from producers.mapping.place_codes import strip_accents
from producers.mapping.suggest import value_kinds
from producers.mapping.suggest.counts import is_count
from producers.mapping.suggest.inspect_file import ColumnProfile, FileProfile
from producers.mapping.suggest.similarity import stems, synonyms

COUNTRIES = {"dane": "CO", "ubigeo": "PE", "ine": "BO", "inec": "EC"}
"""The country of each system of place codes."""


@dataclass(slots=True)
class Places:
    """The columns that say where: codes of `system`, or names of departments.

    `departments` gives value -> ISO 3166-2.
    """

    code: ColumnProfile | None = None
    system: str = ""
    unsure: tuple[str, ...] = ()
    department: ColumnProfile | None = None
    departments: Mapping[str, str] = field(default_factory=dict)
    municipality: ColumnProfile | None = None


def find_places(seen: FileProfile, country: str | None) -> Places:
    """Find the columns of place codes and of departments."""
    places = Places()
    for column in seen.columns:
        if column.within or not column.values:
            continue
        systems = _place_systems(column, country)
        if systems:
            if places.code is None or _digits(column) > _digits(places.code):
                places.code, places.system, places.unsure = column, systems[0], tuple(systems[1:])
        elif not places.department and (names := value_kinds.match_departments(column.distinct)):
            places.department, places.departments = column, names
    return places


def _digits(column: ColumnProfile) -> int:
    """Count the digits of the longest code: the most says the most exact place."""
    return max(map(len, column.values))


def _place_systems(column: ColumnProfile, country: str | None) -> list[str]:
    """List the systems of place codes that a column may be of, by its values and its words."""
    if is_count(column):
        return []
    systems = value_kinds.detect_place_system(column.values)
    named = [name for name in systems if stems(name) & column.stems]
    if not named and not (systems and _stems_of("place_code") & column.stems):
        return []
    systems = named or [name for name in systems if country in (None, COUNTRIES[name])] or systems
    return ["inec"] if "provinci" in column.stems and "inec" in systems else systems


def country_hint(seen: FileProfile, places: Places, country: str | None) -> str:
    """Give the country that was named, else that of the file's places or of its columns' words.

    Empty if nothing says it.
    """
    of_departments = next((iso[:2] for iso in places.departments.values()), "")
    known = country or COUNTRIES.get(places.system, "") or of_departments
    if known:
        return known
    words = frozenset().union(*(column.stems for column in seen.columns))
    of_words = {code for word, code in synonyms()["country_words"].items() if stems(word) & words}
    return of_words.pop() if len(of_words) == 1 else ""


def title_countries(titles: Sequence[str]) -> tuple[str, ...]:
    """List the countries that the title rows of a file name, each once."""
    title_words = {word for title in titles for word in strip_accents(title).split()}
    known: Mapping[str, Sequence[str]] = synonyms()["country_titles"]
    return tuple(code for code, names in known.items() if title_words.intersection(names))


def find_row_counter(seen: FileProfile) -> ColumnProfile | None:
    """Find the column that only numbers the rows of the file, such as N° or ITEM.

    Another file numbers other records so: it identifies none.
    """
    numbers = _stems_of("row_number")
    return next(
        (
            column
            for column in seen.columns
            if not column.within
            and column.stems
            and column.stems <= numbers
            and value_kinds.count_rows(column.values)
        ),
        None,
    )


def find_reference(seen: FileProfile, places: Places) -> ColumnProfile | None:
    """Find the column that identifies an item: nearly unique, named so, and no code of a place."""
    counter = find_row_counter(seen)
    place_words = _stems_of("place_code")
    unique = [
        column
        for column in seen.columns
        if not column.within
        and column not in (places.code, places.department, counter)
        and not column.stems & place_words
        and not is_count(column)
        and not value_kinds.are_years(column.values)
        and _is_unique(column, seen.rows)
    ]
    for word in synonyms()["reference"]["words"]:
        for column in unique:
            if stems(word) <= column.stems:
                return column
    return None


def find_occurred(seen: FileProfile, used: frozenset[int]) -> ColumnProfile | None:
    """Find the column that says when it happened, else one of years.

    `used`: ids of columns that are a field's for sure. Dates of a download, a birth or a validity
    are not when it happened.
    """
    others = _stems_of("not_occurred")
    free = [
        column
        for column in seen.columns
        if not column.within and id(column) not in used and not column.stems & others
    ]
    dated = [column for column in free if is_date(column)]
    words = synonyms()["occurred"]["words"]
    ranked = [
        (at, column)
        for column in dated
        for at, word in enumerate(words)
        if stems(word) <= column.stems
    ]
    if ranked:
        return min(ranked, key=lambda match: match[0])[1]
    return next(iter(dated), None) or _year_column(free)


def may_be_a_report(column: ColumnProfile) -> bool:
    """Tell whether a column's name says when somebody reported it, rather than when it happened."""
    happened = frozenset().union(*(stems(word) for word in ("hecho", "ocurrencia", "ocurrido")))
    return bool(column.stems & _stems_of("maybe_occurred")) and not column.stems & happened


def find_clock(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """Find the column of the times of day."""
    hours = _stems_of("hour")
    return next(
        (
            column
            for column in columns
            if not column.within
            and value_kinds.detect_clocks(column.values, bool(column.stems & hours))
        ),
        None,
    )


def is_date(column: ColumnProfile) -> bool:
    """Tell whether a column has dates, or Excel's days under a name of dates."""
    return bool(column.dates) or (
        "fech" in column.stems and value_kinds.are_serial_dates(column.values)
    )


def _year_column(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    years = _stems_of("year")
    return next(
        (
            column
            for column in columns
            if column.stems & years and value_kinds.are_years(column.values)
        ),
        None,
    )


def _is_unique(column: ColumnProfile, rows: int) -> bool:
    if column.stems & _stems_of("thing"):
        return False
    return (
        len(column.values) == rows and len(set(column.values)) >= 0.95 * rows and not column.dates
    )


def _stems_of(role: str) -> frozenset[str]:
    return frozenset().union(*(stems(word) for word in synonyms()["roles"][role]))
