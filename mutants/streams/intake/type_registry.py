"""Which event types may be read at a moment: those that config has released, whoever brought their
text.
"""

from collections.abc import Mapping

from fastavro.schema import SchemaParseException

from schemas.codes import CodeSets, code_sets, parse
from schemas.errors import ConfigRefusedError
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType
from schemas.exchange_config import ConfigHistory, ConfigView

CodeListTexts = tuple[tuple[str, str], ...]
"""The code lists that config brings at a moment: name and text."""


class TypeRegistry:
    """Compiles each schema once per set of code lists."""

    def __init__(self, released: Mapping[bytes, EventType]) -> None:
        self._released = released
        self._lists: dict[CodeListTexts, CodeSets] = {}
        self._judges: dict[CodeListTexts, EnvelopeValidator] = {}
        self._compiled: dict[tuple[bytes, CodeListTexts], EventType | None] = {}

    def find(self, fingerprint: bytes, view: ConfigView) -> EventType | None:
        """The type of a payload's schema; None while config does not know it."""
        known = view.schemas.get(fingerprint)
        if known is None:
            return None
        if not view.code_lists and fingerprint in self._released:
            return self._released[fingerprint]
        return self._compile(fingerprint, known[1], view)

    def code_lists(self, view: ConfigView) -> CodeSets:
        """The code lists that hold; config's that are no lists are passed over (whoever appends
        them is told).
        """
        if not view.code_lists:
            return code_sets()
        key = _code_list_texts(view)
        if key not in self._lists:
            self._lists[key] = code_sets({name: text for name, text in key if _is_list(text)})
        return self._lists[key]

    def validator(self, view: ConfigView) -> EnvelopeValidator:
        """Of envelopes, under the code lists that hold."""
        key = _code_list_texts(view)
        if key not in self._judges:
            self._judges[key] = EnvelopeValidator(self.code_lists(view))
        return self._judges[key]

    def known_since(self, fingerprint: bytes, config: ConfigHistory, until: int) -> int | None:
        """From when on (ms since 1970 UTC, at most `until`) payloads of this schema may be read;
        None: not yet.
        """
        if fingerprint not in config.at(until).schemas:
            return None
        unknown, known = -1, until
        while known - unknown > 1:  # schemas are never taken back: the moment is found by halving
            middle = (known + unknown) // 2
            if fingerprint in config.at(middle).schemas:
                known = middle
            else:
                unknown = middle
        return known if self.find(fingerprint, config.at(known)) else None

    def _compile(self, fingerprint: bytes, text: str, view: ConfigView) -> EventType | None:
        key = (fingerprint, _code_list_texts(view))
        if key not in self._compiled:
            try:
                self._compiled[key] = EventType(text, lists=self.code_lists(view))
            except (ValueError, TypeError, KeyError, SchemaParseException):
                self._compiled[key] = (
                    # config brought a text that is no schema: its items stay pending, and are told
                    # so
                    None
                )
        return self._compiled[key]


def _code_list_texts(view: ConfigView) -> CodeListTexts:
    return tuple(sorted(view.code_lists.items()))


def _is_list(text: str) -> bool:
    try:
        parse(text)
    except ConfigRefusedError:
        return False
    return True
