"""What a stream worker does: intake over the bundles of all countries, correlate over the
observations of one generation.
"""

from __future__ import annotations

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.key_lists import KeyLists
from infra.keys import keyring
from infra.registry import local_types
from infra.settings import Settings
from schemas import topics
from schemas.event.event_type import released_types
from schemas.model import COUNTRIES
from streams.correlation.evidence_fold import EvidenceFold
from streams.intake.fold import DecryptionKeys, IntakeFold
from streams.rules import rules
from streams.worker.correlate_processor import CorrelateProcessor
from streams.worker.intake_processor import REPORTS_CONFIG, IntakeProcessor
from streams.worker.processor_protocol import Job, Processor


def all_jobs(settings: Settings, generation: int) -> list[Job]:
    """The two jobs. Raises KeyringError where the mechanism is not founded."""
    return [intake(settings, generation), correlate(settings, generation)]


def intake(settings: Settings, generation: int) -> Job:
    """Bundles → accepted, observations, receipts, rejects. The mark is an offset of the country's
    key lists.
    """
    keys = keyring.load_mechanism_keys(settings)
    core = IntakeFold(
        generation, DecryptionKeys(keys.recipient, keys.unwrap, keys.thing_secret), released_types()
    )
    config_log = ConfigLog(settings)

    def make(topic: str, partition: int, mark: int) -> Processor:
        lists = KeyLists(settings, topics.country_of(topic), partition, mark)
        return IntakeProcessor(
            core, generation, config_log, lists, reports_config=(topic, partition) == REPORTS_CONFIG
        )

    return Job("intake", tuple(topics.bundles(country) for country in COUNTRIES), make)


def correlate(settings: Settings, generation: int) -> Job:
    """Observations → evidence."""
    core = EvidenceFold(generation, rules(local_types.local_rules(settings)))

    def make(_topic: str, _partition: int, _mark: int) -> Processor:
        return CorrelateProcessor(core)

    return Job("correlate", (topics.observations(generation),), make)
