"""A canary that cannot beat says why, seals nothing, and goes on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from infra.file_lock import file_lock
from producers.canary import ENVELOPE, HeartbeatLoop
from producers.outbox.store import Outbox
from schemas.event.envelope import validate_envelope
from schemas.event.event_type import event_type
from schemas.examples import example
from tests.support.node import NODE, offline


def run_canary(home: Path, times: int = 1) -> list[tuple[int, float | None, str]]:
    """What a canary of the node says, so many times."""
    rows: list[tuple[int, float | None, str]] = []

    def tell(sequence: int, seconds: float | None, why: str) -> None:
        rows.append((sequence, seconds, why))
        if len(rows) == times:
            canary.stop.set()

    canary = HeartbeatLoop(offline(home), NODE, 0.01, tell)
    canary.run()
    return rows


def test_while_kafka_is_away_no_heartbeat_piles_up_in_the_outbox(tmp_path: Path) -> None:
    rows = run_canary(tmp_path, times=2)
    assert [(sequence, seconds) for sequence, seconds, _ in rows] == [(0, None), (0, None)]
    assert all(why for *_, why in rows)
    with closing(Outbox(offline(tmp_path).node_dir(NODE) / "outbox.db")) as box:
        assert box.rows("SELECT count(*) FROM items") == [(0,)]


def test_while_another_command_works_with_the_node_the_heartbeat_is_left_out(
    tmp_path: Path,
) -> None:
    settings = offline(tmp_path)
    with file_lock(settings.node_dir(NODE) / "lock"):
        ((sequence, seconds, why),) = run_canary(tmp_path)
    assert (sequence, seconds) == (0, None)
    assert NODE in why


def test_a_heartbeat_is_well_formed_and_nobody_observes_it() -> None:
    envelope, payload = example("heartbeat")
    assert validate_envelope({**envelope, **ENVELOPE}, envelope["reported_at"]) == []
    assert ENVELOPE["tlp"] == "GREEN"
    assert event_type("heartbeat").observe(payload) == []
