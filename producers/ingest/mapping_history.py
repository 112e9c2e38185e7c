"""Notice that a mapping changed by which records without a reference were sent."""

from producers.mapping.mapping import RowMapping
from producers.model import Notice
from producers.outbox.store import Outbox
from schemas.i18n import _


def note_mapping(outbox: Outbox, mapping: RowMapping) -> list[Notice]:
    """Remember a mapping whose rows their content identifies; give a notice if it changed.

    Rows that it reads otherwise than before are records of their own then, next to those sent.
    Raises OutboxError.
    """
    name = f"mapping {mapping.name}"
    former = outbox.setting(name)
    if mapping.reference and former is None:
        return []
    if former != mapping.fingerprint:
        outbox.set_setting(name, mapping.fingerprint)
    if former is None or former == mapping.fingerprint:
        return []
    return [Notice(0, "MAPPING_CHANGED", detail=_("mapping {name}", name=mapping.name))]
