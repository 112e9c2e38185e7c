"""A plan as the TOML of a mapping, with its doubts in comments."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from infra.errors import Words
from producers.mapping.dates import EXCEL
from producers.mapping.place_codes import plain
from producers.mapping.suggest import value_kinds
from producers.mapping.suggest.inspect_file import SHOWN, Column, Look
from producers.mapping.suggest.match_fields import Match, Plan
from producers.mapping.suggest.similarity import stems, synonyms
from schemas import words
from schemas.codes import code_lists

ZONES = {
    "BO": "America/La_Paz",
    "CO": "America/Bogota",
    "EC": "America/Guayaquil",
    "PE": "America/Lima",
}
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SURE = 0.85
_NUMBERS = ("double", "float")


class Writer:
    """Lines of one mapping, tables last. `lang`: of the comments."""

    def __init__(self, seen: Look, made: Plan, lang: str) -> None:
        self._seen, self._plan, self._lang = seen, made, lang
        self._tables: dict[str, list[str]] = {}

    def lines(self, file: str) -> Iterator[str]:
        """The whole text."""
        kind = words.event_type(self._plan.type, self._lang)
        yield f"title = {_text(f'{kind}: {file}')}"
        others = (
            self._say("", "")
            if not self._plan.others
            else self._say(
                f"o: {', '.join(self._plan.others)}", f"or: {', '.join(self._plan.others)}"
            )
        )
        yield f"type = {_text(self._plan.type)}{others}"
        yield ""
        yield from self._source()
        yield ""
        yield from self._reference()
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

    def _source(self) -> Iterator[str]:
        yield "[source]"
        for key, value in self._seen.source.items():
            yield f"{key} = {_text(value)}"
        if self._seen.broken:
            yield self._note(
                f"{self._seen.broken} filas de las primeras no se pudieron leer: vea «quipu mapping check»",
                f"{self._seen.broken} of the first rows could not be read: see `quipu mapping check`",
            )

    def _reference(self) -> Iterator[str]:
        if self._plan.reference is None:
            yield self._note(
                'No veo una columna que identifique cada registro: el contenido será la identidad. Si la hay: [reference] columns = ["…"]',
                'No column tells the records apart: the content will be the identity. If there is one: [reference] columns = ["…"]',
            )
            return
        yield "[reference]"
        yield f"columns = [{_text(self._plan.reference.name)}]"

    def _envelope(self) -> Iterator[str]:
        said = synonyms()["types"].get(self._plan.type, {})
        yield "[envelope]" + self._say(
            "decídalo quien publica; aquí, lo prudente",
            "for who publishes to decide; here, what is prudent",
        )
        yield 'tlp = "AMBER"'
        yield f"purpose = {_text(said.get('purpose', 'investigation'))}"
        yield f"legal_basis = {_text(said.get('legal_basis', 'UNTOC-18.4'))}"
        crime = said.get("crime", "0000")
        yield f"crime = {_text(crime)}" + self._say(
            f"{words.value('crime', crime, 'es')}: revise",
            f"{words.value('crime', crime, 'en')}: check",
        )
        yield 'evaluation = { scheme = "admiralty", source = "F", information = "6" }' + self._say(
            "F6: no se puede juzgar; ponga la de su fuente",
            "F6: cannot be judged; put your source's",
        )

    def _fields(self) -> Iterator[str]:
        for path, code in self._plan.constants.items():
            yield self._constant(path, code)
        for leaf in self._plan.missing:
            listed = (
                f" ({', '.join(list(code_lists()[leaf.codes].codes)[:8])} …)" if leaf.codes else ""
            )
            yield f"# {_text(self._target(leaf.path))} = …" + self._say(
                f"obligatorio, y no veo de qué columna{listed}",
                f"required, and no column for it is seen{listed}",
            )
        for match in self._plan.matches:
            yield from self._field(match)
        yield from self._place()
        yield from self._occurred()
        if self._plan.idle:
            names = ", ".join(column.name for column in self._plan.idle)
            yield self._note(f"Sin usar: {names}", f"Not used: {names}")

    def _constant(self, path: str, code: str) -> str:
        """Inside an optional record: where its best filled column has something."""
        record = path.rpartition(".")[0]
        beside = [
            one.column for one in self._plan.matches if one.leaf.path.startswith(f"{record}.")
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
        return f"{_text(self._target(path))} = {{ constant = {_text(code)}{when} }}" + self._say(
            "supuesto: revise", "assumed: check"
        )

    def _field(self, match: Match) -> Iterator[str]:
        steps, doubts = self._steps(match)
        if match.score < _SURE:
            doubts.append(Words("¿es esta columna?", "is it this column?").text(self._lang))
        target = self._target(match.leaf.path)
        column = _text(
            match.column.name
            if match.column.within or "[*]" not in target
            else f"/{match.column.name}"
        )
        said = f"{{ column = {column}, steps = [{', '.join(steps)}] }}" if steps else column
        yield f"{_text(target)} = {said}" + (f" # {'; '.join(doubts)}" if doubts else "")
        yield from self._beside(match)

    def _beside(self, match: Match) -> Iterator[str]:
        """A quantity's unit or an amount's currency, where the column's name says it and no column
        does.
        """
        given = {one.leaf.path for one in self._plan.matches}
        for end, beside, hints in (
            ("quantity", "unit", "units"),
            ("value", "currency", "currencies"),
        ):
            path = f"{match.leaf.path.rpartition('.')[0]}.{beside}"
            known = {stem: code for word, code in synonyms()[hints].items() for stem in stems(word)}
            code = next((known[stem] for stem in sorted(match.column.stems) if stem in known), None)
            if match.leaf.path.endswith(f".{end}") and path not in given and code:
                when = f"when = {{ column = {_text(match.column.name)}, present = true }}"
                yield f"{_text(self._target(path))} = {{ constant = {_text(code)}, {when} }}"

    def _steps(self, match: Match) -> tuple[list[str], list[str]]:
        leaf, column = match.leaf, match.column
        if leaf.codes:
            return self._coded(leaf.codes, column)
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

    def _number(self, column: Column) -> tuple[list[str], list[str]]:
        mark = column.mark or "."
        other = "." if mark == "," else ","
        doubtful = value_kinds.decimal_mark(
            [
                value.replace(",", "\0").replace(".", ",").replace("\0", ".")
                for value in column.values
            ]
        ) == mark and any(re.search(r"\d[.,]\d{3}$", value) for value in column.values)
        doubt = Words(f"¿{other} agrupa miles?", f"does {other} group thousands?").text(self._lang)
        return [f"{{ number = {_text(mark)} }}"], [doubt] if doubtful else []

    def _coded(self, code_list: str, column: Column) -> tuple[list[str], list[str]]:
        """A table of the distinct values; those without a code stand in comments."""
        distinct = column.distinct
        found = column.codes(code_list)
        if all(code == value for value, code in found.items()):
            return [], []
        name = _table_name(column.name, self._tables)
        known = {value: code for value, code in found.items() if code}
        left = [value for value in distinct if value not in known]
        lines = [
            f"[tables.{name}]"
            + self._say(
                f"columna {column.name}; códigos: schemas/codes/{code_list}.json",
                f"column {column.name}; codes: schemas/codes/{code_list}.json",
            )
        ]
        lines += [f"{_key(value)} = {_text(code)}" for value, code in _each_folded(known).items()]
        lines += [f'# {_key(value)} = "?"' for value in left[:SHOWN]]
        self._tables[name] = lines
        other = next(
            (code for code in ("OTHER", "other") if code in code_lists()[code_list].codes), None
        )
        doubt = Words(
            f"{len(left)} valores sin código: vea la tabla",
            f"{len(left)} values without a code: see the table",
        ).text(self._lang)
        otherwise = f", else = {_text(other)}" if left and other else ""
        return [f"{{ codes = {_text(name)}{otherwise} }}"], [doubt] if left else []

    def _layouts(self, column: Column, clock: str = "") -> tuple[str, list[str]]:
        """The formats as TOML; with `clock` each with a time, then without."""
        found = column.dates
        if found is None:
            return _list([EXCEL]), [
                Words("días de Excel: revise", "Excel's days: check").text(self._lang)
            ]
        doubts = []
        if found.unsure:
            doubts.append(
                Words(
                    "¿día antes que mes? ningún valor lo dice", "day before month? no value tells"
                ).text(self._lang)
            )
        if found.left:
            doubts.append(
                Words(
                    f"{found.left} valores no son fechas así",
                    f"{found.left} values are no such dates",
                ).text(self._lang)
            )
        layouts = [f"{layout} {clock}" for layout in found.layouts] if clock else []
        return _list([*layouts, *found.layouts]), doubts

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
            yield f'"envelope.subdivision" = {{ column = {_text(places.department.name)}, steps = {steps} }}'
        else:
            yield self._note(
                "No veo departamento ni provincia (envelope.subdivision)",
                "No department or province is seen (envelope.subdivision)",
            )

    def _place_code(self, column: Column) -> Iterator[str]:
        places = self._plan.places
        spec = f"place_code = {_text(places.system)}"
        check = f", department = {_text(places.department.name)}" if places.department else ""
        doubt = (
            self._say(f"¿o {', '.join(places.unsure)}?", f"or {', '.join(places.unsure)}?")
            if places.unsure
            else ""
        )
        yield f'"envelope.subdivision" = {{ column = {_text(column.name)}, steps = [{{ {spec}{check} }}] }}{doubt}'
        record = "found" if self._plan.type == "weapon_record" else "place"
        if any(len(value) > 3 for value in column.values):
            yield f'"{record}.municipality_code" = {{ column = {_text(column.name)}, steps = [{{ {spec}, give = "code" }}] }}'

    def _occurred(self) -> Iterator[str]:
        column, clock = self._plan.occurred, self._plan.clock
        if column is None:
            yield self._note(
                "No veo cuándo ocurrió (envelope.occurred)",
                "When it happened is not seen (envelope.occurred)",
            )
            return
        zone = ZONES.get(self._plan.country)
        layouts, doubts = self._layouts(
            column, (value_kinds.clocks(clock.values) or "") if clock else ""
        )
        if zone is None:
            zone = ZONES["CO"]
            doubts.append(
                Words(
                    "¿qué hora? no sé de qué país es", "which time? the country is not known"
                ).text(self._lang)
            )
        midnight = all(re.search(r"[T ]00:00(:00(\.0+)?)?$", value) for value in column.values)
        coarser = ', precision = "day"' if midnight else ""
        columns = (
            f"columns = [{_text(column.name)}, {_text(clock.name)}]"
            if clock
            else f"column = {_text(column.name)}"
        )
        said = f" # {'; '.join(doubts)}" if doubts else ""
        yield f'"envelope.occurred" = {{ {columns}, steps = [{{ date = {layouts}, zone = {_text(zone)}{coarser} }}] }}{said}'

    def _target(self, path: str) -> str:
        """`[*]` where the source has a list there too, else the first place."""
        head, star, rest = path.partition("[*]")
        listed = head in self._plan.lists.values()
        return f"{head}{star if listed or not star else '[0]'}{rest.replace('[*]', '[0]')}"

    def _say(self, es: str, en: str) -> str:
        text = Words(es, en).text(self._lang)
        return f" # {text}" if text else ""

    def _note(self, es: str, en: str) -> str:
        return f"# {Words(es, en).text(self._lang)}"


def toml(seen: Look, made: Plan, file: str, lang: str) -> str:
    """The mapping's text."""
    return "\n".join(Writer(seen, made, lang).lines(file)) + "\n"


def _capitals(column: Column) -> bool:
    return sum(value.isupper() for value in column.values) > 0.8 * len(column.values)


def _each_folded(found: Mapping[str, str | None]) -> dict[str, str | None]:
    """A table takes no two texts that differ in capitals alone."""
    return dict({value.casefold(): (value, code) for value, code in found.items()}.values())


def _table_name(column: str, taken: Mapping[str, object]) -> str:
    name = plain(column.replace("_", " ").replace("/", " ")).replace(" ", "_") or "t"
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


def _list(found: Sequence[str]) -> str:
    return f"[{', '.join(_text(one) for one in found)}]"
