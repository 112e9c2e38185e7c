"""An answer over HTTP is a file that says its moment, whether the question named one or not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from fastapi.responses import StreamingResponse

from consumers.api.figure_request import FactQuery
from consumers.presentation.figure_tables import totals_table
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.totals import TotalRow, Totals


@pytest.mark.parametrize("as_of", [None, datetime(2018, 8, 1, tzinfo=UTC)])
def test_a_file_says_its_moment_in_every_row(as_of: datetime | None) -> None:
    row = TotalRow(None, ["CO"], Decimal("12.5"), "", 2, 0, 0, 0)
    marking = FigureMarking("GREEN", [])
    totals = Totals("mass", ["country"], "none", as_of, None, marking, [row])
    day = as_of or datetime.now(UTC)
    response = FactQuery.model_validate({"format": "csv"}).formatted(totals, totals_table)
    assert isinstance(response, StreamingResponse)
    header, line = _text(response).splitlines()
    assert "as_of" in header
    assert line.startswith("CO,12.5,2,")
    assert f"al {day:%Y-%m-%d}" in line


def _text(response: StreamingResponse) -> str:
    async def read() -> bytes:
        parts = [part async for part in response.body_iterator]
        return b"".join(part for part in parts if isinstance(part, bytes))

    return asyncio.run(read()).decode("utf-8-sig")
