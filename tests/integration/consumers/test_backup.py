"""The restore drill on real engines: an exchange is backed up under load and restored elsewhere.

It starts engines of its own twice, since a restore wants an empty Kafka.
"""

from __future__ import annotations

import re
import threading
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from consumers.maintenance.backup.erasures import has_erased_key, load_erasures
from consumers.maintenance.backup.manifest import read_manifest
from infra.cli.root import main
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka_access import ProcessName
from infra.orchestration.stack import running
from infra.registry.nodes import NodeRegistration
from infra.settings import Settings
from producers.ingest.statements import ControlStatement
from producers.node import CountryNode
from schemas import topics
from schemas.model import Message
from tests.support.engines import eventually
from tests.support.exchange import LINE, founder
from tests.support.node import row
from tests.support.pipeline_harness import COUNTRY_NODES, Pipeline, codes

pytestmark = pytest.mark.integration

CO, PE, EC, SERIAL = "co-ponal", "pe-sucamec", "ec-policia", "BAK700101"
PARTS = (*LINE, "hits")
NODES = [
    NodeRegistration(name, country, authority, 0, ())
    for name, (country, authority) in COUNTRY_NODES.items()
]


def quipu(home: Path, *arguments: str) -> str:
    """Run a command that must succeed."""
    done = CliRunner().invoke(main, ["--home", str(home), "--lang", "en", *arguments])
    assert done.exit_code == 0, f"{arguments}: {done.output} {done.exception!r}"
    return done.output


def messages_of(settings: Settings, topic: str) -> list[Message]:
    access = settings.acting_as(ProcessName.HEALTH).kafka
    with closing(PartitionReader(access, topic, 0)) as reader:
        return list(reader.read(reader.end())) if reader.exists() else []


def hits_of(settings: Settings) -> list[Message]:
    """Return what owners received: hits of the police of Colombia and of Peru's registry."""
    owners = [COUNTRY_NODES[CO], COUNTRY_NODES[PE]]
    return [
        message for owner in owners for message in messages_of(settings, topics.hits(1, *owner))
    ]


def on_disk(folder: Path, content: bytes) -> list[str]:
    """Return the files below a folder that hold these bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [str(path) for path in files if content in path.read_bytes()]


def publish_until(pipeline: Pipeline, stop: threading.Event, errors: list[str]) -> None:
    """Publish records of one node, one after another."""
    number = 100
    while not stop.is_set():
        report = pipeline.publish(EC, row(number), name=f"load-{number}.csv")
        errors += [str(code) for code in codes(report)]
        number += 1


def test_a_backup_under_load_is_restored_elsewhere_without_the_erased_key_and_no_hit_twice(
    tmp_path: Path,
) -> None:
    home, files = tmp_path / "first", tmp_path / "files"
    files.mkdir()
    recipient, backup, erasures = tmp_path / "key", tmp_path / "backup", tmp_path / "erasures"
    quipu(tmp_path / "none", "backup-key", str(recipient))
    first = Settings(home=home, lang="en")
    with running(first, PARTS, founder=founder(NODES)) as stack:
        pipeline = Pipeline(stack.settings, files, {}, stack)
        pipeline.publish(CO, row(1, SERIAL, "stolen"), name="co.csv")
        pipeline.publish(PE, row(1, SERIAL, "seized"), name="pe.csv")
        eventually(lambda: len(hits_of(stack.settings)) >= 2, "both owners have a hit", 90)
        stop, errors = threading.Event(), list[str]()
        load = threading.Thread(target=publish_until, args=(pipeline, stop, errors))
        load.start()
        try:
            shown = quipu(home, "backup", str(backup), "--to", f"{recipient}.pub")
        finally:
            stop.set()
            load.join(60)
        assert errors == []
        keys = topics.keys("PE")
        lists_before = [message.value for message in messages_of(stack.settings, keys)]
        with CountryNode(stack.settings, PE) as node:
            id_ = node.id_of_reference("weapon_record", "R-1")
            node.erase(ControlStatement("erasure", id_, "COURT_ORDER"), wait=30)
        eventually(
            lambda: any(
                has_erased_key(message.value) for message in messages_of(stack.settings, keys)
            ),
            "the key is erased",
            90,
        )
        quipu(home, "erasures", str(erasures))

    (fingerprint,) = re.findall(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}", shown)
    (newest,) = load_erasures(erasures).values()
    second = Settings(home=tmp_path / "second", lang="en")
    refused = CliRunner().invoke(
        main, ["--home", str(second.home), "restore", str(backup), "--key", str(recipient)]
    )
    assert refused.exit_code == 2, "whether something was erased later must be said"
    restore = ("restore", str(backup), "--key", str(recipient), "--erasures", str(erasures))
    foreign = CliRunner().invoke(
        main, ["--home", str(second.home), *restore, "--verify", "--mechanism", "0000 " * 8]
    )
    assert foreign.exit_code == 2, foreign.output
    assert not second.keys_dir.exists(), "nothing was written"
    shown = quipu(second.home, *restore, "--verify", "--mechanism", fingerprint)
    assert "is what was remembered" in shown
    again = CliRunner().invoke(
        main,
        ["--home", str(home), "restore", str(backup), "--key", str(recipient),
         "--no-later-erasures"],
    )  # fmt: skip
    assert again.exit_code == 2, "a data folder in use is refused"

    with running(second, PARTS, founder=founder(NODES)) as stack:
        restored = Pipeline(stack.settings, files, {}, stack)
        hits_in_backup = sum(
            end for name, end in read_manifest(backup).ends.items() if ".hits." in name
        )
        for node_name in (CO, PE):
            quipu(second.home, "send", node_name, "--wait")
        send = ["--home", str(second.home), "send", EC, "--wait"]
        older = CliRunner().invoke(main, send)
        assert older.exit_code in (0, 2), older.output  # it published while the backup ran
        if older.exit_code:
            quipu(second.home, "node", "epoch", EC)
        quipu(second.home, "reconcile", "--wait", "120")
        values = [message.value for message in messages_of(stack.settings, topics.keys("PE"))]
        assert newest in values
        erased_lists = [value for value in lists_before if value not in values]
        assert len(erased_lists) == 1
        assert on_disk(second.home, erased_lists[0]) == []
        history = restored.history(id_)
        assert history is None or history.current.payload is None
        assert len(hits_of(stack.settings)) == hits_in_backup, "no hit is sent twice"
        report = restored.publish(CO, row(9000), name="after.csv")
        assert codes(report) == [], "the node goes on"
