"""Ask a Quipu exchange: its indicators, events, things, figures and files."""

from quipu.client.answers import (
    EventAnswer,
    EvidenceAnswer,
    ExchangeAnswer,
    FiguresAnswer,
    IndicatorAnswer,
    MarkingAnswer,
    SightingAnswer,
    ThingAnswer,
)
from quipu.client.asking import ExchangeClient
from quipu.client.errors import (
    ApiError,
    ExchangeBusyError,
    ExchangeUnreachableError,
    NotAllowedError,
    NothingFoundError,
    NotSignedInError,
    QuestionRefusedError,
)

__all__ = [
    "ApiError",
    "EventAnswer",
    "EvidenceAnswer",
    "ExchangeAnswer",
    "ExchangeBusyError",
    "ExchangeClient",
    "ExchangeUnreachableError",
    "FiguresAnswer",
    "IndicatorAnswer",
    "MarkingAnswer",
    "NotAllowedError",
    "NotSignedInError",
    "NothingFoundError",
    "QuestionRefusedError",
    "SightingAnswer",
    "ThingAnswer",
]
