"""Say what keeps a country node from working, and what to do about it.

What is wrong with single rows is a `producers.model.Refusal`.

NodeError
├── MappingError          a mapping file cannot be used: names the file and the key
├── IdentifyError         a line to identify cannot be read: names the line
├── OutboxError           the outbox cannot be read or written (full disk, damaged)
│   ├── OutboxBusyError   another process works with the node
│   └── OutboxNewerError  a newer release wrote the outbox
└── SendError             Kafka or the log does not take what this node sends
"""

import json
from pathlib import Path

from infra.errors import LogUnavailableError, QuipuError
from schemas.i18n import UserMessage, _


class NodeError(QuipuError):
    """Something keeps a node from working."""

    code = "NODE"


class MappingError(NodeError):
    """A mapping file cannot be used."""

    code = "MAPPING"


class IdentifyError(NodeError):
    """A text to identify is of no kind, or its line is no JSON."""

    code = "IDENTIFY"


class OutboxError(NodeError):
    """The outbox cannot be read or written."""

    code = "OUTBOX"


class OutboxBusyError(OutboxError):
    """Another process works with the node; only one may at a time."""

    code = "OUTBOX_BUSY"

    @classmethod
    def of_folder(cls, node: str, folder: Path) -> "OutboxBusyError":
        """Make the error for a node's folder; `holder.json` in it says who holds the lock."""
        try:
            holder = json.loads((folder / "holder.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            holder = {}
        who = f" ({holder['what']}, pid {holder['pid']})" if holder.get("what") else ""
        remedy = (
            _(
                "That process uses the node. Give it the records (POST to its address, "
                "or a file in its folder), or stop it with Ctrl-C and repeat."
            )
            if who
            else _("Wait until it ends, or stop it with Ctrl-C, and repeat.")
        )
        problem = _("Another command{who} uses the node {node} now.", who=who, node=node)
        return cls(problem, remedy)


class OutboxNewerError(OutboxError):
    """The outbox was written by a newer release; nothing in it was touched."""

    code = "OUTBOX_NEWER"

    @classmethod
    def of_file(cls, path: Path, version: int) -> "OutboxNewerError":
        """Make the error for an outbox of this version."""
        return cls(
            _("The outbox {path} is from a newer release ({actual}).", path=path, actual=version),
            _("Update Quipu; nothing was touched."),
        )


class SendError(NodeError):
    """Kafka or the log does not take what this node sends."""

    code = "SEND"


def bad_mapping(where: str, problem: UserMessage | str) -> MappingError:
    """`where`: the file and the key in it."""
    return MappingError(
        _("{where}: {problem}.", where=where, problem=problem),
        _("Correct the file; the guide is producers/mapping/library/README.md."),
    )


def config_never_read(node: str) -> LogUnavailableError:
    """Nothing can be sealed before config was read once."""
    return LogUnavailableError(
        _(
            "Kafka does not answer, and the node {node} has never read the config. "
            "It does not know for whom to seal.",
            node=node,
        ),
        _("Start Kafka (`quipu up`) or check QUIPU_KAFKA, and repeat."),
    )
