"""Seven days of figures stay small, and are drawn as they were."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from consumers.health.alert_files import read_week, write_week
from consumers.health.thresholds import Degree
from consumers.health.week import (
    BUCKET_MS,
    KEPT_MS,
    NOTHING,
    WIDTH,
    Week,
    figure_lines,
    measured_figures,
    sparkline,
)
from infra.settings import Settings
from tests.unit.consumers.health.test_health import NOW, good, worst

BEGIN = NOW - NOW % BUCKET_MS


def test_the_figures_of_a_moment_are_those_that_are_known() -> None:
    figures = measured_figures(good(), Degree.GOOD)
    assert figures["lag_intake"] == 0
    assert figures["bundles"] == 3
    assert figures["disk_free"] == 80
    assert measured_figures(worst(), Degree.ACT_NOW)["degree"] == 3


@given(
    values=st.lists(st.floats(0, 1e6), min_size=1, max_size=30),
    step_minutes=st.integers(1, 400),
)
def test_no_worst_value_of_the_week_is_lost_and_it_never_grows_beyond_its_bound(
    values: list[float], step_minutes: int
) -> None:
    week = Week()
    at = BEGIN
    for number, value in enumerate(values):
        at = BEGIN + number * step_minutes * 60_000
        week = week.with_figures({"lag_intake": value, "disk_free": value}, at)
    assert len(week.buckets) <= KEPT_MS // BUCKET_MS + 1
    recent = [
        value
        for number, value in enumerate(values)
        if (BEGIN + number * step_minutes * 60_000) // BUCKET_MS * BUCKET_MS
        >= at // BUCKET_MS * BUCKET_MS - KEPT_MS
    ]
    buckets = [bucket.values for bucket in week.buckets]
    assert max(bucket["lag_intake"] for bucket in buckets) == max(recent)
    assert min(bucket["disk_free"] for bucket in buckets) == min(recent)
    assert all(len(line.bars) == WIDTH for line in figure_lines(week, at))


def test_a_week_is_drawn_by_time_with_dots_where_nobody_watched(tmp_path: Path) -> None:
    week = Week()
    for hour, lag in ((0, 1.0), (1, 70.0), (160, 35.0)):
        week = week.with_figures({"lag_sink": lag}, BEGIN + hour * 3_600_000)
    now = BEGIN + 167 * 3_600_000
    (line,) = figure_lines(week, now)
    assert line.bars.replace(NOTHING, "") == "█▅"
    assert line.bars.startswith("█" + NOTHING)
    assert (line.worst, line.newest) == ("70 s", "35 s")
    settings = Settings(home=tmp_path)
    write_week(settings, week)
    assert figure_lines(read_week(settings), now) == [line]
    (settings.health_dir / "figures.json").write_text('{"buckets": [[1, 2]]}')
    assert read_week(settings) == Week()


def test_a_clock_that_was_set_back_loses_nothing() -> None:
    week = Week().with_figures({"canary": 9.0}, NOW).with_figures({"canary": 2.0}, NOW - 3_600_000)
    (bucket,) = week.buckets
    assert bucket.values == {"canary": 9.0}


def test_bars_are_from_nothing_to_the_largest() -> None:
    assert sparkline([0.0, 1.0, None, 7.0]) == "▁▂·█"
    assert sparkline([0.0, 0.0]) == "▁▁"
