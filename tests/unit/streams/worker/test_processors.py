"""What the shell asks of a processor: when former values must leave the disk, and from where its
other input goes on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.key_lists import KeyLists, UnreadableKeyList
from infra.settings import Settings
from schemas import topics
from schemas.event.event_type import released_types
from schemas.model import EpochMs, Message, Offset, PartitionNumber
from streams.correlation.evidence_fold import EvidenceFold
from streams.intake.fold import IntakeFold
from streams.worker.correlate_processor import CorrelateProcessor
from streams.worker.generation_rules import GenerationRules
from streams.worker.intake_processor import IntakeProcessor
from tests.support.derived import id16, observation, observations
from tests.support.signed_bundles import ExchangeBuilder, colombia, control, weapon


@pytest.fixture
def world() -> ExchangeBuilder:
    return ExchangeBuilder(colombia())


@pytest.fixture
def lists(settings: Settings) -> KeyLists:
    return KeyLists(settings, "CO", 0, 7)


@pytest.fixture
def intake(world: ExchangeBuilder, settings: Settings, lists: KeyLists) -> IntakeProcessor:
    return IntakeProcessor(
        IntakeFold(1, world.opening, released_types()),
        ConfigLog(settings),
        lists,
        reports_config=False,
    )


def observed(**changes: Any) -> Message:
    """A message of the observations topic with one row."""
    value = observations(0, [observation(id16("thing"), id16("event"), **changes)])
    return Message(topics.observations(1), PartitionNumber(0), Offset(0), EpochMs(0), None, value)


def test_intake_forgets_when_a_bundle_holds_an_erasure_and_not_else(
    world: ExchangeBuilder, intake: IntakeProcessor
) -> None:
    node = world.nodes["co-ponal"]
    stolen = weapon("R-1", "STOLEN")
    assert not intake.may_erase(
        [
            world.publish(node, stolen),
            world.publish(node, control("retraction", "C-1", node.id_of(stolen))),
        ],
        {},
    )
    assert intake.may_erase(
        [
            world.publish(node, stolen),
            world.publish(node, control("erasure", "C-2", node.id_of(stolen))),
        ],
        {},
    )


def test_correlate_forgets_when_an_observation_is_erased_and_not_else() -> None:
    rules = GenerationRules(ConfigLog(Settings(Path("nowhere"))), 1, {})
    correlate = CorrelateProcessor(EvidenceFold(1), rules)
    assert not correlate.may_erase([observed(), observed(op="withdraw")], {})
    assert correlate.may_erase([observed(), observed(op="erase")], {})


def test_the_mark_stays_before_a_key_list_whose_refusal_was_not_told_yet(
    intake: IntakeProcessor, lists: KeyLists
) -> None:
    assert intake.bookmark() == 7
    lists.refused.append(
        UnreadableKeyList(
            Message(
                topics.keys("CO"), PartitionNumber(0), Offset(5), EpochMs(0), b"any", b"poison"
            ),
            "BROKEN_FORMAT",
            "not a single-object frame",
        )
    )
    assert intake.bookmark() == 5
