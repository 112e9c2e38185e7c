"""A machine that does not belong cannot falsify the log (findings P1, P2, P3, P9): it founds nothing
on it, judges nothing in it, and neither a rebuild nor a second process stops the others.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from consumers.hits.single_process import SingleProcessLease
from infra import settings as settings_module
from infra.errors import ForeignLogError, KeyringError, NotFoundedError, StartError
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys import keyring
from infra.machine_name import machine_name
from infra.orchestration.stack import RunningStack, running
from infra.registry.founding import found_mechanism
from infra.registry.nodes import NodeRegistration, add_node
from infra.settings import Settings
from schemas import topics
from streams.worker import main as worker
from streams.worker.worker_config import WorkerConfig
from tests.support.engines import eventually
from tests.support.exchange_lease import ExchangeLease
from tests.support.patience import patience

NOTICE_MS = 500
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def exchange(lease: ExchangeLease) -> Iterator[RunningStack]:
    """An exchange that is founded, with its tables; nothing works on it."""
    parts = ("topics", "founding", "migrations")
    with lease.running("second", parts, lambda home: found_mechanism(home, NOTICE_MS)) as stack:
        yield stack


@pytest.fixture
def stranger(exchange: RunningStack, tmp_path: Path) -> Settings:
    """A folder of another machine: it has the addresses and no keys."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(exchange.settings.home / "quipu.toml", home)
    return settings_module.load({"QUIPU_HOME": str(home)})


def entries(settings: Settings) -> int:
    with closing(PartitionReader(settings.kafka, topics.CONFIG, 0)) as reader:
        return reader.end()


def test_a_machine_without_keys_founds_nothing_on_a_log_that_is_founded(
    exchange: RunningStack, stranger: Settings
) -> None:
    before = entries(exchange.settings)
    with pytest.raises(ForeignLogError, match="belongs to a mechanism"):
        found_mechanism(stranger)
    with (
        pytest.raises((ForeignLogError, StartError), match="belongs to a mechanism"),
        running(stranger, only=("founding", "worker")),
    ):
        pass
    assert not (stranger.keys_dir / "mechanism").exists()
    assert not (stranger.keys_dir / "anchor.pem").exists()
    assert entries(exchange.settings) == before


def test_in_a_countrys_folder_nothing_is_founded_and_its_anchor_stays(
    exchange: RunningStack, stranger: Settings
) -> None:
    stranger.keys_dir.mkdir(parents=True)
    anchor = stranger.keys_dir / "anchor.pem"
    shutil.copy(exchange.settings.keys_dir / "anchor.pem", anchor)
    before = (anchor.read_bytes(), entries(exchange.settings))
    with pytest.raises(KeyringError) as error:
        found_mechanism(stranger)
    assert error.value.code == "ANCHOR_BROUGHT"
    with pytest.raises(NotFoundedError, match="country's folder"):
        add_node(stranger, NodeRegistration("co-ponal", "CO", "PONAL"))
    assert not keyring.node_folder(stranger, "co-ponal").exists()
    assert (anchor.read_bytes(), entries(exchange.settings)) == before


@pytest.mark.parametrize("process", ["streams.worker", "consumers.sink", "consumers.hits"])
def test_no_process_works_on_the_log_of_another_mechanism(
    exchange: RunningStack, stranger: Settings, process: str
) -> None:
    keyring.create_mechanism_keys(stranger)
    stranger.run_dir.mkdir()
    rejects = PartitionReader(exchange.settings.kafka, topics.rejects(1), 0)
    with closing(rejects):
        before = rejects.end()
        arguments = ["--member", "1"] if process == "streams.worker" else []
        ended = subprocess.run(
            [sys.executable, "-m", process, *arguments],
            env={"QUIPU_HOME": str(stranger.home), "PATH": "", "QUIPU_LANG": "en"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 2
        assert "FOREIGN_LOG" in ended.stdout + ended.stderr
        assert rejects.end() == before


def test_no_answer_is_given_from_the_log_of_another_mechanism(stranger: Settings) -> None:
    keyring.create_mechanism_keys(stranger)
    with closing(ConfigLog(stranger)) as config_log:
        for _refresh in range(2):
            with pytest.raises(ForeignLogError):
                config_log.refresh()


def test_keys_that_nodes_do_not_encrypt_for_are_refused(
    exchange: RunningStack, stranger: Settings
) -> None:
    keyring.create_mechanism_keys(stranger)
    for name in ("anchor.pem", "mechanism/signing.pem"):
        shutil.copy(exchange.settings.keys_dir / name, stranger.keys_dir / name)
    parser = worker._parser().parse_args(["--member", "1"])
    with pytest.raises(ForeignLogError, match="encrypt for another key"):
        worker._config(parser, stranger)


def test_workers_of_two_machines_have_two_names(exchange: RunningStack, stranger: Settings) -> None:
    ours, theirs = (
        WorkerConfig(settings, "1", 1, topics.worker_group(1)).instance
        for settings in (exchange.settings, stranger)
    )
    assert ours != theirs
    assert machine_name(stranger) == machine_name(stranger)


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_second_process_of_the_hits_waits_until_the_first_is_gone(
    exchange: RunningStack, stranger: Settings, is_elsewhere: bool
) -> None:
    first = SingleProcessLease(exchange.settings, 1)
    second = SingleProcessLease(stranger if is_elsewhere else exchange.settings, 1)
    with closing(second):
        with closing(first):
            eventually(first.is_held, "the first works")
            for _question in range(20):
                held = first.is_held(), second.is_held()
                assert held != (True, True)
        eventually(second.is_held, "the second takes over", 30)


def test_a_worker_ends_by_itself_when_another_generation_serves(exchange: RunningStack) -> None:
    from consumers.maintenance.rebuild import activate, prepare

    settings = exchange.settings
    process = subprocess.Popen(
        [sys.executable, "-m", "streams.worker", "--member", "7"],
        env={"QUIPU_HOME": str(settings.home), "PATH": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(settings.ready_file("worker-7").exists, "the worker is ready", 60)
        prepare(settings, 2)
        serves_from = activate(settings, 2)
        assert process.wait(patience(90)) == 0
        assert time.time() * 1000 >= serves_from
    finally:
        process.kill()
        process.wait()
