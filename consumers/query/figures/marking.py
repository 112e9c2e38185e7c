"""Say which markings a figure bears: those of all records that it counts. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from consumers.query.views import Markings, Tlp
from schemas.model import Label, Reader
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


Use = Callable[[Label, Reader], bool]
"""Says whether records with a label, which is released to the reader, are counted for a use."""


def reading(_label: Label, _reader: Reader) -> bool:
    """Count everything that is released: the figures are shown to the reader."""
    return True


def file_for_others(label: Label, reader: Reader) -> bool:
    """Leave out what may not be passed on (H2), unless the reader's own country owns it."""
    return "H2" not in release(label, reader).markings


def file_for_court(label: Label, reader: Reader) -> bool:
    """Leave out what may not be passed on (H2), or not be used in court (H1)."""
    return file_for_others(label, reader) and "H1" not in release(label, reader).markings
