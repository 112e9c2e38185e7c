"""A national system hands its records to a node over HTTP and by a folder; on the real pipeline,
with real kills.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from producers.node import CountryNode
from tests.support.node import HEADER, row
from tests.support.patience import patience
from tests.support.pipeline_harness import Pipeline

pytestmark = pytest.mark.integration

NODE = "pe-sucamec"
ENVELOPE = {
    "tlp": "AMBER",
    "purpose": "investigation",
    "legal_basis": "CAN-552",
    "crime": "09012",
    "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
}


def event(reference: str, serial: str = "ABC123") -> dict[str, Any]:
    weapon = {
        "kind": "firearm",
        "type": "PISTOL",
        "make": "GLOCK",
        "calibre": "9MM",
        "serial": serial,
    }
    payload = {"weapon": weapon, "status": "LOST"}
    return {
        "type": "weapon_record",
        "reference": reference,
        "payload": payload,
        "envelope": ENVELOPE,
    }


@contextmanager
def quipu(
    pipeline: Pipeline, *argv: str, environ: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A command of the node, in a process of its own, ended with the block."""
    env = (
        os.environ
        | pipeline.settings.environ()
        | {"QUIPU_KAFKA": str(pipeline.settings.kafka), **(environ or {})}
    )
    command = [sys.executable, "-m", "infra.cli", "--lang", "en", *argv]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=env, cwd=Path(__file__).parents[3]
    ) as child:
        try:
            yield child
        finally:
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(patience(10))
            child.kill()


@contextmanager
def serving(
    pipeline: Pipeline, **environ: str
) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """`quipu serve`, and a client with its token."""
    folder = pipeline.settings.node_dir(NODE)
    (folder / "intake.json").unlink(missing_ok=True)
    with quipu(pipeline, "serve", "--node", NODE, environ=environ) as child:
        pipeline.eventually((folder / "intake.json").exists, "the intake serves")
        url = json.loads((folder / "intake.json").read_text())["url"]
        headers = {"Authorization": f"Bearer {(folder / 'intake.token').read_text().strip()}"}
        with httpx.Client(base_url=url, headers=headers, timeout=70) as client:
            yield client, child


def test_events_handed_over_http_are_in_the_store_once_whatever_is_killed(
    pipeline: Pipeline,
) -> None:
    batches = [
        [event(f"H-{batch}-{number}", f"HTTP{batch}{number:03}") for number in range(5)]
        for batch in range(8)
    ]
    with serving(pipeline) as (client, child):
        with ThreadPoolExecutor(4) as pool:
            sealed = list(
                pool.map(lambda batch: client.post("/v1/events", json=batch).json(), batches)
            )
        assert sum(item["sealed"] for item in sealed) == 40
        child.send_signal(signal.SIGKILL)
        child.wait(patience(10))
    with serving(pipeline) as (client, child):
        again = [client.post("/v1/events", json=batch).json() for batch in batches]
        assert sum(item["duplicate"] for item in again) == 40
        receipts = client.get("/v1/receipts", params={"reference": "H-7-4", "wait": 60}).json()[
            "receipts"
        ]
        assert [(receipt["verdict"], receipt["id"]) for receipt in receipts] == [
            ("accepted", sealed[7]["answers"][4]["id"])
        ]
        pipeline.eventually(
            lambda: client.get("/health").json()["unanswered"] == 0, "all are answered"
        )
        health = client.get("/health").json()
        assert (health["status"], health["unsent"]) == ("ok", 0)
        child.terminate()
        assert child.wait(patience(20)) == 0
    id_ = bytes.fromhex(receipts[0]["id"].replace("-", ""))
    pipeline.eventually(lambda: pipeline.history(id_) is not None, "the event is in the store")
    with CountryNode(pipeline.settings, NODE) as node:
        assert node.outbox.rows(
            "SELECT count(*), count(DISTINCT id) FROM items WHERE file = (SELECT file FROM files "
            "WHERE name = 'api')"
        ) == [(40, 40)]


def test_a_long_poll_hears_the_answer_as_it_comes(pipeline: Pipeline) -> None:
    with serving(pipeline) as (client, _):
        cursor = 0
        while (page := client.get("/v1/receipts", params={"since": cursor}).json())["receipts"]:
            cursor = page["next"]
        with ThreadPoolExecutor(1) as pool:
            asking = pool.submit(client.get, "/v1/receipts", params={"since": cursor, "wait": 60})
            assert not wait([asking], timeout=0.5).done
            id_ = client.post("/v1/events", json=event("POLL-1")).json()["answers"][0]["id"]
            answer = asking.result(65).json()
    assert [(receipt["id"], receipt["verdict"]) for receipt in answer["receipts"]] == [
        (id_, "accepted")
    ]


def test_a_program_that_waits_hears_the_answer_before_the_call_returns(pipeline: Pipeline) -> None:
    record = event("P-1", "PYTH0N1")
    with CountryNode(pipeline.settings, NODE) as node:
        (submission_result,) = node.publish_events(record.pop("type"), [record], wait=30)
        assert submission_result.outcome == "sealed"
        assert [receipt.verdict for receipt in node.receipts_of(reference="P-1")] == ["accepted"]


def test_while_kafka_is_away_events_are_taken_at_full_speed_and_go_out_when_it_is_back(
    pipeline: Pipeline,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with serving(pipeline, QUIPU_KAFKA=f"127.0.0.1:{port}") as (client, _):
        began = time.monotonic()
        for number in range(20):
            assert client.post("/v1/events", json=event(f"AWAY-{number}")).json()["sealed"] == 1
        assert time.monotonic() - began < 5
        assert client.get("/health").json()["status"] == "away"
        with door(port, str(pipeline.settings.kafka)):
            receipts = client.get(
                "/v1/receipts", params={"reference": "AWAY-19", "wait": 60}
            ).json()["receipts"]
    assert [receipt["verdict"] for receipt in receipts] == ["accepted"]


@contextmanager
def door(port: int, broker: str) -> Iterator[None]:
    """Lets clients of this port through to the broker."""
    host, _, number = broker.rpartition(":")
    with socket.create_server(("127.0.0.1", port)) as listening:
        threading.Thread(target=_let_in, args=(listening, (host, int(number))), daemon=True).start()
        yield


def _let_in(listening: socket.socket, broker: tuple[str, int]) -> None:
    with suppress(OSError):
        while True:
            inside, outside = listening.accept()[0], socket.create_connection(broker)
            for source, target in ((inside, outside), (outside, inside)):
                threading.Thread(target=_carry, args=(source, target), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    target.close()


@pytest.mark.faults
def test_a_watched_folder_killed_again_and_again_loses_and_doubles_nothing(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    rows, folder = 6_000, tmp_path / "drop"
    folder.mkdir()
    part = folder / "armas.csv.part"
    part.write_text(
        HEADER
        + "".join(row(n, serial=f"WATCH{n}") for n in range(700_000, 700_000 + rows))
        + row(1, status="vanished")
    )
    part.rename(folder / "armas.csv")
    argv = (
        "watch",
        "--node",
        NODE,
        "--folder",
        str(folder),
        "--map",
        f"armas*.csv={_mapping(pipeline)}",
        "--settled",
        "0.3",
    )
    kills = 0
    for delay in (1.6, 2.0, 2.4):
        with quipu(pipeline, *argv) as child:
            time.sleep(delay)
            if child.poll() is None and (folder / "armas.csv").exists():
                child.send_signal(signal.SIGKILL)
                kills += 1
    report = folder / "done" / "armas.csv.report.json"

    def accepted() -> bool:
        return report.exists() and json.loads(report.read_text())["counts"]["unanswered"] == 0

    with quipu(pipeline, *argv) as child:
        pipeline.eventually(accepted, "the report is filled in")
        child.terminate()
        assert child.wait(patience(20)) == 0
    counts = json.loads(report.read_text())["counts"]
    assert kills
    assert (counts["accepted"] + counts["duplicate"], counts["refused"], counts["rejected"]) == (
        rows,
        1,
        0,
    )
    assert (folder / "done" / "armas.csv.refused.csv").read_text() == HEADER + row(
        1, status="vanished"
    )
    with CountryNode(pipeline.settings, NODE) as node:
        sql = "SELECT count(*), count(DISTINCT id) FROM items WHERE file = (SELECT file FROM files WHERE name = 'armas.csv')"
        assert node.outbox.rows(sql) == [(rows, rows)]
    shutil.rmtree(folder)


def _mapping(pipeline: Pipeline) -> Path:
    pipeline.mapping()
    return pipeline.files / "weapons.toml"
