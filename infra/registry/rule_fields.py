"""Check that a rule compares fields that its event types have, by values that they can have. Pure.

A fault names what is meant most likely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from schemas.event.compared_fields import ComparedFields
from schemas.words import load_table
from streams.rules import AnyRule, DetectorRule, Rule
from streams.rules.detectors.detector_rule import DistinctForm, SequenceForm, SumForm
from streams.rules.rule import RoleCondition

MEASURES = ("usd", "kg", "l", "m2", "pieces")
MOMENTS = frozenset({"at", "occurred", "date", "recorded_at", "reported_at"})
MOST_NAMES = 8
Types = Mapping[str, ComparedFields]


class FieldFault(NamedTuple):
    """What is wrong with a key of a rule, such as `records.cash.transmode`."""

    key: str
    detail: str


def field_faults(rule: AnyRule, types: Types) -> Iterator[FieldFault]:
    """Yield what a rule asks of its records that they cannot have. `types`: by name, all it uses.

    Rules of bursts and identities name no fields.
    """
    if isinstance(rule, Rule):
        for role, conditions in rule.roles.items():
            yield from _condition_faults(f"roles.{role}", conditions, types)
    elif isinstance(rule, DetectorRule):
        for role, conditions in rule.records.items():
            yield from _condition_faults(f"records.{role}", conditions, types)
        yield from _form_faults(rule, [types[name] for name in rule.types])


def _condition_faults(
    key: str, conditions: Collection[RoleCondition], types: Types
) -> Iterator[FieldFault]:
    for condition in conditions:
        compared = types[condition.type]
        for name, accepted in condition.traits.items():
            if name not in compared.fields:
                yield FieldFault(f"{key}.{name}", _unknown(condition.type, name, compared.fields))
                continue
            codes = compared.fields[name]
            for value in sorted(accepted.accepted) if codes is not None else ():
                if value not in (codes or ()):
                    yield FieldFault(f"{key}.{name}", _no_code(name, value, codes or ()))


def _form_faults(rule: DetectorRule, compared: list[ComparedFields]) -> Iterator[FieldFault]:
    fields = {name for item in compared for name in item.fields}
    names = {"by": rule.by}
    match rule.form:
        case DistinctForm(distinct=distinct):
            names["distinct"] = (distinct,)
        case SequenceForm(differ=differ, agree=agree):
            names |= {"differ": differ, "agree": agree}
        case SumForm(measure=measure):
            measured = {name for item in compared for name in item.measures}
            if measure not in measured:
                known = ", ".join(sorted(measured)) or "nothing"
                detail = f"no record of {', '.join(rule.types)} is measured in {measure}: {known}"
                yield FieldFault("sum", detail)
        case _:
            pass
    for key, own in names.items():
        for name in own:
            if name not in fields and name not in load_table("kinds"):
                yield FieldFault(key, _unknown(", ".join(rule.types), name, fields))


def _unknown(type_: str, name: str, fields: Collection[str]) -> str:
    """Say that a field is none, and what the writer may have meant."""
    if name in load_table("kinds"):
        return f"{name!r} is a kind of thing and has no list of values: name it in `by`"
    if name in MEASURES:
        return f"{name!r} is a measure, no field: compare it by `sum` and `amounts`"
    if name in MOMENTS:
        return f"{name!r} is a time, no field: compare it by `within`, `gaps` or `days`"
    likely = get_close_matches(name, [*fields, *load_table("kinds")], 1)
    meant = f"is {likely[0]!r} meant?" if likely else f"the fields are: {_listed(fields)}"
    return f"{type_} has no field {name!r}; {meant}"


def _no_code(name: str, value: str, codes: Collection[str]) -> str:
    likely = get_close_matches(value, codes, 1) or get_close_matches(value.upper(), codes, 1)
    meant = f"is {likely[0]!r} meant?" if likely else f"the codes are: {_listed(codes)}"
    return f"{value!r} is no code of {name!r}; {meant}"


def _listed(names: Collection[str]) -> str:
    shown = sorted(names)
    return ", ".join(shown[:MOST_NAMES]) + (", …" if len(shown) > MOST_NAMES else "")
