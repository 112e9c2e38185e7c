"""What an event's content says about things: one observation of each, whatever it repeats."""

from collections.abc import Sequence

from schemas import labels
from schemas.codec import Record
from schemas.event_type import EventType
from schemas.ids import thing_key
from schemas.observed import Observed
from streams.rules.traits import together


def observe(secret: bytes, envelope: Record, content: Record, kind: EventType) -> list[Record]:
    """The observations that an event of this envelope and content adds. `secret`: of the mechanism, for the things' keys."""
    observed = kind.observe(content)
    if not observed:
        return []
    label = labels.write(envelope)
    return [
        {
            "op": "add",
            "index": 0,
            "kind": seen.kind,
            "key": thing_key(secret, seen.kind, seen.issuer, seen.value),
            "event_id": envelope["id"],
            "certainty": seen.certainty,
            "type": kind.name,
            "country": envelope["country"],
            "label": label,
            "occurred": envelope["occurred_from"],
            "subdivision": envelope["subdivision"],
            "traits": seen.traits,
        }
        for seen in one_each(observed)
    ]


def one_each(observed: Sequence[Observed]) -> Sequence[Observed]:
    """Each thing once: its traits together, but only those of where it is certain, if it is so anywhere.

    An event is one member of a thing: two rows of it would stand at one position, and which is heard would be chance.
    """
    if len(observed) == 1:
        return observed
    of_thing: dict[tuple[str, str, str], list[Observed]] = {}
    for seen in observed:
        of_thing.setdefault(seen[:3], []).append(seen)
    return [group[0] if len(group) == 1 else _merged(group) for group in of_thing.values()]


def _merged(group: Sequence[Observed]) -> Observed:
    best = [seen for seen in group if seen.certainty == "certain"] or group
    names = sorted({name for seen in best for name in seen.traits})
    return best[0]._replace(traits={name: together(seen.traits.get(name) for seen in best) for name in names})
