"""When a child counts as stuck, by the supervisor's watchdog and by the sink's own."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from consumers.runtime.liveness import ConsumerLiveness as SinkPulse
from consumers.runtime.liveness import SinkCounters
from infra.orchestration.units import liveness_of
from infra.settings import Settings
from infra.supervisor import Child, LivenessReading, Supervisor, UnitEvent, Watchdog
from infra.telemetry import status_file
from tests.support.engines import eventually

BEATING = """
import sys, time
from infra import settings
from infra.telemetry import status_file
own = settings.load({"QUIPU_HOME": sys.argv[1]})
beats = 0
while True:
    beats += 1
    status_file.write(own, "child", time.monotonic(), {"beats": beats})
    time.sleep(0.1)
"""
BEAT_S = 0.1
SILENT_S = 1.5


def beats(settings: Settings) -> int:
    """How often the child has given a sign of life."""
    status = status_file.read(settings, "child")
    return int(status.values["beats"]) if status else 0


@pytest.mark.parametrize(
    ("pulse", "complaint"),
    [
        (None, ""),
        (LivenessReading(59, 0), ""),
        (LivenessReading(61, 0), "no sign of life for 61 s"),
        (LivenessReading(1, 179), ""),
        (LivenessReading(1, 181), "work waits and nothing moved for 181 s"),
    ],
)
def test_silence_and_standing_still_are_complained_of_and_not_having_begun_is_not(
    pulse: LivenessReading | None, complaint: str
) -> None:
    watchdog = Watchdog(lambda _pid: pulse)
    assert watchdog.stuck_reason(1) == complaint
    assert watchdog.is_progressing(1) == (pulse is not None and not complaint)


def test_the_sign_of_life_of_another_process_is_none(settings: Settings) -> None:
    settings.run_dir.mkdir(parents=True)
    status_file.write(settings, "sink", time.monotonic() - 5, {"rows": 1})
    own = liveness_of(settings, "sink")(os.getpid())
    assert own is not None
    assert own.silent_s < 1
    assert 4.9 < own.stalled_s < 6
    assert liveness_of(settings, "sink")(os.getpid() + 1) is None
    assert liveness_of(settings, "worker-1")(os.getpid()) is None


def test_a_stopped_child_is_killed_and_started_again_and_a_beating_one_is_left_alone(
    settings: Settings, tmp_path: Path
) -> None:
    settings.run_dir.mkdir(parents=True)
    events: list[UnitEvent] = []
    watchdog = Watchdog(liveness_of(settings, "child"), silent=SILENT_S)
    child = Child(
        "child",
        (sys.executable, "-c", BEATING, str(settings.home)),
        lambda pid: watchdog.pulse(pid) is not None,
        watchdog=watchdog,
    )
    supervisor = Supervisor(
        [child],
        tmp_path,
        {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        events.append,
    )
    supervisor.start()
    try:
        eventually(lambda: beats(settings) * BEAT_S > 2 * SILENT_S, "it beats beyond the limit")
        assert [event.kind for event in events] == ["starting", "ready"]
        pid = supervisor.children()["child"]["pid"]
        assert pid
        os.kill(pid, signal.SIGSTOP)
        eventually(lambda: events[-1].kind == "restarted", "it was started again", 20)
        assert [event.kind for event in events[2:]] == ["killed", "died", "restarted"]
        assert events[2].detail.startswith("no sign of life")
    finally:
        supervisor.stop()


class TestSink:
    """Its own watchdog, with the clock given and the end of the process caught."""

    @pytest.fixture
    def ended(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        codes: list[int] = []
        monkeypatch.setattr(os, "_exit", codes.append)
        return codes

    def pulse(self, settings: Settings, engines_answer: bool = True) -> SinkPulse:
        settings.run_dir.mkdir(parents=True)
        return SinkPulse(settings, "sink", lambda: engines_answer)

    def test_it_ends_when_messages_wait_and_none_is_taken_though_the_engines_answer(
        self, settings: Settings, ended: list[int]
    ) -> None:
        pulse = self.pulse(settings)
        pulse.mark_step(SinkCounters(messages=5, lag=3))
        pulse.mark_step(SinkCounters(messages=5, lag=9))
        pulse.tick(time.monotonic() + 119)
        assert ended == []
        pulse.tick(time.monotonic() + 121)
        assert ended == [1]

    def test_it_ends_when_a_step_never_ends(self, settings: Settings, ended: list[int]) -> None:
        pulse = self.pulse(settings)
        pulse.mark_step(SinkCounters(messages=5, lag=0))
        pulse.tick(time.monotonic() + 121)
        assert ended == [1]

    def test_it_waits_for_engines_that_do_not_answer(
        self, settings: Settings, ended: list[int]
    ) -> None:
        pulse = self.pulse(settings, engines_answer=False)
        pulse.mark_step(SinkCounters(messages=5, lag=9))
        pulse.tick(time.monotonic() + 500)
        assert ended == []
        process_status = status_file.read(settings, "sink")
        assert process_status is not None
        assert process_status.values["phase"] == "engines-away"

    def test_messages_that_make_no_rows_are_progress_too(
        self, settings: Settings, ended: list[int]
    ) -> None:
        pulse = self.pulse(settings)
        pulse.mark_step(SinkCounters(messages=5, lag=9))
        time.sleep(0.01)
        pulse.mark_step(SinkCounters(messages=6, lag=9))
        assert pulse.stalled_seconds(time.monotonic()) < 0.01
        assert ended == []
