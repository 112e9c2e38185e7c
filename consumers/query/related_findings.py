"""Name the indicators that a thing may have. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from schemas.ids import indicator_id, to_uuid_text
from streams.rules import RuleBook
from streams.rules.rule import GRADES


def related_ids(kind: str, thing: str, rules: RuleBook) -> Iterator[str]:
    """Give the ids of all indicators that a thing may have; none where one rule alone knows it.

    Ids are text, as people write them.
    """
    if len(rules.of_kind(kind)) > 1:
        yield from possible_ids(kind, thing, rules)


def possible_ids(kind: str, thing: str, rules: RuleBook) -> Iterator[str]:
    """Give the ids of all indicators that a thing of this kind may have under rules in effect.

    An indicator's id follows from rule, grade and thing, so no index need be asked.
    """
    key = UUID(thing).bytes
    for rule in rules.of_kind(kind):
        for grade in GRADES:
            yield to_uuid_text(indicator_id(rule.id, grade, key))
