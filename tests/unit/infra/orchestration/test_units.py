"""infra.orchestration.units: what is started, and after what."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from infra.data_folder import Ports
from infra.errors import SettingsError
from infra.orchestration import units as plan
from infra.orchestration.up_output import NAMES
from infra.settings import Endpoint, Endpoints, Settings
from infra.supervisor import Unit

PORTS = Ports(kafka=1, kafka_controller=2, clickhouse=3, api=4)


def names(units: Sequence[Unit]) -> list[str]:
    return [unit.name for unit in units]


def test_nothing_comes_after_something_that_is_started_later(settings: Settings) -> None:
    units = plan.units(
        replace(settings, canary="co-ponal"), PORTS, 2, founder=lambda _settings: None
    )
    assert set(names(units)) == {*NAMES} - {"worker"} | {"worker-1", "worker-2"}
    for number, unit in enumerate(units):
        assert set(unit.after) <= set(names(units[:number])), unit.name


def test_nothing_that_reads_config_starts_before_the_founding(settings: Settings) -> None:
    after = {
        unit.name: unit.after
        for unit in plan.units(settings, PORTS, 1, founder=lambda _settings: None)
    }
    assert after["founding"] == ("topics",)
    assert "founding" in after["worker-1"]
    assert "founding" in after["migrations"]


def test_an_engine_whose_address_is_configured_is_not_started(settings: Settings) -> None:
    given = replace(settings, configured=Endpoints(kafka="k:9092", clickhouse=Endpoint("c", 9000)))
    assert not {"kafka", "clickhouse"} & set(names(plan.units(given, PORTS, 1)))


def test_parts_are_chosen_by_kind_and_an_unknown_one_is_refused(settings: Settings) -> None:
    units = plan.units(settings, PORTS, 2)
    assert names(plan.select(units, ["worker", "kafka"])) == ["kafka", "worker-1", "worker-2"]
    with pytest.raises(SettingsError, match="zookeeper"):
        plan.select(units, ["zookeeper"])
