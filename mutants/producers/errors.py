"""What keeps a country node from working, each with what to do; what is wrong with single rows is a
`producers.model.Refusal`.

NodeError
├── MappingError    a mapping file cannot be used: names the file and the key
├── OutboxError     the outbox cannot be read or written (full disk, damaged, other release)
└── SendError       Kafka or the log does not take what this node sends
"""

import json
from pathlib import Path

from infra.errors import FoundingError, QuipuError, Words


class NodeError(QuipuError):
    code = "NODE"


class MappingError(NodeError):
    code = "MAPPING"


class OutboxError(NodeError):
    code = "OUTBOX"


class SendError(NodeError):
    code = "SEND"


def bad_mapping(where: str, es: str, en: str) -> MappingError:
    """`where`: the file and the key in it."""
    return MappingError(
        Words(f"{where}: {es}.", f"{where}: {en}."),
        Words(
            "Corrija el archivo; la guía es producers/mapping/library/README.md.",
            "Correct the file; the guide is producers/mapping/library/README.md.",
        ),
    )


def busy(node: str, folder: Path) -> OutboxError:
    """Another process holds the node's lock; `holder.json` in its folder says which."""
    try:
        holder = json.loads((folder / "holder.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        holder = {}
    who = f" ({holder['what']}, pid {holder['pid']})" if holder.get("what") else ""
    stays = (
        Words(
            "Ese proceso se queda con el nodo: entréguele los registros a él (POST a su dirección, o deje el archivo en su carpeta), "
            "o deténgalo con Ctrl-C y repita.",
            "That process keeps the node: hand the records to it (POST to its address, or leave the file in its folder), "
            "or stop it with Ctrl-C and repeat.",
        )
        if who
        else Words(
            "Espere a que termine, o deténgala con Ctrl-C, y repita.",
            "Wait until it ends, or stop it with Ctrl-C, and repeat.",
        )
    )
    return OutboxError(
        Words(
            f"Otra orden{who} trabaja ahora con el nodo {node}.",
            f"Another command{who} works with the node {node} now.",
        ),
        stays,
        "OUTBOX_BUSY",
    )


def never_seen(node: str) -> FoundingError:
    """Nothing can be sealed before config was read once."""
    return FoundingError(
        Words(
            f"Kafka no responde y el nodo {node} nunca ha leído la configuración: no sabe para quién sellar.",
            f"Kafka does not answer and the node {node} has never read the config: it does not know for whom to seal.",
        ),
        Words(
            "Arranque Kafka («quipu up») o revise QUIPU_KAFKA, y repita.",
            "Start Kafka (`quipu up`) or check QUIPU_KAFKA, and repeat.",
        ),
        "KAFKA_AWAY",
    )
