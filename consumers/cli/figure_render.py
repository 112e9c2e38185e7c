"""Show a table of figures on a terminal of 80 columns, in Spanish or English."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from consumers.exports.table import ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_cells import cell_text
from infra.list_table import ListColumn, print_list

LONGEST_WORD = 11
"""Letters of a text that are kept on one line where there is room for nothing else."""
NUMBERS = frozenset({ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.MONEY, ColumnKind.FIGURE})


def print_table(console: Console, table: ExportTable, lang: str) -> None:
    """Print the title, the rows, the moment and the markings. Columns of zeros are left out."""
    console.print(Text(table.title, style="bold"))
    places = [place for place in range(len(table.columns)) if _is_shown(table, place)]
    columns = [_column(table.columns[place], number) for number, place in enumerate(places)]
    rows = [
        [cell_text(row[place], table.columns[place], lang) for place in places]
        for row in table.rows
    ]
    print_list(console, columns, rows)
    moment = next(value for column, value in table.stamp if column.name == "as_of")
    console.print(Text(" · ".join([moment, *table.notes]), style="dim"))


def _column(column: ExportColumn, number: int) -> ListColumn[Sequence[str]]:
    """Return how a column is shown: a number is never broken, a text is folded."""
    return ListColumn(
        column.heading,
        lambda row: row[number],
        is_whole=column.kind is not ColumnKind.TEXT,
        justify="right" if column.kind in NUMBERS else "left",
        longest_word=LONGEST_WORD,
    )


def _is_shown(table: ExportTable, place: int) -> bool:
    """Leave out details, and a column that says of no row that something is missing."""
    if table.columns[place].is_detail:
        return False
    is_missing = table.columns[place].name.startswith("without_")
    return not is_missing or any(row[place] for row in table.rows)
