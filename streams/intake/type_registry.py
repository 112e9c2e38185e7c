"""Find the event types that may be read at a moment: those that config has released by then."""

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
        """Begin with the types of this release, by fingerprint (32 bytes)."""
        self._released = released
        self._lists: dict[CodeListTexts, CodeSets] = {}
        self._validators: dict[CodeListTexts, EnvelopeValidator] = {}
        self._compiled: dict[tuple[bytes, CodeListTexts], EventType | None] = {}
        self._newest: tuple[Mapping[str, str], CodeListTexts] = ({}, ())

    def find(self, fingerprint: bytes, view: ConfigView) -> EventType | None:
        """Find the type of a payload's schema; None while config does not know it."""
        schema = view.schemas.get(fingerprint)
        if schema is None:
            return None
        if not view.code_lists and fingerprint in self._released:
            return self._released[fingerprint]
        return self._compile(fingerprint, schema[1], view)

    def code_lists(self, view: ConfigView) -> CodeSets:
        """Give the code lists in effect.

        Malformed lists in config are ignored; `quipu found` refused them when they were written.
        """
        if not view.code_lists:
            return code_sets()
        key = self._code_list_texts(view)
        if key not in self._lists:
            self._lists[key] = code_sets({name: text for name, text in key if _is_list(text)})
        return self._lists[key]

    def validator(self, view: ConfigView) -> EnvelopeValidator:
        """Give the validator of envelopes under the code lists in effect."""
        key = self._code_list_texts(view)
        if key not in self._validators:
            self._validators[key] = EnvelopeValidator(self.code_lists(view))
        return self._validators[key]

    def known_since(self, fingerprint: bytes, config: ConfigHistory, until: int) -> int | None:
        """Find from when on payloads of this schema may be read; None: not yet at `until`.

        Times are ms since 1970 UTC. A schema is never taken back: the moment is found by halving.
        """
        if fingerprint not in config.at(until).schemas:
            return None
        before, after = -1, until
        while after - before > 1:
            middle = (after + before) // 2
            if fingerprint in config.at(middle).schemas:
                after = middle
            else:
                before = middle
        return after if self.find(fingerprint, config.at(after)) else None

    def _code_list_texts(self, view: ConfigView) -> CodeListTexts:
        """Give what distinguishes sets of code lists, made once for the views that share one."""
        if self._newest[0] is not view.code_lists:
            self._newest = view.code_lists, tuple(sorted(view.code_lists.items()))
        return self._newest[1]

    def _compile(self, fingerprint: bytes, text: str, view: ConfigView) -> EventType | None:
        key = (fingerprint, self._code_list_texts(view))
        if key not in self._compiled:
            try:
                self._compiled[key] = EventType(text, lists=self.code_lists(view))
            except (ValueError, TypeError, KeyError, SchemaParseException):
                # config brought a text that is no schema: its items stay pending, and say so
                self._compiled[key] = None
        return self._compiled[key]


def _is_list(text: str) -> bool:
    try:
        parse(text)
    except ConfigRefusedError:
        return False
    return True
