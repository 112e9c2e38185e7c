"""Make the jobs of a stream worker: intake of all countries' bundles, correlate, and link."""

from __future__ import annotations

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.event_keys import EventKeyBook
from infra.exchange_log.key_lists import KeyLists
from infra.keys import keyring
from infra.settings import Settings
from schemas import topics
from schemas.event.event_type import released_types
from schemas.model import COUNTRIES, form_of
from streams.correlation.evidence_fold import EvidenceFold
from streams.intake.fold import DecryptionKeys, IntakeFold
from streams.linking import LinkFold
from streams.rules import library_texts
from streams.worker.correlate_processor import CorrelateProcessor
from streams.worker.generation_rules import GenerationRules
from streams.worker.intake_processor import REPORTS_CONFIG, IntakeProcessor
from streams.worker.link_processor import LinkProcessor
from streams.worker.processor_protocol import Job, Processor
from streams.worker.scrubber import Scrubber


def all_jobs(settings: Settings, generation: int) -> list[Job]:
    """Make all jobs. Raises KeyringError where the mechanism is not founded."""
    config_log = ConfigLog(settings)
    jobs = [
        intake_job(settings, generation, config_log),
        correlate_job(settings, generation, config_log),
    ]
    if form_of(generation) >= topics.LINKS_FORM:
        jobs.append(link_job(settings, generation, config_log))
    return jobs


def intake_job(settings: Settings, generation: int, config_log: ConfigLog) -> Job:
    """Make the job from bundles to accepted, observations, receipts and rejects.

    Its bookmark is an offset of the country's key lists.
    """
    keys = keyring.load_mechanism_keys(settings)
    decryption_keys = DecryptionKeys(keys.recipient, keys.private_keys, keys.thing_secret)
    fold = IntakeFold(generation, decryption_keys, released_types())

    def make(topic: str, partition: int, bookmark: int) -> Processor:
        lists = KeyLists(settings, topics.country_of(topic), partition, bookmark)
        reports_config = (topic, partition) == REPORTS_CONFIG
        return IntakeProcessor(fold, config_log, lists, reports_config)

    return Job("intake", tuple(topics.bundles(country) for country in COUNTRIES), make)


def correlate_job(settings: Settings, generation: int, config_log: ConfigLog) -> Job:
    """Make the job from observations to evidence."""
    fold = EvidenceFold(generation)
    rules = GenerationRules(config_log, generation, library_texts())
    scrubs = form_of(generation) >= topics.ERASURE_FORM

    def make(_topic: str, partition: int, _bookmark: int) -> Processor:
        scrubber = Scrubber(settings.kafka, generation, partition) if scrubs else None
        return CorrelateProcessor(fold, rules, scrubber)

    return Job("correlate", (topics.observations(generation),), make)


def link_job(settings: Settings, generation: int, config_log: ConfigLog) -> Job:
    """Make the job from persons to links. Raises KeyringError as `all_jobs`."""
    fold = LinkFold(generation)
    book = EventKeyBook(settings, config_log, keyring.load_mechanism_keys(settings))

    def make(_topic: str, partition: int, _bookmark: int) -> Processor:
        return LinkProcessor(fold, book, partition)

    return Job("link", (topics.persons(generation),), make)
