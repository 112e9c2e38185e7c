"""Ask a database that a test filled, as the API asks the generation that serves."""

from __future__ import annotations

from typing import Any

from consumers.query.earlier_answers import EarlierAnswers
from consumers.query.query_layer import QueryLayer
from consumers.query.rule_findings.known_records import KnownRecords
from consumers.runtime.serving_config import ServingConfig
from infra.clickhouse.client import Client
from schemas.model import Reader
from streams.rules import RuleBook

GENERATION = 1


def query_layer(
    client: Client,
    rules: RuleBook,
    thing_secret: bytes | None = None,
    *,
    readers: dict[Reader, Reader] | None = None,
    records: KnownRecords | None = None,
    **config: Any,
) -> QueryLayer:
    """Return the questions to a database.

    `readers`, `records`: what earlier answers read; `config`: what else config says, by the fields
    of ServingConfig.
    """
    earlier = EarlierAnswers(readers=readers or {}, records=records or KnownRecords())
    return QueryLayer(client, ServingConfig(GENERATION, rules, **config), thing_secret, earlier)
