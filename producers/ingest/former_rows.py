"""Compare a row with the former rows of its file, while a file is tried. Pure."""

from producers.events.draft import reference_source
from producers.events.row_versions import ItemState, resolve_row
from producers.mapping.mapping import RowMapping
from producers.model import Draft, MappedRow, Refusal
from schemas.i18n import _
from schemas.ids import event_id

SHORT_VERSION = 8
"""Bytes of a version that are kept, so that a large file fits into memory."""


class FormerRows:
    """The records of a file so far."""

    def __init__(self, mapping: RowMapping, node: str, id_secret: bytes) -> None:
        """Begin with no row read."""
        self._mapping, self._node, self._secret = mapping, node, id_secret
        self._rows: dict[bytes, tuple[bytes, int]] = {}
        self._states: dict[bytes, ItemState] = {}

    def withdraw(self, mapped: MappedRow) -> None:
        """Note that a row withdraws its record."""
        source = reference_source(mapped.reference or "")
        id_ = event_id(self._node, self._secret, self._mapping.type, source)
        state = self._states.setdefault(id_, ItemState())
        state.withdrawal = _("withdrawn by line {line} of this file", line=mapped.line)

    def judge(self, draft: Draft) -> Refusal | None:
        """Say what a former row of the same record makes of this one; None: it is an event."""
        if self._mapping.versions is not None:
            return self._judge_version(draft)
        if self._mapping.keep_equal_rows and not self._mapping.reference:
            return None
        version = draft.version[:SHORT_VERSION]
        former = self._rows.setdefault(draft.id[4:], (version, draft.line))
        if former[1] == draft.line:
            return None
        if former[0] == version:
            return Refusal(draft.line, "ALREADY_TAKEN")
        return self._conflict(draft, former[1])

    def _judge_version(self, draft: Draft) -> Refusal | None:
        state = self._states.setdefault(draft.id, ItemState())
        result = resolve_row(draft, state, None, self._secret)
        if isinstance(result, Refusal):
            return result
        state.versions.append(result.version)
        if draft.change is not None and draft.change.number is not None:
            state.number = draft.change.number
        return None

    def _conflict(self, draft: Draft, line: int) -> Refusal:
        columns = ", ".join(self._mapping.reference)
        detail = _("line {line} of this file has it too", line=line)
        return Refusal(draft.line, "CONFLICT", "source_reference", columns, detail)
