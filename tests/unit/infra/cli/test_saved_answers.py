"""What a node is given as `--case` was written by `show ID --json`, or is refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from infra.cli.requests import read_saved
from infra.errors import QuipuError

NUMBERS = TypeAdapter(list[int])


def test_what_the_command_wrote_is_read(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text("[1, 2]", encoding="utf-8")
    assert read_saved(file, NUMBERS, "quipu trace show ID") == [1, 2]


@pytest.mark.parametrize("content", [b"", b"{", b'{"code":"NOT_FOUND"}', b"\xff"])
def test_anything_else_is_refused_with_the_command_that_writes_it(
    content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(content)
    with pytest.raises(QuipuError, match="quipu trace show ID --json") as refused:
        read_saved(file, NUMBERS, "quipu trace show ID")
    assert refused.value.code == "BROKEN_FORMAT"
