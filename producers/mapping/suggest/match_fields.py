"""Columns matched to the fields of an event type: by their words and by what their values are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from producers.mapping.suggest import value_kinds
from producers.mapping.suggest.column_roles import (
    Places,
    country_hint,
    find_clock,
    find_occurred,
    find_places,
    find_reference,
    find_row_counter,
    title_countries,
)
from producers.mapping.suggest.counts import (
    INCIDENT,
    STATISTIC,
    counted_type,
    find_count,
    find_month,
)
from producers.mapping.suggest.envelope_columns import envelope_columns
from producers.mapping.suggest.inspect_file import ColumnProfile, FileProfile
from producers.mapping.suggest.similarity import likeness, nearness, stems, synonyms
from schemas.event.event_type import EVENTS, event_type
from schemas.event.field_paths import FieldPath, field_paths

_NEAR = 0.62  # a match worth proposing
_NAMED = 0.75
_CONTROL = frozenset({"erasure", "retraction", "heartbeat", "retention_extension"})
_ENVELOPE = (FieldPath("envelope.exercise", "string", "", date=False, required=False, within=()),)
_TOO_MANY = frozenset({"country", "currency", "crime"})  # lists so long that some value always fits
_WITHOUT_HINTS = frozenset(
    {
        "crime_incident",
        "cultural_object",
        "movement",
        "person_notice",
        "suspicious_flow",
        "threat_report",
        "weapon_record",
    }
)
"""Types that a file may be without one of their words: counts of homicides are no seizures."""
_ABOUT = {
    "weapon_record": "weapon.",
    "trace_request": "weapon.",
    "trace_result": "weapon.",
    "person_notice": "person.",
}
"""What a type is about: the record that some column must fill."""
_BROADEST = 0.2
"""More for the type that most files are, where nothing else decides."""
_MOST_HINTS = 3
_NO_WORDS, _NO_COLUMN_WORDS, _FILE_NAME = 6.0, 1.5, 1.5
_SAME_NAME = 0.97
_UNKNOWN_CODES, _FEW_CODES = 0.65, 20
"""The score of a column whose name is the field's and whose few values are no known codes."""
_DATED = 0.9
_BESIDE = frozenset({"document_type", "country"})
"""The lists of what stands beside a number: a document's type, and whose number it is."""
LEFT_OUT = "-"
"""The answer of a person that leaves a value, or a column, out."""
_NUMBERS = frozenset({"double", "float", "int", "long"})


@dataclass(frozen=True, slots=True)
class Match:
    """A column for a field, and how sure that is (0 to 1, more for the values' evidence)."""

    column: ColumnProfile
    leaf: FieldPath
    score: float


@dataclass(slots=True)
class Plan:
    """All that a mapping says, before it is written.

    `lists` gives by list of the source the list of the event. `idle` are columns that nothing uses.
    `type_is_guessed`: no word of the file and no required field speaks for the type. A person's
    answers are in `envelope` and in `codes` (by column and code list: value -> code, or LEFT_OUT);
    `is_confirmed` says that a person decided everything. `month` is the column of months next to
    one of years, and its format. `count` says how many crimes a row stands for. `row_counter` only
    numbers the rows of the file. `title_countries` are those that its title names.
    """

    type: str
    type_is_guessed: bool
    others: tuple[str, ...]
    country: str
    matches: list[Match]
    places: Places
    occurred: ColumnProfile | None
    clock: ColumnProfile | None
    reference: ColumnProfile | None
    month: tuple[ColumnProfile, str] | None
    count: ColumnProfile | None
    lists: dict[str, str]
    constants: dict[str, str]
    missing: list[FieldPath]
    idle: list[ColumnProfile]
    envelope: dict[str, str] = field(default_factory=dict)
    codes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    is_confirmed: bool = False
    row_counter: ColumnProfile | None = None
    title_countries: tuple[str, ...] = ()
    is_country_of_title: bool = False

    def release(self, column: ColumnProfile) -> None:
        """Take a column from whatever it was for."""
        self.matches = [match for match in self.matches if match.column is not column]
        self.idle = [other for other in self.idle if other is not column]
        if self.reference is column:
            self.reference = None
        if self.occurred is column:
            self.occurred, self.clock = None, None
        if self.month is not None and self.month[0] is column:
            self.month = None
        if self.count is column:
            self.count = None
        if self.clock is column:
            self.clock = None
        if self.places.code is column:
            self.places.code = None
        if self.places.department is column:
            self.places.department = None

    @property
    def countries_unknown(self) -> list[str]:
        """List the countries of numbers that neither a column nor the file says."""
        known = {leaf.path: leaf for leaf in field_paths(event_type(self.type))}
        taken = {match.leaf.path for match in self.matches} | set(self.constants)
        paths = [
            f"{record}.country" for match in self.matches if (record := _numbered_record(match))
        ]
        return [
            path
            for path in dict.fromkeys(paths)
            if path in known and path not in taken and known[path].codes in _BESIDE
        ]

    def refresh_missing(self) -> None:
        """Find again which constants fit and which required fields nothing fills."""
        known = {leaf.path: leaf for leaf in field_paths(event_type(self.type))}
        matched = {match.leaf.path for match in self.matches}
        self.constants = {
            path: code
            for path, code in self.constants.items()
            if path not in matched and _is_given(known[path], self.matches)
        }
        self.missing = _missing(self.type, self.matches, self.constants)


def event_type_names() -> list[str]:
    """List the event types that a file may become, in the order of their names."""
    return sorted({path.stem for path in EVENTS.glob("*.avsc")} - _CONTROL)


def plan(seen: FileProfile, stem: str, type_: str | None, country: str | None) -> Plan:
    """Plan a mapping for this event type, or for the likeliest if `type_` is None.

    `stem` is the name of the file without its ending.
    """
    named = title_countries(seen.titles)
    title_country = named[0] if len(named) == 1 else None
    places = find_places(seen, country or title_country)
    country_of_columns = country_hint(seen, places, country)
    known_country = country_of_columns or title_country or ""
    reference, row_counter = find_reference(seen, places), find_row_counter(seen)
    special = [
        column for column in (places.code, places.department, reference, row_counter) if column
    ]
    special_ids = {id(column) for column in special}
    free = [column for column in seen.columns if id(column) not in special_ids]
    count = find_count(seen)
    counted = counted_type(seen, find_occurred(seen, frozenset()))
    names = [name for name in (type_, counted) if name][:1] or [
        name for name in event_type_names() if name != STATISTIC
    ]
    scored = _scored_types(seen, stem, names, free)
    best_score, name, matches = scored[0]
    dated = (match for match in matches if match.leaf.date and match.score > _DATED)
    occurred = find_occurred(seen, frozenset(id(match.column) for match in dated))
    clock = find_clock(free) if _dayly(occurred) else None
    matches = [
        match for match in matches if match.column is not clock and match.column is not occurred
    ]
    month = find_month(free) if occurred is not None and occurred.dates is None else None
    matches = _without_lone_counts(matches)
    if name == STATISTIC and count is not None:
        matches = _with_count(matches, count)
    if month is not None:
        matches = [match for match in matches if match.column is not month[0]]
    places.municipality = next(
        (match.column for match in matches if match.leaf.path.endswith(".municipality")), None
    )
    constants = _constants(name, matches, seen)
    constants |= _beside_numbers(name, matches, known_country)
    used = special_ids - {id(row_counter)}
    used |= {id(match.column) for match in matches} | {id(occurred), id(clock)}
    used |= {id(month[0])} if month else set()
    free = [column for column in seen.columns if id(column) not in used]
    matches += [Match(column, leaf, 1.0) for column, leaf in envelope_columns(free)]
    used |= {id(match.column) for match in matches}
    return Plan(
        type=name,
        type_is_guessed=type_ is None
        and name != counted
        and not _type_words(name, seen, stem)
        and not any(match.leaf.required for match in matches),
        others=tuple(
            other for other_score, other, _ in scored[1:3] if other_score > 0.8 * best_score
        ),
        country=known_country,
        matches=matches,
        places=places,
        occurred=occurred,
        clock=clock,
        reference=reference,
        month=month,
        count=count if id(count) not in used else None,
        lists={
            match.column.within: _list_of(match.leaf.path)
            for match in matches
            if match.column.within
        },
        constants=constants,
        missing=_missing(name, matches, constants),
        idle=[column for column in seen.columns if id(column) not in used],
        row_counter=row_counter,
        title_countries=named if country is None else (),
        is_country_of_title=bool(known_country) and not country_of_columns,
    )


def _with_count(matches: list[Match], count: ColumnProfile) -> list[Match]:
    """Let the column of the counts fill the count of a statistic."""
    leaf = next(leaf for leaf in field_paths(event_type(STATISTIC)) if leaf.path == "count")
    others = [
        match for match in matches if match.column is not count and match.leaf.path != leaf.path
    ]
    return [Match(count, leaf, 1.0), *others]


def _without_lone_counts(matches: list[Match]) -> list[Match]:
    """Leave out a quantity, or a year of manufacture, of which no other column says of what."""
    records = Counter(_record(match.leaf) for match in matches)
    return [
        match
        for match in matches
        if not match.leaf.path.endswith((".quantity", ".year")) or records[_record(match.leaf)] > 1
    ]


def _scored_types(
    seen: FileProfile, stem: str, names: Sequence[str], free: Sequence[ColumnProfile]
) -> list[tuple[float, str, list[Match]]]:
    """Match the free columns with each type: (score, type, matches), the best first."""
    matched = ((name, _matches(name, free)) for name in names)
    scored = [(_type_score(name, matches, seen, stem), name, matches) for name, matches in matched]
    return sorted(scored, key=lambda entry: -entry[0])


def score(column: ColumnProfile, leaf: FieldPath) -> float:
    """Words, weighed by whether the values are such as the field takes."""
    alike = nearness(column.stems, leaf.path)
    if not column.within and any("[*]" in record for record in leaf.within):
        alike *= (
            0.7 if leaf.date else 0.98
        )  # a plain row's date is rather the event's than one of a list's
    if not column.values:
        return 0.7 * alike if not leaf.date else 0.0
    if leaf.codes:
        codes = column.codes(leaf.codes)
        known = sum(match is not None for match in codes.values()) / len(codes)
        by_codes = 0.72 if known >= 0.8 and len(codes) > 2 and leaf.codes not in _TOO_MANY else 0.0
        by_name = _UNKNOWN_CODES if alike >= _SAME_NAME and len(codes) <= _FEW_CODES else 0.0
        return max(alike * (0.3 + 0.75 * known), by_codes, by_name)
    if alike < _NEAR or leaf.type == "boolean":
        return 0.0
    if leaf.date:
        return alike if column.dates or value_kinds.are_serial_dates(column.values) else 0.0
    if leaf.type in _NUMBERS:
        return alike if column.decimal_separator else 0.0
    if leaf.path.endswith((".text", ".municipality")) and value_kinds.are_numbers(column.values):
        return 0.0
    return 0.0 if column.dates or column.has_amounts else alike


def _matches(name: str, columns: Sequence[ColumnProfile]) -> list[Match]:
    """Match the best pairs first, each column and each field once.

    A list of the source goes into one list of the event. Columns that fit one record alone go
    first. Of the others each goes where its neighbours in the file went.
    """
    leaves = [*field_paths(event_type(name)), *_ENVELOPE]
    pairs = [
        Match(column, leaf, score(column, leaf))
        for column in columns
        for leaf in leaves
        if not column.within or "[*]" in leaf.path
    ]
    matcher = _Matcher([match for match in pairs if match.score >= _NEAR], columns, leaves)
    for only_sure in (True, False):
        for column in columns:
            matcher.choose_for(column, only_sure)
    matcher.choose_rest()
    return matcher.in_order()


class _Matcher:
    """Chooses among pairs of columns and fields."""

    def __init__(
        self, pairs: list[Match], columns: Sequence[ColumnProfile], leaves: Sequence[FieldPath]
    ) -> None:
        lists = _lists(pairs)
        self._weights = _weights(pairs)
        self._pairs = [match for match in pairs if _fits_list(match, lists)]
        self._leaf_order = {leaf.path: index for index, leaf in enumerate(leaves)}
        self._column_order = {id(column): index for index, column in enumerate(columns)}
        self._chosen: list[Match] = []

    def choose_for(self, column: ColumnProfile, only_sure: bool) -> None:
        """Choose the best free field for a column, unless another column fits it better.

        With `only_sure` it chooses only if the best fields are all of one record.
        """
        chosen_paths = {match.leaf.path for match in self._chosen}
        own = [
            match
            for match in self._pairs
            if match.column is column and match.leaf.path not in chosen_paths
        ]
        if not own or any(match.column is column for match in self._chosen):
            return
        best_score = max(match.score for match in own)
        records = {_record(match.leaf) for match in own if match.score > best_score - 0.02}
        if only_sure and len(records) > 1:
            return
        best = min(own, key=self._rank)
        if not any(
            other.leaf.path == best.leaf.path and other.score > best.score
            for other in self._pairs
            if other.column is not column
        ):
            self._chosen.append(best)

    def choose_rest(self) -> None:
        """Choose what was left because a column that fits better went elsewhere."""
        for match in sorted(self._pairs, key=self._rank):
            if not any(
                other.column is match.column or other.leaf.path == match.leaf.path
                for other in self._chosen
            ):
                self._chosen.append(match)

    def in_order(self) -> list[Match]:
        """Give what was chosen, in the order of the event's fields."""
        return sorted(self._chosen, key=lambda match: self._leaf_order[match.leaf.path])

    def _rank(self, match: Match) -> tuple[float, ...]:
        return (
            -round(match.score, 2),
            self._distance(match),
            -self._weights[_record(match.leaf)],
            match.leaf.path.count("."),
            self._leaf_order[match.leaf.path],
        )

    def _distance(self, match: Match) -> int:
        """Measure how far in the file the nearest column of the same record is."""
        place = self._column_order[id(match.column)]
        distances = [
            abs(place - self._column_order[id(other.column)])
            for other in self._chosen
            if _record(other.leaf) == _record(match.leaf)
        ]
        return min(distances, default=len(self._column_order))


def _record(leaf: FieldPath) -> str:
    return leaf.path.rpartition(".")[0]


def _weights(pairs: Iterable[Match]) -> dict[str, float]:
    """Weigh how much of the file each record would take.

    A make next to a serial is a weapon's, next to a plate a vehicle's.
    """
    best: dict[tuple[str, int], float] = {}
    for match in pairs:
        key = (_record(match.leaf), id(match.column))
        best[key] = max(best.get(key, 0.0), match.score)
    weights: dict[str, float] = {}
    for (record, _), score_ in best.items():
        weights[record] = weights.get(record, 0.0) + score_
    return weights


def _fits_list(match: Match, lists: Mapping[str, str]) -> bool:
    """Tell whether a column may go into the field's list.

    A list's columns go into its list; a plain column only into a list that is named for it.
    """
    target = _list_of(match.leaf.path)
    if match.column.within:
        return target == lists[match.column.within]
    return "[*]" not in match.leaf.path or target not in lists.values() or match.score > _NAMED


def _list_of(path: str) -> str:
    return path.partition("[*]")[0]


def _lists(pairs: Iterable[Match]) -> dict[str, str]:
    """For each list of the source the list of the event that most of its columns would go into."""
    weight: dict[tuple[str, str], dict[int, float]] = {}
    for match in pairs:
        if match.column.within:
            best = weight.setdefault((match.column.within, _list_of(match.leaf.path)), {})
            best[id(match.column)] = max(best.get(id(match.column), 0.0), match.score)
    ranked = sorted(weight.items(), key=lambda item: -sum(item[1].values()))
    lists: dict[str, str] = {}
    for (within, target), _ in ranked:
        if within not in lists and target not in lists.values():
            lists[within] = target
    return {within: lists.get(within, "") for within, _ in weight}


def _type_score(name: str, matches: Sequence[Match], seen: FileProfile, stem: str) -> float:
    """Score an event type by what matches, what is missing, and the file's name.

    Required fields count more.
    """
    constants = _constants(name, matches, seen)
    missing = _missing(name, matches, constants)
    required = sum(match.leaf.required for match in matches)
    words = _type_words(name, seen, stem)
    return (
        sum(match.score for match in matches)
        + 0.8 * required
        - 1.5 * len(missing)
        + min(words, _MOST_HINTS)
        - (_NO_WORDS if name not in _WITHOUT_HINTS and not words else 0.0)
        - (_NO_WORDS if _lacks_its_record(name, matches) else 0.0)
        - (_NO_COLUMN_WORDS if name not in _WITHOUT_HINTS and words == _FILE_NAME else 0.0)
        + (_BROADEST if name == INCIDENT else 0.0)
    )


def _lacks_its_record(name: str, matches: Sequence[Match]) -> bool:
    """Tell whether no column says anything of what the type is about, such as its weapon."""
    record = _ABOUT.get(name)
    return record is not None and not any(match.leaf.path.startswith(record) for match in matches)


def _type_words(name: str, seen: FileProfile, stem: str) -> float:
    """Weigh the words that mean the type: of the file's name or its title 1.5, of a column 1."""
    terms = synonyms()["types"].get(name, {})
    means = tuple(stems(word) for word in terms.get("words", ()))
    names = [stems(text) for text in (stem, *seen.titles)]
    is_named = any(likeness(text, means) > 0 for text in names)
    words = [stems(word) for word in terms.get("columns", ())]
    return _FILE_NAME * is_named + sum(
        any(word <= column.stems for word in words) for column in seen.columns
    )


def _beside_numbers(name: str, matches: Sequence[Match], country: str) -> dict[str, str]:
    """Give type and country of the documents, phones and vehicles that columns have numbers of.

    The type comes from the column's words (CEDULA), the country from the file.
    """
    known = {leaf.path: leaf for leaf in field_paths(event_type(name))}
    taken = {match.leaf.path for match in matches}
    types = synonyms()["column_types"]["document"]
    constants: dict[str, str] = {}
    for match in matches:
        record = _numbered_record(match)
        if not record:
            continue
        type_ = next(
            (code for word, code in types.items() if stems(word) <= match.column.stems), None
        )
        for path, code in ((f"{record}.type", type_), (f"{record}.country", country)):
            if code and path in known and path not in taken and known[path].codes in _BESIDE:
                constants[path] = code
    return constants


def _numbered_record(match: Match) -> str:
    """Give the record whose number a column has, such as a document or a vehicle; else empty."""
    record, _dot, last = match.leaf.path.rpartition(".")
    return record if last in ("number", "plate", "imei") else ""


def _missing(name: str, matches: Sequence[Match], constants: Mapping[str, str]) -> list[FieldPath]:
    """Required fields of what is given, that no column and no constant fills."""
    filled = {match.leaf.path for match in matches} | set(constants)
    return [
        leaf
        for leaf in field_paths(event_type(name))
        if leaf.required and leaf.path not in filled and _is_given(leaf, matches)
    ]


def _is_given(leaf: FieldPath, matches: Sequence[Match]) -> bool:
    return all(
        any(match.leaf.path.startswith(f"{record}.") for match in matches) for record in leaf.within
    )


def _constants(name: str, matches: Sequence[Match], seen: FileProfile) -> dict[str, str]:
    """Codes that no column says: the type's usual ones, and what some column's name implies."""
    matched = {match.leaf.path for match in matches}
    usual: dict[str, str] = dict(synonyms()["types"].get(name, {}).get("constants", {}))
    known = {leaf.path: leaf for leaf in field_paths(event_type(name))}
    words = frozenset(stem for column in seen.columns for stem in column.stems)
    for path, implied in synonyms()["implied"].items():
        code = next(
            (code for code, hints in implied.items() if any(stems(hint) & words for hint in hints)),
            None,
        )
        if path in known and code:
            usual.setdefault(path, code)
    return {
        path: code
        for path, code in usual.items()
        if path in known and path not in matched and _is_given(known[path], matches)
    }


def _dayly(column: ColumnProfile | None) -> bool:
    """Whether it has dates without times."""
    dates = column.dates if column else None
    return dates is not None and not dates.timed
