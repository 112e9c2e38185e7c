"""Name the indicators that a thing may have besides one of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from schemas.ids import indicator_id, to_uuid_text
from streams.rules import RuleBook
from streams.rules.rule import GRADES


def related_ids(kind: str, thing: str, rules: RuleBook) -> Iterator[str]:
    """Give the ids of all indicators that a thing may have; none where one rule alone knows it.

    Ids are text, as people write them. An indicator's id follows from rule, grade and thing.
    """
    of_kind = rules.of_kind(kind)
    if len(of_kind) < 2:
        return
    key = UUID(thing).bytes
    for rule in of_kind:
        for grade in GRADES:
            yield to_uuid_text(indicator_id(rule.id, grade, key))
