"""Say which markings a figure bears: those of all records that it counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from consumers.query.views import Markings, Tlp
from schemas.model import Label, Reader, Use
from schemas.release.rules import combine_labels, release


@dataclass(frozen=True, slots=True)
class FigureMarking:
    """What the records that were counted demand of who sees the figures."""

    tlp: Annotated[Tlp, Field(description="TLP 2.0, the most restrictive of them")]
    markings: Markings


def mark_figures(ids: Iterable[int], labels: Mapping[int, Label], reader: Reader) -> FigureMarking:
    """Return the marking of figures that count records with these labels. `ids`: of `labels`."""
    counted = [labels[id_] for id_ in set(ids)]
    markings = {code for label in counted for code in release(label, reader).markings}
    return FigureMarking(combine_labels(counted).tlp, sorted(markings))


reading: Use = "reading"
"""Everything that is released counts: the figures are shown to the reader."""
file_for_others: Use = "file"
"""What may not be passed on (H2) does not count, unless the reader's own country owns it."""
file_for_court: Use = "court"
"""Nor does what may not be used in court (H1)."""
