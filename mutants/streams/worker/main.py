"""The stream worker: `python -m streams.worker --member N [--generation G] [--no-receipts]`.

It is ready (`run/worker-<N>.ready` in the data folder) when its first partitions are caught up.
SIGTERM and SIGINT end it cleanly, exit code 0; anything unexpected ends it at once, exit code 1, so
that a supervisor starts it again: what was not acked comes again.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

import faust
import structlog
import uvloop
from kafka.errors import KafkaError

from infra import logging_setup as logging
from infra import settings as settings_module
from infra.data_folder import write_atomically
from infra.errors import QuipuError
from infra.exchange_log import generation
from infra.file_lock import file_lock
from infra.settings import Settings
from infra.telemetry import status_file
from schemas import topics
from schemas.model import COUNTRIES
from streams.worker import group_admin
from streams.worker.assignment import Assignment
from streams.worker.errors import same_member
from streams.worker.faust_app import GroupMember, make_app
from streams.worker.jobs import all_jobs
from streams.worker.liveness import WorkerLiveness
from streams.worker.log_throttle import install_log_throttle
from streams.worker.output_producer import OutputProducer
from streams.worker.partition import PartitionEnvironment
from streams.worker.processor_protocol import Job

log = structlog.get_logger(__name__)

STOP_S = 15.0
YOUNG_OBJECTS = 50_000
"""How many new objects may live before cycles are looked for. A batch holds thousands that make no
cycles: Python's own 700 cost 15 %.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to stop; the exit code."""
    began = time.monotonic()
    told = _parser().parse_args(arguments)
    settings = settings_module.load(os.environ)
    logging.configure(settings.log_json, level=settings.log_level)
    try:
        number = told.generation or generation.current_generation(settings)
        muted = (
            ()
            if told.receipts
            else tuple(topics.receipts(number, country) for country in COUNTRIES)
        )
        return run(
            settings,
            told.member,
            number,
            all_jobs(settings, number),
            f"quipu.g{number}.intake-correlate",
            muted,
            began,
        )
    except QuipuError as error:
        words = {
            "reason": error.message.text(settings.lang),
            "remedy": error.remedy.text(settings.lang),
        }
        log.error("worker_not_started", code=error.code, **words)  # noqa: TRY400 - the words say it, a traceback would hide them
        return 2
    except KafkaError as error:
        why = {"reason": repr(error), "remedy": f"is Kafka at {settings.kafka}?"}
        log.error("worker_not_started", code="KAFKA", **why)  # noqa: TRY400 - as above
        return 1


def run(
    settings: Settings,
    member: str,
    number: int,
    jobs: Sequence[Job],
    group: str,
    muted: Sequence[str] = (),
    began: float | None = None,
) -> int:
    """Run these jobs as `member` of `group` until SIGTERM or SIGINT. Raises WorkerError when it
    cannot begin.
    """
    structlog.contextvars.bind_contextvars(worker=member, generation=number)
    install_log_throttle()
    try:
        with file_lock(settings.run_dir / f"worker-{member}.lock"):
            ids = group_admin.topic_ids(
                settings.kafka, [topic for job in jobs for topic in job.topics]
            )
            worker = Worker(
                settings,
                member,
                number,
                jobs,
                group,
                ids,
                OutputProducer(settings.kafka, muted),
                began or time.monotonic(),
            )
            gc.freeze()  # what was made by now lives as long as the process
            gc.set_threshold(YOUNG_OBJECTS, 20, 50)
            uvloop.install()  # for Faust's consumer thread too, which makes a loop of its own
            asyncio.run(worker.run())
    except BlockingIOError as error:
        raise same_member(member) from error
    return 0


class Worker:
    """One process's Faust app with what belongs to it."""

    def __init__(
        self,
        settings: Settings,
        member: str,
        number: int,
        jobs: Sequence[Job],
        group: str,
        topic_ids: dict[str, str],
        sender: OutputProducer,
        began: float,
    ) -> None:
        self._settings = settings
        self._jobs = jobs
        self._sender = sender
        self._began = began
        self._ready = settings.ready_file(f"worker-{member}")
        self._folder = settings.state_dir / member / f"g{number}"
        self._progress = (f"worker-{member}", number)
        self._member = GroupMember(group, f"{group}.{member}")
        outside = PartitionEnvironment(settings.kafka, sender, end_process)
        self._assignment = Assignment(
            jobs, self._folder, group, number, topic_ids, outside, self._caught_up
        )

    async def run(self) -> None:
        """Until a signal; then everything is closed and the group left."""
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        datadir = self._folder / "faust"
        datadir.mkdir(parents=True, exist_ok=True)
        app = make_app(self._settings.kafka, self._member, datadir, self._jobs, self._assignment)
        progress = WorkerLiveness(self._settings, *self._progress, self._assignment, end_process)
        tasks = [
            asyncio.create_task(progress.run())
        ]  # before anything is caught up: that may take long, and may get stuck as well
        tasks[0].add_done_callback(_end_on_error)
        await self._sender.start()
        starting = asyncio.create_task(
            app.start()
        )  # lasts until the first partitions are caught up
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        starting.add_done_callback(_end_on_error)
        if starting.done():
            tasks.append(asyncio.create_task(_until_stopped(app)))
            tasks[-1].add_done_callback(_end_on_error)
        await stopping
        log.info("worker_stopping")
        async with asyncio.timeout(STOP_S), AsyncExitStack() as closing:
            closing.callback(self._ready.unlink, missing_ok=True)
            closing.callback(status_file.remove, self._settings, self._progress[0])
            closing.push_async_callback(
                asyncio.to_thread,
                group_admin.leave,
                self._settings.kafka,
                self._member.group,
                self._member.instance,
            )
            closing.push_async_callback(self._sender.stop)
            closing.push_async_callback(app.stop)
            closing.callback(self._assignment.close)
            for task in tasks:
                task.cancel()
        starting.cancel()
        log.info("worker_stopped")

    def _caught_up(self) -> None:
        if not self._ready.exists():
            write_atomically(self._ready, f"{os.getpid()}\n")
            log.info("worker_ready", seconds=round(time.monotonic() - self._began, 2))


def end_process(error: BaseException) -> None:
    """Log and be gone: an agent that goes on after an error would ack what it did not do."""
    log.error(
        "worker_fails",
        consequence="the process ends; its supervisor starts it again",
        exc_info=error,
    )
    sys.stderr.flush()
    os._exit(1)


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
        "--receipts",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether receipts are written",
    )
    parser.add_argument(
        "--emit-receipts", dest="receipts", action="store_true", help=argparse.SUPPRESS
    )
    return parser
