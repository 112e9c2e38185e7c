"""A damaged outbox is called so: the words say what is lost and what to do (finding H3)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from producers.errors import OutboxError
from producers.outbox.store import Outbox


@pytest.mark.parametrize("content", [b"garbage " * 2000, b"SQLite format 3\0" + b"\xff" * 8000])
def test_an_overwritten_outbox_is_not_said_to_have_lost_nothing(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "pe-vict" / "outbox.db"
    with closing(Outbox(path)):
        pass
    path.write_bytes(content)
    with pytest.raises(OutboxError) as error:
        Outbox(path)
    assert error.value.code == "OUTBOX_DAMAGED"
    remedy = error.value.remedy.in_language("en")
    assert "quipu node epoch pe-vict" in remedy
    assert "No received record is lost" not in remedy


def test_an_outbox_on_a_full_disk_keeps_its_words(tmp_path: Path) -> None:
    folder = tmp_path / "pe-vict"
    folder.mkdir()
    (folder / "outbox.db").mkdir()
    with pytest.raises(OutboxError, match="No received record is lost"):
        Outbox(folder / "outbox.db")
