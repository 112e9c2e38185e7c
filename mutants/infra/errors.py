"""The errors people meet, in Spanish and English, each with what to do next.

QuipuError
├── SettingsError      what was configured cannot be used
├── HomeError          the data folder cannot be used
├── NotRunningError    no engines run for this data folder
├── StartError         an engine or process did not come up
├── TopicError         a Kafka topic is not as it must be
├── MigrationError     a migration changed after it landed, or failed
└── FoundingError      the mechanism or the node is not, or already, in config
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["es", "en"]


@dataclass(frozen=True)
class Words:
    """One message in both languages."""

    es: str
    en: str

    def text(self, lang: str) -> str:
        """The message in ``lang`` (``es`` or ``en``)."""
        return self.en if lang == "en" else self.es


class QuipuError(Exception):
    """What was wrong and where (``message``), what to do (``remedy``), and a stable ``code``.

    The command line prints it as one line and a remedy, without a traceback, and ends with exit
    code 2.
    """

    code = "ERROR"

    def __init__(self, message: Words, remedy: Words, code: str | None = None) -> None:
        super().__init__(f"{message.en} {remedy.en}")
        self.message = message
        self.remedy = remedy
        if code is not None:
            self.code = code


class SettingsError(QuipuError):
    """The environment or ``quipu.toml`` holds something that cannot be used."""

    code = "SETTINGS"


class HomeError(QuipuError):
    """The data folder is of another format, no data folder at all, or in use."""

    code = "HOME"


class NotRunningError(QuipuError):
    """An address is asked for, but no ``quipu up`` runs for this data folder and none was
    configured.
    """

    code = "NOT_RUNNING"


class StartError(QuipuError):
    """A process ended, or was not ready in time, while starting."""

    code = "START"


class TopicError(QuipuError):
    """A topic differs from its specification in what cannot be altered."""

    code = "TOPIC"


class MigrationError(QuipuError):
    """A landed migration was changed, is missing, or a statement failed."""

    code = "MIGRATION"


class FoundingError(QuipuError):
    """The mechanism or a node is not in config, or is there already."""

    code = "FOUNDING"
