"""No text of a record is markup in the risk picture: neither of typst, nor of SVG or HTML, nor a
formula of a spreadsheet. Issue 11, part 6.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.exports.csv_file import csv_lines
from consumers.presentation.picture_map import map_svg
from consumers.presentation.picture_pdf import picture_pdf
from consumers.presentation.picture_tables import cells_table
from consumers.query.figures.marking import FigureMarking
from consumers.query.picture.picture import Driver
from tests.support.pdf_text import page_texts
from tests.support.picture_world import made_up, picture_of

HOSTILE = (
    "#panic(1)",
    '#read("/etc/passwd")',
    "#sys.inputs",
    "$ x $ *bold* _it_ = head",
    "#pagebreak()#pagebreak()",
    "<svg><script>alert(1)</script></svg>",
    '"}, "lang": "xx", {"',
    "\\u{41} \\#raw `code` ```raw```",
    "<svg/onload=alert(1)>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_printed_as_it_is(text: str) -> None:
    picture = picture_of(made_up(0.05, least=100), marking=FigureMarking("GREEN", [f"H3: {text}"]))
    driver = Driver("findings", {"es": text, "en": text}, "/v1/indicators/x")
    cells = [replace(cell, drivers=[driver] if cell.records else []) for cell in picture.cells]
    picture = replace(picture, cells=cells, shown_to=text, exercise=text)
    pages = page_texts(picture_pdf(picture, "es"))
    assert len(pages) == 2
    letters = "".join(text.split())
    for page in pages:
        assert letters in "".join(page.split())


def test_a_text_cannot_hide_or_reorder_what_stands_next_to_it() -> None:
    picture = replace(picture_of(made_up(0.0)), shown_to="ana\u202eAMBER\u200b")
    (first, _second) = page_texts(picture_pdf(picture, "es"))
    assert "U+202E" in first


def test_a_title_cannot_leave_the_map() -> None:
    hostile = "</title><script>alert(1)</script>"
    svg = map_svg({}, '"><script>', {"CO-NAR": hostile})
    assert "<script" not in svg


def test_no_cell_of_a_file_is_a_formula() -> None:
    picture = picture_of(made_up(0.05, least=100))
    driver = Driver("findings", {"es": "=cmd|' /C calc'!A0", "en": ""}, "=1+1")
    picture = replace(
        picture, cells=[replace(cell, drivers=[driver]) for cell in picture.cells], shown_to="=2+2"
    )
    lines = [line.decode() for line in csv_lines(cells_table(picture, "es"))]
    assert not any(",=" in line for line in lines)
