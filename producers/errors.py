"""What keeps a country node from working, each with what to do; what is wrong with single rows is a `producers.model.Refusal`.

NodeError
├── MappingError    a mapping file cannot be used: names the file and the key
├── OutboxError     the outbox cannot be read or written (full disk, damaged, other release)
├── SendError       Kafka or the log does not take what this node sends
└── FoundingError   the mechanism or the node is not, or already, in config
"""

from infra.errors import QuipuError, Words


class NodeError(QuipuError):
    code = "NODE"


class MappingError(NodeError):
    code = "MAPPING"


class OutboxError(NodeError):
    code = "OUTBOX"


class SendError(NodeError):
    code = "SEND"


class FoundingError(NodeError):
    code = "FOUNDING"


def bad_mapping(where: str, es: str, en: str) -> MappingError:
    """`where`: the file and the key in it."""
    return MappingError(
        Words(f"{where}: {es}.", f"{where}: {en}."),
        Words(
            "Corrija el archivo; la guía es producers/mappings/README.md.", "Correct the file; the guide is producers/mappings/README.md."
        ),
    )
