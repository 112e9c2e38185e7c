"""Keep what was sent, and what waits for a receiver, in a small file of the data folder.

The log has it, too: where the file is lost, it is read from there. A file that somebody
damaged counts as lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from consumers.notices.decide import PersonState
from consumers.senders.message_senders import OutgoingMessage
from infra.data_folder import write_atomically
from infra.settings import Settings

log = structlog.get_logger(__name__)

NAME = "notices.json"
MOST_WAITING = 1_000
WAITS_MS = 3 * 86_400_000
"""How long a message is tried: what it says stands on the page anyway."""
_DAMAGE = (KeyError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """A message that a channel has not taken yet. `receiver`: an address; empty for the webhook."""

    channel: str
    receiver: str
    message: OutgoingMessage


@dataclass(frozen=True, slots=True)
class NoticeState:
    """What was sent to each person, and what waits for a receiver."""

    persons: Mapping[str, PersonState] = field(default_factory=dict)
    waiting: Sequence[WaitingMessage] = ()

    def without_old(self, now: int) -> NoticeState:
        """Return the state without messages that waited too long. `now`: ms since 1970 UTC."""
        recent = [item for item in self.waiting if now - item.message.at <= WAITS_MS]
        return NoticeState(self.persons, recent[-MOST_WAITING:])


def read_state(settings: Settings) -> NoticeState | None:
    """Return what a former process left; None where there is nothing to be read."""
    try:
        text = (settings.health_dir / NAME).read_text(encoding="utf-8")
        content: Mapping[str, Any] = json.loads(text)
        persons = {
            name: PersonState(dict(entry["hits"]), frozenset(entry["ended"]), entry["last_at"])
            for name, entry in content["persons"].items()
        }
        waiting = [
            WaitingMessage(item["channel"], item["receiver"], OutgoingMessage(**item["message"]))
            for item in content["waiting"]
        ]
    except FileNotFoundError:
        return None
    except (OSError, *_DAMAGE) as error:
        log.warning("notices_unreadable", error=repr(error))
        return None
    return NoticeState(persons, waiting)


def write_state(settings: Settings, state: NoticeState) -> None:
    """Write what was sent, and what waits."""
    settings.health_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {
        "persons": {
            name: {"hits": dict(known.hits), "ended": sorted(known.ended), "last_at": known.last_at}
            for name, known in state.persons.items()
        },
        "waiting": [
            {
                "channel": item.channel,
                "receiver": item.receiver,
                "message": {
                    "id": item.message.id,
                    "subject": item.message.subject,
                    "lines": list(item.message.lines),
                    "content": dict(item.message.content),
                    "at": item.message.at,
                },
            }
            for item in state.waiting
        ],
    }
    write_atomically(settings.health_dir / NAME, json.dumps(content, ensure_ascii=False))
