"""pipeline_vs_quix: how many times as fast as the same work written the natural way in Quix
Streams.

Both run over the same events (same ids, same keys of things) on one broker, a process each; both
rates are over the whole log, which was there before. Ours counts from the worker's readiness,
Quix's only from its first output. The two results must be the same set of evidence, or the bench
fails and names the first difference. A second run of Quix, without verifying signatures, tells how
much of the ratio is one signature an event (`quix_without_signatures_events_per_s`).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.exchange import drafts, produce, up, workers
from benchmarks.figures import Figure, load
from benchmarks.pipeline import EVENTS, Evidence, Run
from benchmarks.population import STATIONS, Station
from benchmarks.watch import Eyes, StuckError, eyes, metered, until_drained
from infra.kafka.topic_admin import ensure
from infra.keys import keyring
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.crypto.sealing import new_key, seal, sign
from schemas.topics import TopicSpec

AIM = 2.0
ROOT = Path(__file__).parent.parent
LOCK = Path(__file__).parent / "quix" / "requirements.lock"
ENVIRONMENT = ROOT / ".bench" / "quix"
EVENTS_TOPIC = "quix.events"
PARTITIONS = 4
_TIMED = {"message.timestamp.type": "LogAppendTime", "max.message.bytes": "1500000"}

Message = tuple[str, int, bytes, bytes]


class DiffersError(AssertionError):
    """The two pipelines do not agree: then their speeds cannot be compared."""


def environment() -> Path:
    """Return the interpreter of Quix's environment; make it if its lock has changed."""
    path, python = ENVIRONMENT / "made-from", ENVIRONMENT / "bin" / "python"
    text = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not path.exists() or path.read_text() != text:
        print(f"making {ENVIRONMENT.relative_to(ROOT)}, this once ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)],
            check=True,
        )
        path.write_text(text)
    return python


def single_events(
    settings: Settings, station: Station, count: int, list_key: bytes
) -> list[tuple[bytes, bytes, bytes]]:
    """A node's events as Quix gets them: id (hex), signed event, its key under the list key."""
    keys, cipher, form = (
        keyring.load_node_keys(settings, station.node),
        AESGCM(list_key),
        log_format("event"),
    )
    matches = []
    for _, draft in drafts(settings, station, count):
        key = new_key()
        body = form.write(
            {
                "envelope": draft.envelope,
                "schema": draft.schema,
                "sealed": seal(draft.payload, key, draft.id),
            }
        )
        signed = sign(EVENTS_TOPIC, body, keys.key_id, keys.signing)
        matches.append(
            (draft.id.hex().encode(), signed, cipher.encrypt(draft.id[:12], key, draft.id))
        )
    return matches


def prepare(settings: Settings, events: int = EVENTS) -> bytes:
    """Write the events to Quix's topic; the list key."""
    list_key = new_key()
    with up(settings) as stack:
        ensure(stack.settings.kafka, [TopicSpec(EVENTS_TOPIC, PARTITIONS, _TIMED)])
        with workers() as pool:
            parts = [
                pool.submit(single_events, stack.settings, station, events, list_key)
                for station in STATIONS
            ]
            rows = [row for part in parts for row in part.result()]
        wrapped = {id_: key for id_, _, key in rows}
        messages = (
            (EVENTS_TOPIC, int(id_[-8:], 16) % PARTITIONS, id_, signed) for id_, signed, _ in rows
        )
        asyncio.run(produce(stack.settings.kafka, messages, lambda id_: [("key", wrapped[id_])]))
    return list_key


def measure(settings: Settings, list_key: bytes, ours: Run, events: int = EVENTS) -> list[Figure]:
    """Run Quix over its topic, with and without signatures, and compare. Raises Differs."""
    python, before = environment(), load()
    with up(settings) as stack:
        rate, cpu, evidence = _run(
            stack.settings, python, _plan(stack.settings, list_key, True), events
        )
        bare, _, _ = _run(stack.settings, python, _plan(stack.settings, list_key, False), events)
    compare(ours.evidence, evidence)
    detail = {
        "quipu_events_per_s": ours.rate,
        "quix_events_per_s": round(rate),
        "quix_cpu_s": cpu,
        "load": [before, load()],
    }
    return [
        Figure("pipeline_vs_quix", round(ours.rate / rate, 2), "times", AIM, True, detail),
        Figure("quix_events_per_s", round(rate), "events/s"),
        Figure("quix_without_signatures_events_per_s", round(bare), "events/s"),
    ]


def _plan(settings: Settings, list_key: bytes, verifies: bool) -> dict[str, Any]:
    keys = {station: keyring.load_node_keys(settings, station.node) for station in STATIONS}
    name, security = "signed" if verifies else "unsigned", settings.kafka.security
    return {
        "broker": str(settings.kafka),
        "protocol": str(security.security_protocol),
        "mechanism": str(security.sasl_mechanism),
        "username": security.username,
        "password_file": str(security.password_file),
        "group": f"quix-{name}",
        "events": EVENTS_TOPIC,
        "evidence": f"quix.evidence.{name}",
        "state": str(settings.home / "state" / f"quix-{name}"),
        "keys": {
            key.key_id: key.signing.public_key().public_bytes_raw().hex() for key in keys.values()
        },
        "nodes": {
            node_keys.key_id: {
                "node": station.node,
                "country": station.country,
                "authority": station.authority,
            }
            for station, node_keys in keys.items()
        },
        "list_key": list_key.hex(),
        "thing_secret": keyring.load_mechanism_keys(settings).thing_secret.hex(),
        "verifies": verifies,
    }


def _run(
    settings: Settings, python: Path, plan: dict[str, Any], events: int
) -> tuple[float, float, Evidence]:
    """Events per second, seconds of processor, evidence."""
    ensure(settings.kafka, [TopicSpec(plan["evidence"], PARTITIONS, _TIMED)])
    with (
        eyes(settings.kafka) as look,
        _application(settings, python, plan) as process,
        metered(process.pid) as meter,
    ):
        repartition = _repartition(look, plan["group"], process)
        until_drained(look, plan["group"], [EVENTS_TOPIC, repartition], f"Quix ({plan['group']})")
        cpu = meter.read().cpu_s
        began, ended = look.oldest([repartition]), look.newest([plan["evidence"], repartition])
        rows = frozenset(_row(json.loads(value)) for value in look.values([plan["evidence"]]))
    return events / ((ended - began) / 1000), round(cpu, 2), rows


def _row(row: dict[str, Any]) -> tuple[str, str, str, str, str, str]:
    return row["op"], row["rule"], row["grade"], row["thing"], row["event_id"], row["role"]


@contextmanager
def _application(
    settings: Settings, python: Path, plan: dict[str, Any]
) -> Iterator[subprocess.Popen[bytes]]:
    path = settings.run_dir / f"{plan['group']}.json"
    path.write_text(json.dumps(plan))
    path.chmod(0o600)
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    log = (settings.logs_dir / f"{plan['group']}.log").open("wb")
    process = subprocess.Popen(
        [str(python), "-m", "benchmarks.quix.app", str(path)],
        cwd=ROOT,
        env=environ,
        stdout=log,
        stderr=log,
    )
    try:
        yield process
    except StuckError as error:
        raise StuckError(f"{error}; its log ends: {Path(log.name).read_text()[-2000:]}") from error
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _repartition(look: Eyes, group: str, process: subprocess.Popen[bytes]) -> str:
    """Quix's own topic between the steps, once there is something in it. Raises Stuck."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        names = [name for name in look.names() if name.startswith(f"repartition__{group}")]
        if names and any(look.ends(names).values()):
            return names[0]
        time.sleep(0.2)
    raise StuckError(f"Quix ({group}) gave nothing")


def compare(ours: Evidence, theirs: Evidence) -> None:
    """Raises Differs, naming the first row that only one of them has."""
    if ours != theirs:
        only = min(
            [("Quipu", row) for row in ours - theirs] + [("Quix", row) for row in theirs - ours],
            key=lambda pair: pair[1],
        )
        raise DiffersError(
            f"{len(ours)} rows of evidence from Quipu, {len(theirs)} from Quix; "
            f"only {only[0]} has {only[1]}"
        )
