"""Print a report of sections with tables as a PDF, with typst. Pure.

The template reads one value as JSON, so that no text of a record is ever markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from consumers.presentation.payload_lines import PayloadLine
from schemas.hidden_characters import make_visible

TEMPLATE = Path(__file__).with_name("report.typ")
Json = dict[str, Any]


def printed(content: Json) -> bytes:
    """Return the PDF of what the template shows, as texts."""
    import typst  # here, so that other commands need not wait for it

    text = orjson.dumps(_visible(content)).decode()
    pdf = typst.compile(
        TEMPLATE.read_bytes(), sys_inputs={"report": text}, ignore_system_fonts=True, timestamp=0
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gives a PDF as bytes")
    return pdf


def table_row(name: str, text: str, depth: int = 0) -> Json:
    """Return a line of a table."""
    return {"name": name, "text": text, "depth": depth}


def payload_rows(lines: Sequence[PayloadLine], depth: int = 0) -> Iterator[Json]:
    """Yield the lines of a content, what is nested further to the right."""
    for line in lines:
        yield table_row(line.name, line.text, depth)
        for nested in line.within:
            yield from payload_rows(nested, depth + 1)


def _visible(content: Any) -> Any:
    """Show hidden characters of every text by their names."""
    if isinstance(content, str):
        return make_visible(content)
    if isinstance(content, dict):
        return {name: _visible(value) for name, value in content.items()}
    return [_visible(value) for value in content] if isinstance(content, list) else content
