"""Write a table in the format that a question names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from consumers.exports.csv_file import csv_lines
from consumers.exports.json_file import json_parts
from consumers.exports.table import WritableTable

FileFormat = Literal["csv", "xlsx", "parquet", "json"]
FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
MEDIA_TYPES: Mapping[FileFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}


class ExportFile(NamedTuple):
    """A file: its name, its media type, and its parts in their order."""

    name: str
    media_type: str
    parts: Iterable[bytes]


def export_file(table: WritableTable, format_: FileFormat) -> ExportFile:
    """Write a table, part by part as its rows come.

    A library is loaded when its format is first needed.
    """
    parts: Iterable[bytes]
    if format_ == "csv":
        parts = csv_lines(table)
    elif format_ == "xlsx":
        from consumers.exports.xlsx_file import xlsx_parts

        parts = xlsx_parts(table)
    elif format_ == "json":
        parts = json_parts(table)
    else:
        from consumers.exports.parquet_file import parquet_parts

        parts = parquet_parts(table)
    return ExportFile(f"{table.name}.{format_}", MEDIA_TYPES[format_], parts)
