"""Count what the marks of a file's rows were read as: certain, possible, or no thing. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from producers.mapping.identify import WrittenText
from schemas.event.mark_walker import Mark
from schemas.normalise import OBSERVERS, PLAINLY_CERTAIN

READ_AS = ("certain", "possible", "nothing")
"""What a written value may become."""
MAX_EXAMPLES = 3
_TEXT_OF = {
    "document": "number",
    "phone": "number",
    "account": "number",
    "plate": "plate",
    "weapon": "serial",
}
"""The field of a mark's record that holds the written value."""


@dataclass(slots=True)
class FieldTally:
    """How the values of one field were read; `examples`: the first different ones of each kind."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(READ_AS, 0))
    examples: dict[str, list[WrittenText]] = field(
        default_factory=lambda: {name: [] for name in READ_AS}
    )

    def add(self, read_as: str, written: WrittenText) -> None:
        """Count a value, and keep it as an example while there are few."""
        self.counts[read_as] += 1
        examples = self.examples[read_as]
        if len(examples) < MAX_EXAMPLES and written not in examples:
            examples.append(written)


@dataclass(slots=True)
class ReadingTally:
    """How the values of a file were read, by field."""

    fields: dict[str, FieldTally] = field(default_factory=dict)

    def add(self, marks: Iterable[Mark]) -> None:
        """Count the marks of an event; what is empty is not counted."""
        for mark in marks:
            name = _TEXT_OF.get(mark.kind, "")
            text = mark.value.get(name) if name else mark.value
            if not text:
                continue
            path = f"{mark.path}.{name}".lstrip(".") if name else mark.path
            tally = self.fields.get(path)
            if tally is None:
                tally = self.fields[path] = FieldTally()
            read_as = _read_as(mark)
            if len(tally.examples[read_as]) < MAX_EXAMPLES:
                tally.add(read_as, _written(mark.kind, str(text), mark.value))
            else:
                tally.counts[read_as] += 1

    def as_json(self) -> dict[str, Any]:
        """Give counts and examples by field for programs; the examples quote the file."""
        return {
            path: {
                **tally.counts,
                "examples": {
                    read_as: [written.text for written in examples]
                    for read_as, examples in tally.examples.items()
                },
            }
            for path, tally in self.fields.items()
        }


def _read_as(mark: Mark) -> str:
    """Say what a mark was read as: the most certain of its things decides."""
    is_certain = PLAINLY_CERTAIN.get(mark.kind)
    if is_certain is not None and is_certain(mark.value):
        return READ_AS[0]
    certainties = {observation.certainty for observation in OBSERVERS[mark.kind](mark.value)}
    return next((name for name in READ_AS if name in certainties), READ_AS[-1])


def _written(kind: str, text: str, record: Any) -> WrittenText:
    if not isinstance(record, dict):
        return WrittenText(kind, text)
    is_lot = kind == "weapon" and record.get("kind") == "ammunition_lot"
    return WrittenText(
        "ammunition_lot" if is_lot else kind,
        text,
        country=record.get("country") or "",
        type=record.get("type") or "",
        issuer=record.get("institution") or "",
        make=record.get("make") or "",
        calibre=record.get("calibre") or "",
        model=record.get("model") or "",
        serial_state=record.get("serial_state") or "",
    )
