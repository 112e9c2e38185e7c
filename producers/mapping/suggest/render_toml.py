"""A plan as the TOML of a mapping, with its doubts in comments."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from producers.mapping.money_text import find_currency
from producers.mapping.number_text import number_readings, plain_text
from producers.mapping.place_codes import strip_accents
from producers.mapping.serial_dates import EXCEL
from producers.mapping.suggest import value_kinds
from producers.mapping.suggest.column_roles import may_be_a_report
from producers.mapping.suggest.counts import STATISTIC
from producers.mapping.suggest.envelope_columns import crime_columns
from producers.mapping.suggest.inspect_file import MAX_CODED_VALUES, ColumnProfile, FileProfile
from producers.mapping.suggest.match_fields import LEFT_OUT, Match, Plan
from producers.mapping.suggest.similarity import stems, synonyms
from producers.mapping.suggest.synonym_terms import envelope_terms
from producers.mapping.suggest.version_marks import comment_lines, find_version_marks
from producers.sources.format import ALL_SHEETS
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import UserMessage, _, in_language
from schemas.time_zones import ZONES

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SURE = 0.85
_NO_CRIME = "0000"
_NUMBERS = ("double", "float")
Coded = TypeVar("Coded")


class TomlWriter:
    """Lines of one mapping, tables last. `lang`: of the comments."""

    def __init__(self, profile: FileProfile, plan: Plan, lang: str) -> None:
        """Take what the file is and what the mapping says; `lang` is the language of comments."""
        self._seen, self._plan, self._lang = profile, plan, lang
        self._tables: dict[str, list[str]] = {}
        self.doubts: list[str] = []
        self.certain_fields = 0

    def lines(self, file: str) -> Iterator[str]:
        """Yield the lines of the mapping."""
        kind = words.event_type(self._plan.type, self._lang)
        yield f"title = {_text(f'{kind}: {file}')}"
        yield f"type = {_text(self._plan.type)}{self._type_doubt()}"
        yield from self._equal_rows()
        yield from self._required()
        yield ""
        yield from self._source()
        yield ""
        yield from self._reference()
        yield from self._versions()
        yield ""
        yield from self._envelope()
        if self._plan.lists:
            yield "\n[lists]"
            yield from (
                f"{_text(target)} = {_text(column)}"
                for column, target in self._plan.lists.items()
                if target
            )
        yield "\n[fields]"
        yield from self._fields()
        for lines in self._tables.values():
            yield ""
            yield from lines

    def _type_doubt(self) -> str:
        others = ", ".join(self._plan.others)
        if self._plan.type_is_guessed:
            return self._doubt("type", _("a guess: no word of the file says what it is"))
        return self._doubt("type", _("or: {others}", others=others)) if others else ""

    def _equal_rows(self) -> Iterator[str]:
        """Yield that equal rows are several records, where each row counts something."""
        is_counted = self._plan.count is not None or self._plan.type == STATISTIC
        if is_counted and self._plan.reference is None:
            yield 'equal_rows = "distinct"' + self._say(_("two equal rows are two records"))

    def _required(self) -> Iterator[str]:
        """Yield that a row must have a date, where every row of the sample has one."""
        column = self._plan.occurred
        if column is not None and len(column.values) == self._seen.rows:
            yield 'required = ["envelope.occurred"]'

    def _source(self) -> Iterator[str]:
        yield "[source]"
        for key, value in self._seen.source.items():
            yield f"{key} = {_text(value)}"
        if self._seen.broken:
            yield self._note(
                _(
                    "rows among the first that could not be read: {broken}; see `quipu "
                    "mapping check`",
                    broken=self._seen.broken,
                ),
            )
        yield from self._file_doubts()
        if self._seen.footers:
            text = _("totals and notes are left out and counted: {count}", count=self._seen.footers)
            yield f'\n[rows]\nfooters = "leave_out"{self._doubt("[rows]", text)}'

    def _file_doubts(self) -> Iterator[str]:
        """Yield what the file leaves in doubt: its header, its other sheets, its shapes."""
        if self._seen.source.get("sheet") == ALL_SHEETS:
            yield self._doubt("[source]", _("all sheets, for they have one header")).strip()
        if self._seen.source.get("header_rows") == 0:
            text = _("no header: columns are 1, 2, 3 …; or name them: names = [...]")
            yield self._doubt("[source]", text).strip()
        for notice in self._seen.notices:
            detail = in_language(notice.detail, self._lang)
            text_of_notice = words.message(notice.code, self._lang, detail=detail)
            self.doubts.append(f"[source]: {text_of_notice}")
            yield f"# {text_of_notice}"
        for column in self._seen.columns:
            if column.name.endswith(" (2)"):
                twice = _("the header has {name} twice", name=column.name.removesuffix(" (2)"))
                yield self._doubt("[source]", twice).strip()
        yield from self._title_doubts()
        if self._seen.shapes is not None:
            yield from self._row_shapes(*self._seen.shapes)

    def _row_shapes(self, column: str, counts: Counter[str]) -> Iterator[str]:
        """Yield the conditions for rows of several shapes, as comments to choose from."""
        values = ", ".join(f"{value} ({count})" for value, count in counts.most_common())
        text = _("rows of several shapes by {column}: {values}", column=column, values=values)
        yield self._doubt("[rows]", text).strip()
        yield self._note(_("Write a mapping for each shape, with one of these under [rows]:"))
        for value in counts:
            yield f"# when = {{ column = {_text(column)}, in = [{_text(value)}] }}"

    def _title_doubts(self) -> Iterator[str]:
        """Yield that the title names several countries, or another one than the columns."""
        named = self._plan.title_countries
        if named and set(named) != {self._plan.country}:
            text = _("the title names {countries}; give --country", countries=", ".join(named))
            yield self._doubt("--country", text).strip()

    def _reference(self) -> Iterator[str]:
        counter = self._plan.row_counter
        if counter is not None:
            text = _("{name} only numbers the rows, and identifies no record", name=counter.name)
            yield self._doubt("[reference]", text).strip()
        if self._plan.reference is None:
            yield self._note(
                _(
                    "No column identifies the records: their content does. If a column does: "
                    '[reference] columns = ["…"]'
                ),
            )
            return
        yield "[reference]"
        doubt = ""
        if value_kinds.count_rows(self._plan.reference.values):
            text = _("it counts from 1: does a record keep its number in the next file?")
            doubt = self._doubt("[reference]", text)
        yield f"columns = [{_text(self._plan.reference.name)}]{doubt}"

    def _versions(self) -> Iterator[str]:
        """Yield the marks by which rows change or withdraw records, as comments to choose from."""
        marks = find_version_marks(self._seen.columns)
        if marks is not None and not self._plan.is_confirmed:
            text = _(
                "{column} may say that a record was changed or annulled; without these lines each "
                "row is a record",
                column=marks.column,
            )
            yield self._doubt("[versions]", text).strip()
            yield from comment_lines(marks)

    def _envelope(self) -> Iterator[str]:
        values = {
            **envelope_terms(self._plan.type, self._plan.constants),
            **self._plan.envelope,
        }
        yield "[envelope]" + self._doubt(
            "[envelope]", _("decide these yourself; the values here are cautious")
        )
        by_column = {match.leaf.path for match in self._plan.matches}
        for name in ("tlp", "purpose", "legal_basis"):
            if f"envelope.{name}" not in by_column:
                yield f"{name} = {_text(values[name])}"
        if "envelope.crime" not in by_column:
            yield f"crime = {_text(values['crime'])}" + self._crime_doubt(values["crime"])
        grades = ", ".join(f"{part} = {_text(values[part])}" for part in ("source", "information"))
        yield f'evaluation = {{ scheme = "admiralty", {grades} }}' + self._say(
            _("F6: not judged; write the evaluation of your source"),
        )

    def _crime_doubt(self, crime: str) -> str:
        """Doubt that records concern no crime, and name the columns that may say which."""
        name = words.value("crime", crime, self._lang)
        if crime != _NO_CRIME:
            return self._say(_("{crime}: check", crime=name))
        columns = ", ".join(crime_columns(self._plan.idle))
        text = (
            _("{crime}: check; {columns} may say the crime", crime=name, columns=columns)
            if columns
            else _("{crime}: check", crime=name)
        )
        return self._doubt("crime", text)

    def _fields(self) -> Iterator[str]:
        for path, code in self._plan.constants.items():
            yield self._constant(path, code)
        for leaf in self._plan.missing:
            listed = (
                f" ({', '.join(list(code_lists()[leaf.codes].codes)[:8])} …)" if leaf.codes else ""
            )
            target = self._target(leaf.path)
            yield f"# {_text(target)} = …" + self._doubt(
                target, _("required, and no column found{listed}", listed=listed)
            )
        for path in self._plan.countries_unknown:
            target = self._target(path)
            doubt = self._doubt(target, _("whose? no column says it; give --country"))
            yield f"# {_text(target)} = …{doubt}"
        for match in self._plan.matches:
            yield from self._field(match)
        yield from self._place()
        yield from self._occurred()
        if self._plan.count is not None:
            yield self._lone_count(self._plan.count)
        if self._plan.idle:
            names = ", ".join(column.name for column in self._plan.idle)
            yield self._note(_("Not used: {names}", names=names))
            self._list_unused()

    def _list_unused(self) -> None:
        """List the columns with values that no field takes among what a person must check."""
        unused = [
            column.name
            for column in self._plan.idle
            if column.values and column is not self._plan.row_counter
        ]
        if unused and not self._plan.is_confirmed:
            text = _("columns that no field takes: {names}", names=", ".join(unused))
            self.doubts.append(f"[fields]: {text.in_language(self._lang)}")

    def _lone_count(self, column: ColumnProfile) -> str:
        """Doubt a number that says how many crimes a row stands for, where a row is one event."""
        text = _(
            "a row counts several where this is above 1, and becomes one event; --type "
            "crime_statistic keeps the number"
        )
        return self._doubt(column.name, text).strip()

    def _constant(self, path: str, code: str) -> str:
        """Inside an optional record: where its best filled column has something."""
        record = path.rpartition(".")[0]
        beside = [
            match.column for match in self._plan.matches if match.leaf.path.startswith(f"{record}.")
        ]
        optional = (
            bool(record)
            and not record.endswith("[*]")
            and len(beside) > 0
            and record.count(".") + ("[*]" in record) > 1
        )
        where = max(beside, key=lambda column: len(column.values)) if beside else None
        when = (
            f", when = {{ column = {_text(where.name)}, present = true }}"
            if optional and where and len(where.values) < self._seen.rows
            else ""
        )
        target = self._target(path)
        is_of_title = self._plan.is_country_of_title and path.endswith(".country")
        doubt = _("read from the title of the file: check") if is_of_title else _("assumed: check")
        return f"{_text(target)} = {{ constant = {_text(code)}{when} }}" + self._doubt(
            target, doubt
        )

    def _field(self, match: Match) -> Iterator[str]:
        steps, doubts = self._steps(match)
        if match.score < _SURE:
            doubts.append(_("is it this column?").in_language(self._lang))
        target = self._target(match.leaf.path)
        column = _text(
            match.column.name
            if match.column.within or "[*]" not in target
            else f"/{match.column.name}"
        )
        spec = f"column = {column}, steps = [{', '.join(steps)}]"
        left_out = self._left_out(match)
        if left_out:
            spec += f", when = {{ column = {column}, not_in = {_list(left_out)} }}"
        written = f"{{ {spec} }}" if steps or left_out else column
        self.certain_fields += not doubts
        is_empty = steps and match.leaf.codes and not any(self._codes_of(match).values())
        yield f"{'# ' if is_empty else ''}{_text(target)} = {written}" + self._joined(
            target, doubts
        )
        yield from self._beside(match)

    def _beside(self, match: Match) -> Iterator[str]:
        """Yield a quantity's unit or an amount's currency that the column's name says."""
        filled = {match.leaf.path for match in self._plan.matches}
        for end, beside, hints in (
            ("quantity", "unit", "units"),
            ("value", "currency", "currencies"),
        ):
            path = f"{match.leaf.path.rpartition('.')[0]}.{beside}"
            known = {stem: code for word, code in synonyms()[hints].items() for stem in stems(word)}
            code = next((known[stem] for stem in sorted(match.column.stems) if stem in known), None)
            if match.leaf.path.endswith(f".{end}") and path not in filled and code:
                when = f"when = {{ column = {_text(match.column.name)}, present = true }}"
                yield f"{_text(self._target(path))} = {{ constant = {_text(code)}, {when} }}"

    def _steps(self, match: Match) -> tuple[list[str], list[str]]:
        leaf, column = match.leaf, match.column
        if leaf.codes:
            return self._coded(match)
        if leaf.date:
            layouts, doubts = self._layouts(column)
            return [f"{{ iso_date = {layouts} }}"], doubts
        if leaf.type in _NUMBERS:
            return self._number(column)
        if leaf.type in ("int", "long"):
            return ["{ integer = true }"], []
        if leaf.path.endswith((".municipality", "_surname", ".given_names")) and _capitals(column):
            cut = (
                [r"{ cut = '\s*\([^)]*\)$' }"]
                if any(value.endswith(")") for value in column.values)
                else []
            )
            return [*cut, '"title"'], []
        return [], []

    def _number(self, column: ColumnProfile) -> tuple[list[str], list[str]]:
        mark = column.decimal_separator or "."
        doubtful = value_kinds.find_doubtful_number(column.values, mark)
        doubts = []
        if doubtful:
            first, second = (plain_text(reading.value) for reading in number_readings(doubtful))
            doubt = _(
                "is {mark} the decimal mark? {value} may be {first} or {second}",
                mark=mark,
                value=doubtful,
                first=first,
                second=second,
            )
            doubts.append(doubt.in_language(self._lang))
        return [f"{{ number = {_text(mark)} }}"], doubts

    def _coded(self, match: Match) -> tuple[list[str], list[str]]:
        """A table of the distinct values; those without a code stand in comments."""
        column, code_list = match.column, match.leaf.codes
        codes = self._codes_of(match)
        if all(code and code.code == value for value, code in codes.items()):
            return [], []
        if code_list == "currency" and all(map(find_currency, column.distinct)):
            return ["{ currency = true }"], []
        name = _table_name(column.name, self._tables)
        known = {value: code for value, code in codes.items() if code}
        excluded = self._left_out(match)
        left = [value for value in column.distinct if value not in (*known, *excluded)]
        lines = [
            f"[tables.{name}]"
            + self._say(
                _(
                    "column {name}; codes: schemas/codes/{code_list}.json",
                    name=column.name,
                    code_list=code_list,
                ),
            )
        ]
        unsure = self._say(_("is it this code?"))
        lines += [
            f"{_key(value)} = {_text(code.code)}{'' if code.is_sure else unsure}"
            for value, code in _each_folded(known).items()
        ]
        lines += [f'# {_key(value)} = "?"' for value in left[:MAX_CODED_VALUES]]
        self._tables[name] = lines
        other = next(
            (code for code in ("OTHER", "other") if code in code_lists()[code_list].codes), None
        )
        doubts = []
        if left:
            doubts.append(_("values without a code: {count}; see the table", count=len(left)))
        if guessed := sum(not code.is_sure for code in known.values()):
            doubts.append(_("codes in doubt: {count}; see the table", count=guessed))
        otherwise = f", else = {_text(other)}" if left and other else ""
        step = f"{{ codes = {_text(name)}{otherwise} }}"
        return [step], [doubt.in_language(self._lang) for doubt in doubts]

    def _codes_of(self, match: Match) -> dict[str, value_kinds.CodeMatch | None]:
        """Give the codes of a column's values; a person's answers win."""
        code_list = match.leaf.codes
        answers = self._plan.codes.get((match.column.name, code_list), {})
        answered = {
            value: None if code == LEFT_OUT else value_kinds.CodeMatch(code, True)
            for value, code in answers.items()
        }
        return {**match.column.codes(code_list), **answered}

    def _left_out(self, match: Match) -> list[str]:
        """List the values of a coded column that a person left out."""
        answers = self._plan.codes.get((match.column.name, match.leaf.codes), {})
        return [value for value, code in answers.items() if code == LEFT_OUT]

    def _layouts(self, column: ColumnProfile, clocks: Sequence[str] = ()) -> tuple[str, list[str]]:
        """The formats as TOML; with `clocks` each with a time, then without."""
        dates = column.dates
        if dates is None and value_kinds.are_years(column.values):
            doubt = _("only a year is known; is it the event's?")
            return _list(["%Y"]), [doubt.in_language(self._lang)]
        if dates is None:
            return _list([EXCEL]), [_("Excel's days: check").in_language(self._lang)]
        doubts = []
        if dates.unsure:
            doubts.append(_("day or month first? no value decides").in_language(self._lang))
        if dates.left:
            doubts.append(
                _("values that are no such date: {left}", left=dates.left).in_language(self._lang)
            )
        layouts = [f"{layout} {clock}" for layout in dates.layouts for clock in clocks]
        return _list([*layouts, *dates.layouts]), doubts

    def _place(self) -> Iterator[str]:
        places = self._plan.places
        if places.code:
            yield from self._place_code(places.code)
        elif places.department:
            name = _table_name(places.department.name, self._tables)
            self._tables[name] = [
                f"[tables.{name}]",
                *(
                    f"{_key(value)} = {_text(iso)}"
                    for value, iso in _each_folded(places.departments).items()
                ),
            ]
            left = [
                value for value in places.department.distinct if value not in places.departments
            ]
            self._tables[name] += [f'# {_key(value)} = "?"' for value in left]
            steps = f"[{{ place = {_text(name)} }}]"
            column = _text(places.department.name)
            yield f'"envelope.subdivision" = {{ column = {column}, steps = {steps} }}'
        else:
            yield self._note(
                _("No department or province found (envelope.subdivision)"),
            )

    def _place_code(self, column: ColumnProfile) -> Iterator[str]:
        places = self._plan.places
        spec = f"place_code = {_text(places.system)}"
        check = f", department = {_text(places.department.name)}" if places.department else ""
        doubt = (
            self._doubt("envelope.subdivision", _("or {others}?", others=", ".join(places.unsure)))
            if places.unsure
            else ""
        )
        name = _text(column.name)
        steps = f"[{{ {spec}{check} }}]"
        yield f'"envelope.subdivision" = {{ column = {name}, steps = {steps} }}{doubt}'
        record = "found" if self._plan.type == "weapon_record" else "place"
        if any(len(value) > 3 for value in column.values):
            steps = f'[{{ {spec}, give = "code" }}]'
            yield f'"{record}.municipality_code" = {{ column = {name}, steps = {steps} }}'

    def _occurred(self) -> Iterator[str]:
        column, clock = self._plan.occurred, self._plan.clock
        if column is None:
            missing = self._doubt(
                "envelope.occurred", _("No date of the event found (envelope.occurred)")
            )
            yield missing.strip()
            return
        month = self._plan.month if column.dates is None else None
        zone = ZONES.get(self._plan.country)
        layouts, doubts = self._layouts(
            column,
            value_kinds.detect_clocks(clock.values, names_hour=True) if clock else (),
        )
        if month is not None:
            layouts = _list([f"{month[1]} %Y"])
        if may_be_a_report(column) and self._plan.type != STATISTIC:
            text = _("is it when it happened, or when it was reported?")
            doubts.append(text.in_language(self._lang))
        if zone is None:
            zone = ZONES["CO"]
            doubts.append(_("which time zone? the country is not known").in_language(self._lang))
        elif self._plan.is_country_of_title:
            text = _("time zone of the country in the title: check")
            doubts.append(text.in_language(self._lang))
        midnight = all(re.search(r"[T ]00:00(:00(\.0+)?)?$", value) for value in column.values)
        coarser = ', precision = "day"' if midnight else ""
        columns = (
            f"columns = [{_text(column.name)}, {_text(clock.name)}]"
            if clock
            else f"columns = [{_text(month[0].name)}, {_text(column.name)}]"
            if month
            else f"column = {_text(column.name)}"
        )
        comment = self._joined("envelope.occurred", doubts)
        step = f"{{ date = {layouts}, zone = {_text(zone)}{coarser} }}"
        yield f'"envelope.occurred" = {{ {columns}, steps = [{step}] }}{comment}'

    def _target(self, path: str) -> str:
        """`[*]` where the source has a list there too, else the first place."""
        head, star, rest = path.partition("[*]")
        listed = head in self._plan.lists.values()
        return f"{head}{star if listed or not star else '[0]'}{rest.replace('[*]', '[0]')}"

    def _doubt(self, target: str, text: UserMessage) -> str:
        """Return a comment, and list it among what a person must check."""
        return self._joined(target, [text.in_language(self._lang)])

    def _joined(self, target: str, doubts: Sequence[str]) -> str:
        text = "" if self._plan.is_confirmed else "; ".join(doubts)
        if text:
            self.doubts.append(f"{target}: {text}")
        return f" # {text}" if text else ""

    def _say(self, text: UserMessage) -> str:
        return "" if self._plan.is_confirmed else f" # {text.in_language(self._lang)}"

    def _note(self, text: UserMessage) -> str:
        return f"# {text.in_language(self._lang)}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed mapping.

    `doubts` names every choice that the values do not force. `certain_fields` counts the fields of
    the event without a doubt.
    """

    text: str
    doubts: tuple[str, ...]
    certain_fields: int


def render_toml(profile: FileProfile, plan: Plan, file: str, lang: str) -> Suggestion:
    """Render a plan as the text of a mapping."""
    writer = TomlWriter(profile, plan, lang)
    text = "\n".join(writer.lines(file)) + "\n"
    return Suggestion(text, tuple(writer.doubts), writer.certain_fields)


def _capitals(column: ColumnProfile) -> bool:
    return sum(value.isupper() for value in column.values) > 0.8 * len(column.values)


def _each_folded(codes: Mapping[str, Coded]) -> dict[str, Coded]:
    """A table takes no two texts that differ in capitals alone."""
    return dict({value.casefold(): (value, code) for value, code in codes.items()}.values())


def _table_name(column: str, taken: Mapping[str, object]) -> str:
    name = strip_accents(column.replace("_", " ").replace("/", " ")).replace(" ", "_") or "t"
    while name in taken:
        name += "_"
    return name


def _text(value: object) -> str:
    return (
        json.dumps(value, ensure_ascii=False)
        if not isinstance(value, str)
        else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    )


def _key(value: str) -> str:
    return value if _BARE.fullmatch(value) else _text(value)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(_text(text) for text in texts)}]"
