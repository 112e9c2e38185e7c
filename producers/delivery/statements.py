"""Read what the mechanism states that it holds of a node; only what it signed is believed."""

from __future__ import annotations

from dataclasses import dataclass

from producers.delivery.kafka_connection import KafkaConnection
from producers.node_config import NodeConfig
from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import StatementRecord
from schemas.errors import BrokenFormatError, QuipuFormatError


@dataclass(frozen=True, slots=True)
class StatementsRead:
    """Hold the newest statement of a node, None where there is none.

    `unbelieved`: codes of messages that the mechanism did not sign, or not for this node.
    `repeated`: how many statements were written again after a newer one.
    """

    newest: StatementRecord | None
    unbelieved: tuple[str, ...] = ()
    repeated: int = 0


def read_statements(node: str, connection: KafkaConnection, config: NodeConfig) -> StatementsRead:
    """Read the node's topic of statements. Raises KafkaUnavailableError, KafkaAccessError."""
    topic = topics.statements(config.generation, config.home, node)
    newest: StatementRecord | None = None
    unbelieved: list[str] = []
    repeated = 0
    with connection.translate_errors():
        _end, messages = connection.read(topic, 0, 0)
        for message in messages:
            try:
                statement = log_format("statement").read(connection.open_signed(message))
                _check_addressee(statement, node, config.generation)
            except QuipuFormatError as error:
                unbelieved.append(error.code)
                continue
            if newest is not None and statement["written_at"] < newest["written_at"]:
                repeated += 1
            else:
                newest = statement
    return StatementsRead(newest, tuple(unbelieved), repeated)


def _check_addressee(statement: StatementRecord, node: str, generation: int) -> None:
    if (statement["node"], statement["generation"]) != (node, int(generation)):
        raise BrokenFormatError("a statement for another node or generation", "STATEMENT_FOREIGN")
