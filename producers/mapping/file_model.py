"""Describe a mapping file: its tables, keys and values, and the JSON Schema that editors use.

The models say what a file may contain. What a value means (a column, a table, a date format) is
checked where it is compiled.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, ValidationError
from pydantic_core import ErrorDetails

from producers.errors import MappingError, bad_mapping
from producers.mapping.source_model import (
    TAG,
    Column,
    CsvSource,
    JsonLinesSource,
    JsonSource,
    MappingTable,
    SourceTable,
    XlsSource,
    XlsxSource,
    XmlSource,
)
from schemas.i18n import UserMessage, _

Layouts = Annotated[list[str], Field(min_length=1)]


class ReferenceTable(MappingTable):
    """What identifies a row when it comes again."""

    columns: Annotated[list[str], Field(min_length=1)]
    series: str | None = Field(None, description="a prefix of the reference")


class EvaluationTable(MappingTable):
    """How a source and an information are graded."""

    scheme: str
    source: str
    information: str


class EnvelopeTable(MappingTable):
    """What every event of the file has in its envelope. Codes are those of schemas/codes."""

    tlp: str | None = None
    purpose: str | None = None
    legal_basis: str | None = None
    crime: str | None = None
    evaluation: EvaluationTable | None = None
    recipients: list[str] | None = None
    handling: list[str] | None = None
    urgency: str | None = None
    language: str | None = None
    place_country: str | None = None
    condition: str | None = None
    justification: str | None = None
    case_reference: str | None = None
    exercise: str | None = None
    review_date: Any = None


class CutStep(MappingTable):
    """Remove what matches a regular expression, then strip."""

    cut: str


class FirstStep(MappingTable):
    """Keep the first characters of a text."""

    first: int


class PadStep(MappingTable):
    """Put zeros in front, up to this length."""

    pad: int


class SplitStep(MappingTable):
    """Part a text into a list."""

    split: str


class FindStep(MappingTable):
    """Keep what a regular expression finds: its group, if it has one; of a list, in any text."""

    find: str


class NumberStep(MappingTable):
    """Read a decimal number with this decimal separator, or where none is in doubt (auto)."""

    number: Literal[",", ".", "auto"]


class IntegerStep(MappingTable):
    """Read a whole number from text."""

    integer: Literal[True]


class CurrencyStep(MappingTable):
    """Read the code of a currency from its name or sign, alone or next to an amount."""

    currency: Literal[True]


class TimesStep(MappingTable):
    """Multiply by a table's value for another column."""

    times: str
    by: Column


class CodesStep(MappingTable):
    """Look up a code in a table; `else` is for a text that is not in it."""

    codes: str
    otherwise: Any = Field(None, alias="else")


class PlaceStep(MappingTable):
    """Look up a place in a table; `else` is for a text that is not in it."""

    place: str
    otherwise: Any = Field(None, alias="else")


class DateStep(MappingTable):
    """Read a local time in the one format that fits."""

    date: Layouts
    zone: str | None = Field(None, description="of the tz database: America/Lima")
    precision: Literal["second", "minute", "hour", "day", "month", "year"] | None = None


class IsoDateStep(MappingTable):
    """Read a date in the one format that fits, as the text 2018-06-30."""

    iso_date: Layouts
    several: Literal[True] | None = Field(
        None, description="read all values, and take what they have in common"
    )
    zone: str | None = Field(None, description="in which a moment with a zone has its day")


class PlaceCodeStep(MappingTable):
    """Read a country's own code of a place."""

    place_code: Literal["dane", "ubigeo", "ine", "inec"]
    give: Literal["subdivision", "municipality", "code"] | None = None
    municipality: Column | None = None
    department: Column | None = None
    table: str | None = None


_STEPS: Mapping[str, type[MappingTable]] = {
    next(iter(step.model_fields)): step
    for step in (
        CutStep,
        FirstStep,
        PadStep,
        SplitStep,
        FindStep,
        NumberStep,
        IntegerStep,
        CurrencyStep,
        TimesStep,
        CodesStep,
        PlaceStep,
        DateStep,
        IsoDateStep,
        PlaceCodeStep,
    )
}


def _by_step(content: Any) -> str | None:
    if isinstance(content, str):
        return "~text"
    keys = content if isinstance(content, Mapping) else type(content).model_fields
    return next((f"{TAG}{key}" for key in keys if key in _STEPS), None)


Step = Annotated[
    Annotated[Literal["upper", "lower", "title"], Tag("~text")]
    | Annotated[CutStep, Tag("~cut")]
    | Annotated[FirstStep, Tag("~first")]
    | Annotated[PadStep, Tag("~pad")]
    | Annotated[SplitStep, Tag("~split")]
    | Annotated[FindStep, Tag("~find")]
    | Annotated[NumberStep, Tag("~number")]
    | Annotated[IntegerStep, Tag("~integer")]
    | Annotated[CurrencyStep, Tag("~currency")]
    | Annotated[TimesStep, Tag("~times")]
    | Annotated[CodesStep, Tag("~codes")]
    | Annotated[PlaceStep, Tag("~place")]
    | Annotated[DateStep, Tag("~date")]
    | Annotated[IsoDateStep, Tag("~iso_date")]
    | Annotated[PlaceCodeStep, Tag("~place_code")],
    Discriminator(_by_step),
]


class WhenTable(MappingTable):
    """When a field is given: `column` or `columns`, and one of `in`, `not_in`, `present`."""

    column: Column | None = None
    columns: Annotated[list[Column], Field(min_length=1)] | None = None
    values: list[Any] | None = Field(None, alias="in")
    not_in: list[Any] | None = None
    present: bool | None = None


class RowsTable(MappingTable):
    """Which rows of the file this mapping takes."""

    when: WhenTable | None = Field(None, description="other rows are left out, and counted")
    footers: Literal["refuse", "leave_out", "take"] = Field(
        "refuse", description="what becomes of totals, notes and repeated headers in a table"
    )


class CellList(MappingTable):
    """A list from the several values of one cell."""

    column: Column
    split: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)] = Field(
        description="what stands between two values; each is tried: ['/', ';']"
    )


def _by_list(content: Any) -> str | None:
    if isinstance(content, str):
        return "~column"
    return "~cell" if isinstance(content, Mapping | CellList) else None


ListSpec = Annotated[
    Annotated[Column, Tag("~column")] | Annotated[CellList, Tag("~cell")],
    Discriminator(_by_list),
]


class FieldTable(MappingTable):
    """Where a field comes from: one of `column`, `columns` and `constant`."""

    column: Column | None = None
    columns: Annotated[list[Column], Field(min_length=1)] | None = None
    constant: Any = None
    join: str = Field(" ", description="what stands between several columns")
    steps: list[Step] = Field([])
    when: WhenTable | None = None
    default: Any = Field(None, description="the value of an empty field")


def _by_form(content: Any) -> str | None:
    if isinstance(content, str):
        return "~column"
    return "~table" if isinstance(content, Mapping | FieldTable) else None


FieldSpec = Annotated[
    Annotated[Column, Tag("~column")] | Annotated[FieldTable, Tag("~table")],
    Discriminator(_by_form),
]


class MarkTable(WhenTable):
    """What a row means for its record, where its columns have these values."""

    means: Literal["new", "correction", "annulment", "lifting"]
    reason: FieldSpec | None = Field(None, description="a code, or a table that gives it")
    note: FieldTable | None = Field(None, description="sealed with a retraction")


class VersionsTable(MappingTable):
    """How a national export says that a record is new, changed or withdrawn."""

    number: FieldSpec | None = Field(None, description="the version: the highest one counts")
    changed: Literal["conflict", "correction"] = Field(
        "conflict", description="what a row without a mark is, if it differs from its record"
    )
    reason: str | None = Field(None, description="of a correction that no mark explains")
    marks: list[MarkTable] = Field([], description="what its columns mean")


class MappingModel(MappingTable):
    """A mapping from the file of a national system to events of one type."""

    title: str | None = Field(None, description="for people")
    type: str = Field(description="the event type: one of schemas/events")
    source: SourceTable
    reference: ReferenceTable | None = None
    rows: RowsTable | None = None
    equal_rows: Literal["same", "distinct"] = "same"
    envelope: EnvelopeTable | None = None
    versions: VersionsTable | None = None
    required: list[Column] = Field([], description="targets without which a row is refused")
    lists: dict[str, ListSpec] = Field({}, description="list of the event = what repeats")
    fields: Annotated[dict[str, FieldSpec], Field(min_length=1)] = Field(
        description="target = where it comes from"
    )
    tables: dict[str, dict[str, Any]] = Field({}, description="a text of the source = values")


def check_mapping(content: Mapping[str, Any], file: str) -> None:
    """Check that a mapping has the shape that it must have.

    Raises MappingError naming the file and the key; of several faults the first.
    """
    try:
        MappingModel.model_validate(content)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise _mapping_error(errors, file) from None


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of mapping files, for editors and other programs."""
    schema = MappingModel.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _mapping_error(errors: list[ErrorDetails], file: str) -> MappingError:
    first = errors[0]
    place = [part for part in first["loc"] if not str(part).startswith(TAG)]
    if first["type"] == "extra_forbidden":
        parent = first["loc"][:-1]
        unknown = sorted(
            str(error["loc"][-1])
            for error in errors
            if error["type"] == "extra_forbidden" and error["loc"][:-1] == parent
        )
        where = describe_place(file, place[:-1])
        return bad_mapping(where, _unknown_keys(unknown, _keys_at(parent)))
    if first["type"] == "missing":
        where = describe_place(file, place[:-1])
        if place[-1] == "rows":
            return bad_mapping(where, _("rows is the path to each row: reports/report"))
        return bad_mapping(where, _("{key} is needed", key=str(place[-1])))
    where = describe_place(file, place)
    describe = _MESSAGES.get(first["type"], _other_problem)
    return bad_mapping(where, describe(first))


def _unknown_keys(unknown: list[str], allowed: list[str]) -> UserMessage:
    return _(
        "{unknown} is not known; these are: {names}",
        unknown=", ".join(unknown),
        names=", ".join(allowed),
    )


def _keys_at(place: tuple[int | str, ...]) -> list[str]:
    """List the keys of the table at a location, as pydantic gives it."""
    models: Mapping[str, type[MappingTable]] = {
        "~csv": CsvSource,
        "~xlsx": XlsxSource,
        "~xls": XlsSource,
        "~json": JsonSource,
        "~jsonl": JsonLinesSource,
        "~xml": XmlSource,
        "~table": FieldTable,
        "when": WhenTable,
        "~cell": CellList,
        "rows": RowsTable,
        "versions": VersionsTable,
        "marks": MarkTable,
        "reference": ReferenceTable,
        "envelope": EnvelopeTable,
        "evaluation": EvaluationTable,
        **{f"{TAG}{name}": step for name, step in _STEPS.items()},
    }
    names = [str(part) for part in place if not isinstance(part, int)]
    model = models.get(names[-1], MappingModel) if names else MappingModel
    return sorted(field.alias or name for name, field in model.model_fields.items())


_TABLES = ("source", "rows", "reference", "envelope", "lists", "tables", "fields", "versions")


def describe_place(file: str, place: list[int | str]) -> str:
    """Name a place of a mapping file as people do.

    Examples: `file: [source]: rows` and `file: a.b: steps[1]`.
    """
    if not place:
        return file
    table, *rest = place
    if table == "fields" and rest:
        parts = [str(rest.pop(0))]
    elif rest or table in _TABLES:
        parts = [f"[{table}]"]
    else:
        parts = [str(table)]
    for part in rest:
        if isinstance(part, int):
            parts[-1] += f"[{part + 1}]"
        else:
            parts.append(part)
    return ": ".join([file, *parts])


def _no_such_member(error: ErrorDetails) -> UserMessage:
    if error["loc"][0] == "source":
        return _("format is one of {formats}", formats="csv, json, jsonl, xls, xlsx, xml")
    if "steps" in error["loc"]:
        return _("there is no step {spec!r}", spec=error["input"])
    return _("is a column or a table")


def _too_short(error: ErrorDetails) -> UserMessage:
    return _("must not be empty")


def _of_set(error: ErrorDetails) -> UserMessage:
    if str(error["loc"][-1]) == "~text":
        return _("there is no step `{spec}`", spec=error["input"])
    return _("is one of {expected}", expected=str(error["ctx"]["expected"]).replace(" or ", ", "))


def _of_type(text: UserMessage) -> Callable[[ErrorDetails], UserMessage]:
    return lambda error: text


def _other_problem(error: ErrorDetails) -> UserMessage:
    return _("is not right: {problem}", problem=error["msg"])


_MESSAGES: Mapping[str, Callable[[ErrorDetails], UserMessage]] = {
    "union_tag_invalid": _no_such_member,
    "union_tag_not_found": _no_such_member,
    "literal_error": _of_set,
    "too_short": _too_short,
    "string_too_short": _too_short,
    "string_type": _of_type(_("must be a text")),
    "int_type": _of_type(_("must be a whole number")),
    "bool_type": _of_type(_("must be true or false")),
    "list_type": _of_type(_("must be a list")),
    "dict_type": _of_type(_("must be a table")),
    "model_type": _of_type(_("must be a table")),
    "greater_than_equal": _of_type(_("is a number from 1")),
    "string_pattern_mismatch": _of_type(_("is one character, or auto")),
}
