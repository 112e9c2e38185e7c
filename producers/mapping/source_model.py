"""Describe [source] of a mapping file: how the file of a national system is read."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

TAG = "~"  # marks the parts of a location that pydantic adds for the member of a union
Column = Annotated[str, Field(min_length=1)]
Columns = Annotated[list[Column], Field(min_length=1)]
Sheet = str | int
_HEADER_ROWS = Field(
    None, ge=0, le=3, description="how many rows the header has; 0: none; default: detected"
)
_NAMES = Field(None, description="with header_rows = 0: the names of the columns; default: 1, 2 …")


class MappingTable(BaseModel):
    """A table of a mapping file; it has no other keys than these."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class _FileSource(MappingTable):
    encoding: str = Field("utf-8", description="a byte-order mark overrides it")


class CsvSource(_FileSource):
    """How a CSV file is read."""

    format: Literal["csv"]
    separator: str = Field("auto", pattern="^(.|\t|auto)$", description="one character, or auto")
    header_row: int | None = Field(None, ge=1, description="the line of the header, from 1")
    header_rows: int | None = _HEADER_ROWS
    names: Columns | None = _NAMES


class _SheetSource(MappingTable):
    sheet: Sheet | Annotated[list[Sheet], Field(min_length=1)] | None = Field(
        None, description="its name, or its number from 1; several of them; * for all"
    )
    header_row: int | None = Field(None, ge=1, description="the row of the header, from 1")
    header_rows: int | None = _HEADER_ROWS
    names: Columns | None = _NAMES


class XlsxSource(_SheetSource):
    """How a spreadsheet is read; what is an old XLS in truth is read as such."""

    format: Literal["xlsx"]


class XlsSource(_SheetSource):
    """How an old spreadsheet is read; what is an XLSX in truth is read as such."""

    format: Literal["xls"]


class JsonSource(_FileSource):
    """A JSON file with an array of objects."""

    format: Literal["json"]
    rows: str | None = Field(None, min_length=1, description="names that lead to the array: a.b")


class JsonLinesSource(_FileSource):
    """A file with a JSON object a line."""

    format: Literal["jsonl"]


class XmlSource(_FileSource):
    """How an XML file is read."""

    format: Literal["xml"]
    rows: Annotated[str, Field(min_length=1, description="the path to a row: reports/report")]


def _by_format(content: Any) -> str | None:
    name = content.get("format") if isinstance(content, Mapping) else content.format
    return f"{TAG}{name}" if isinstance(name, str) else None


SourceTable = Annotated[
    Annotated[CsvSource, Tag("~csv")]
    | Annotated[XlsxSource, Tag("~xlsx")]
    | Annotated[XlsSource, Tag("~xls")]
    | Annotated[JsonSource, Tag("~json")]
    | Annotated[JsonLinesSource, Tag("~jsonl")]
    | Annotated[XmlSource, Tag("~xml")],
    Discriminator(_by_format),
]
