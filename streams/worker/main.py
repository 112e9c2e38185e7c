"""The stream worker: `python -m streams.worker --member N [--generation G] [--no-receipts]`.

It is ready (`run/worker-<N>.ready` in the data folder) when its first partitions are caught up.
SIGTERM, SIGINT and another generation that serves end it cleanly, exit code 0. Anything unexpected
ends it at once, exit code 1, so that a supervisor starts it again: what was not acked comes again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack, closing
from typing import Any

import faust
import structlog
import uvloop
from kafka.errors import AuthorizationError, KafkaError

from infra import logging_setup as logging
from infra import settings as settings_module
from infra.clock import now_ms
from infra.data_folder import write_atomically
from infra.errors import QuipuError
from infra.exchange_log import generation
from infra.exchange_log.log_owner import check_keys
from infra.file_lock import file_lock
from infra.garbage_collection import collect_rarely
from infra.kafka.errors import denied
from infra.kafka_access import ProcessName
from infra.keys import keyring
from infra.keys.current_signer import CurrentSigner
from infra.private_files import keep_private
from infra.settings import Settings
from infra.telemetry import status_file
from infra.telemetry.member_writer import MemberWriter, occupation_of
from infra.telemetry.tracing import Tracer
from schemas import topics
from schemas.model import THING_PARTITIONS, sized_generation
from streams.worker import group_admin
from streams.worker.assignment import Assignment
from streams.worker.errors import same_member
from streams.worker.faust_app import make_app
from streams.worker.generation_watch import GenerationWatch
from streams.worker.jobs import all_jobs
from streams.worker.liveness import WorkerLiveness
from streams.worker.log_throttle import install_log_throttle
from streams.worker.output_producer import OutputProducer
from streams.worker.partition import PartitionEnvironment
from streams.worker.processor_protocol import Job
from streams.worker.worker_config import WorkerConfig

log = structlog.get_logger(__name__)

STOP_S = 15.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until a signal to stop; return the exit code."""
    began = time.monotonic()
    args = _parser().parse_args(arguments)
    settings = settings_module.load(os.environ).acting_as(ProcessName.WORKER)
    keep_private()
    logging.configure(settings.log_json, level=settings.log_level)
    try:
        config = _config(args, settings)
        return run(config, all_jobs(settings, config.generation), began)
    except QuipuError as error:
        words = {
            "reason": error.message.in_language(settings.lang),
            "remedy": error.remedy.in_language(settings.lang),
        }
        log.error("worker_not_started", code=error.code, **words)  # noqa: TRY400 - the words say it, a traceback would hide them
        return 2
    except AuthorizationError as error:
        clear = denied(error, settings.kafka)
        log.error("worker_not_started", code=clear.code, reason=str(clear))  # noqa: TRY400 - as above
        return 2
    except KafkaError as error:
        why = {"reason": repr(error), "remedy": f"is Kafka at {settings.kafka}?"}
        log.error("worker_not_started", code="KAFKA", **why)  # noqa: TRY400 - as above
        return 1


RECEIPTS = "receipts"
"""Topics that a worker signs, and writes only when its generation serves."""


def _config(args: argparse.Namespace, settings: Settings) -> WorkerConfig:
    config, now = generation.config_history(settings), now_ms()
    keys = keyring.load_mechanism_keys(settings)
    check_keys(keys, config, now)
    number = _generation(args, config.at(now).generation)
    suppressed: tuple[str, ...] = (RECEIPTS,)
    owner_topics: tuple[str, ...] = ()
    if args.receipts:
        nodes = config.newest().nodes.values()
        names = {topics.receipts(number, node.home, node.name) for node in nodes}
        owner_topics = tuple(sorted(names))
        suppressed = ()
    group, follows = topics.worker_group(number), args.generation is None
    signers = {RECEIPTS: CurrentSigner(settings, keys)}
    return WorkerConfig(
        settings, args.member, number, group, suppressed, follows, signers, owner_topics
    )


def _generation(args: argparse.Namespace, serving: int) -> int:
    """Return the generation to work on, with its size; of one that serves, config says it."""
    if args.generation is None or args.generation == serving:
        return serving
    return sized_generation(args.generation, args.partitions)


def run(config: WorkerConfig, jobs: Sequence[Job], began: float | None = None) -> int:
    """Run these jobs until SIGTERM or SIGINT; return the exit code.

    `began`: when the process began, in seconds of `time.monotonic`. Raises WorkerError when it
    cannot begin.
    """
    structlog.contextvars.bind_contextvars(worker=config.member, generation=config.generation)
    install_log_throttle()
    try:
        with file_lock(config.lock_file), closing(_member_writer(config)):
            names = [topic for job in jobs for topic in job.topics]
            ids = group_admin.topic_ids(config.kafka, names)
            worker = Worker(config, jobs, ids, began or time.monotonic())
            collect_rarely()
            uvloop.install()  # for Faust's consumer thread too, which makes a loop of its own
            asyncio.run(worker.run())
    except BlockingIOError as error:
        raise same_member(config.member) from error
    return 0


def _member_writer(config: WorkerConfig) -> MemberWriter:
    """Begin to write of this worker into the topic of members."""
    settings, name = config.settings, config.name
    member = MemberWriter(settings, "worker", name, lambda: occupation_of(settings, name))
    member.start()
    return member


class Worker:
    """One process's Faust app with what belongs to it."""

    def __init__(
        self, config: WorkerConfig, jobs: Sequence[Job], topic_ids: dict[str, str], began: float
    ) -> None:
        """Prepare the worker; `run` starts it. `topic_ids`: Kafka's own, by name."""
        self._config = config
        self._jobs = jobs
        self._began = began
        self._tracer = Tracer.of(config.settings, "worker")
        self._producer = OutputProducer(
            config.settings, config.signers, config.suppressed_kinds, self._tracer
        )
        environment = PartitionEnvironment(
            config.kafka, self._producer, end_process, tracer=self._tracer
        )
        self._assignment = Assignment(config, jobs, topic_ids, environment, self._caught_up)

    async def run(self) -> None:
        """Work until a signal; then close everything and leave the group."""
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        if self._config.follows_config:
            GenerationWatch(self._config, stop.set).start(asyncio.get_running_loop())
        app = make_app(self._config, self._jobs, self._assignment)
        liveness = WorkerLiveness(self._config, self._assignment, end_process)
        # before anything is caught up: that may take long, and may get stuck as well
        tasks = [_run_until_error(liveness.run())]
        await self._producer.start()
        await self._producer.prepare(self._config.owner_topics)
        starting = asyncio.create_task(app.start())  # until the first partitions are caught up
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        starting.add_done_callback(_end_on_error)
        if starting.done():
            tasks.append(_run_until_error(_until_stopped(app)))
        await stopping
        log.info("worker_stopping")
        await self._stop(app, tasks)
        starting.cancel()
        log.info("worker_stopped")

    async def _stop(self, app: faust.App, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Close what `run` opened, the last first, within STOP_S."""
        config = self._config
        async with asyncio.timeout(STOP_S), AsyncExitStack() as stack:
            stack.callback(config.ready_file.unlink, missing_ok=True)
            stack.callback(status_file.remove, config.settings, config.name)
            stack.push_async_callback(
                asyncio.to_thread,
                group_admin.leave,
                config.kafka,
                config.group,
                config.instance,
            )
            stack.push_async_callback(asyncio.to_thread, self._tracer.close)
            stack.push_async_callback(self._producer.stop)
            stack.push_async_callback(app.stop)
            stack.callback(self._assignment.close)
            for task in tasks:
                task.cancel()

    def _caught_up(self) -> None:
        if not self._config.ready_file.exists():
            write_atomically(self._config.ready_file, f"{os.getpid()}\n")
            log.info("worker_ready", seconds=round(time.monotonic() - self._began, 2))


def end_process(error: BaseException) -> None:
    """Log and be gone: an agent that continues after an error would ack what it did not do."""
    log.error(
        "worker_fails",
        consequence="the process ends; its supervisor starts it again",
        exc_info=error,
    )
    sys.stderr.flush()
    os._exit(1)


def _run_until_error(coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Run a coroutine as a task whose error ends the process."""
    task = asyncio.create_task(coroutine)
    task.add_done_callback(_end_on_error)
    return task


def _end_on_error(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        end_process(error)


async def _until_stopped(app: faust.App) -> None:
    """Raises what crashed Faust, which logs it and would stay, doing nothing."""
    await app.wait_until_stopped()
    raise RuntimeError("Faust stopped by itself")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m streams.worker", description="Intake and correlate."
    )
    parser.add_argument(
        "--member",
        required=True,
        help="this worker's name among its like, e.g. 1; its state folder bears it",
    )
    parser.add_argument(
        "--generation",
        type=int,
        help="of the derived topics it writes; default: the one config names",
    )
    parser.add_argument(
        "--partitions",
        type=int,
        default=THING_PARTITIONS,
        help="of things, in a generation that does not serve yet; default: %(default)s",
    )
    parser.add_argument(
        "--receipts",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether receipts are written",
    )
    parser.add_argument(
        "--emit-receipts", dest="receipts", action="store_true", help=argparse.SUPPRESS
    )
    return parser
