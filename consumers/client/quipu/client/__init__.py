"""Ask a Quipu exchange: its indicators, events, things, figures and files."""

from quipu.client.answers import Answer, Event, Evidence, Figures, Indicator, Marking, Sighting, Thing
from quipu.client.asking import Client
from quipu.client.errors import (
    ApiError,
    ExchangeBusyError,
    ExchangeUnreachableError,
    NotAllowedError,
    NotSignedInError,
    NothingFoundError,
    QuestionRefusedError,
)

__all__ = [
    "Answer",
    "ApiError",
    "Client",
    "Event",
    "Evidence",
    "ExchangeBusyError",
    "ExchangeUnreachableError",
    "Figures",
    "Indicator",
    "Marking",
    "NotAllowedError",
    "NotSignedInError",
    "NothingFoundError",
    "QuestionRefusedError",
    "Sighting",
    "Thing",
]
