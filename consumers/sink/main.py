"""The process of the sink: `python -m consumers.sink [--generation G] [--ready NAME]`."""

from __future__ import annotations

import argparse
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

import structlog

from consumers.runtime import lifecycle
from consumers.runtime.liveness import ConsumerLiveness, SinkCounters
from consumers.runtime.serving_config import ServingConfig, serving_config_of
from consumers.sink import reread_request
from consumers.sink.derived_tables import tables_kept
from consumers.sink.finding_pairs import open_pair_keeper
from consumers.sink.lasting_facts import open_fact_keeper
from consumers.sink.payload_decryption import PayloadDecryptor
from consumers.sink.sink import Sink, open_consumer
from consumers.sink.writer import open_writer
from infra.exchange_log.config_log import ConfigLog
from infra.garbage_collection import collect_rarely
from infra.kafka_access import ProcessName
from infra.logging_setup import configure
from infra.private_files import keep_private
from infra.settings import Settings, load
from infra.telemetry.tracing import Tracer
from schemas.event.event_type import released_types

log = structlog.get_logger(__name__)

READ_CONFIG_EVERY_S = 5.0
LOG_EVERY_S = 10.0
REPORT_EVERY_S = 0.5
YOUNG_OBJECTS = 200_000
"""New objects between two searches for cycles: a batch is tens of thousands of objects."""


def run(settings: Settings, generation: int | None, ready: str = "sink") -> int:
    """Run until a signal comes, or until another generation serves and none was named.

    The exit code.
    """
    liveness = ConsumerLiveness(settings, ready)
    process = SinkProcess(settings, generation, liveness)
    return lifecycle.run(settings, ready, liveness, process.serve)


@dataclass(slots=True)
class SinkProcess:
    """Runs the sink of a generation. `generation`: None for the one that config says serves."""

    settings: Settings
    generation: int | None
    liveness: ConsumerLiveness
    _rows_to_log: int = 0
    _is_behind: bool = False
    """Whether more waits than was done since the last report."""
    _messages_reported: int = 0
    _logged_at: float = field(default_factory=time.monotonic)
    _config_read_at: float = field(default_factory=time.monotonic)
    _config: ServingConfig = field(init=False)
    _reported_at: float = field(default_factory=time.monotonic)

    def serve(self, context: lifecycle.ProcessContext) -> None:
        """Go on from what is committed, until asked to stop or until another generation serves.

        Raises what lifecycle.UNAVAILABLE names.
        """
        keys, config_log, stop = context
        with ExitStack() as closing:
            self._config = _serving_config(config_log)
            generation = self.generation or self._config.generation
            writer = open_writer(self.settings, generation)
            closing.callback(writer.close)
            decryptor = PayloadDecryptor(self.settings, config_log, keys)
            closing.callback(decryptor.close)
            consumer = open_consumer(self.settings, generation)
            closing.callback(consumer.close, autocommit=False)
            tracer = Tracer.of(self.settings, "sink")
            closing.callback(tracer.close)
            sink = Sink(generation, consumer, writer, decryptor, tracer)
            closing.callback(sink.close)
            keepers = (
                open_fact_keeper(self.settings, generation),
                open_pair_keeper(
                    self.settings, generation, writer.findings, lambda: self._config.rules
                ),
            )
            closing.enter_context(
                tables_kept(keepers, lambda: self._is_behind, lambda: writer.batches_written)
            )
            log.info("sink_ready", generation=generation)
            self._loop(sink, stop, config_log)
            sink.settle()
            log.info("sink_stopped", generation=generation, rows=sink.rows)

    def _loop(self, sink: Sink, stop: lifecycle.StopSignal, config_log: ConfigLog) -> None:
        while not stop.requested:
            self._rows_to_log += sink.step()
            now = time.monotonic()
            self._report(sink, now)
            self._log_speed(now)
            if self._another_serves(sink, config_log, now):
                log.info("another_generation_serves", generation=sink.generation)
                return

    def _report(self, sink: Sink, now: float) -> None:
        """Take up a request to read again, and report what was done."""
        if now - self._reported_at < REPORT_EVERY_S:
            return
        self._reported_at = now
        offsets = reread_request.read_request(self.settings)
        if offsets and sink.reread(offsets):
            reread_request.clear_request(self.settings)
        lag = sink.lag()
        self._is_behind = lag > sink.messages - self._messages_reported
        self._messages_reported = sink.messages
        self.liveness.mark_step(
            SinkCounters(sink.messages, sink.rows, lag, sink.generation, sink.committed_at)
        )

    def _log_speed(self, now: float) -> None:
        seconds = now - self._logged_at
        if self._rows_to_log and seconds >= LOG_EVERY_S:
            speed = round(self._rows_to_log / seconds)
            log.info("sink_moving", rows=self._rows_to_log, rows_per_s=speed)
            self._logged_at, self._rows_to_log = now, 0

    def _another_serves(self, sink: Sink, config_log: ConfigLog, now: float) -> bool:
        """Return whether config names another generation; False if one was named at the start."""
        if now - self._config_read_at < READ_CONFIG_EVERY_S:
            return False
        self._config_read_at = now
        self._config = _serving_config(config_log)
        return not self.generation and self._config.generation != sink.generation


def _serving_config(config_log: ConfigLog) -> ServingConfig:
    return serving_config_of(config_log.refresh(), int(time.time() * 1000))


def main() -> int:
    """Read the command line and run the process. The exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m consumers.sink",
        description="Writes the derived topics of a generation into its database.",
    )
    parser.add_argument(
        "--generation", type=int, default=None, help="default: the one that config says serves"
    )
    parser.add_argument("--ready", default="sink", help="name of the ready file")
    args = parser.parse_args()
    settings = load(os.environ).acting_as(ProcessName.SINK)
    keep_private()
    configure(settings.log_json)
    released_types()  # compiled now, not while the first batch waits
    collect_rarely(YOUNG_OBJECTS)
    return run(settings, args.generation, args.ready)
