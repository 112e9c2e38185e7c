"""Compile the attributes `observed` and `trait` of a schema into one function of a payload.

A trait holds for every observation made in its record or beneath it; a nested one wins over an
outer one of the same name, the observer's own over both.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from schemas.avro.codec import Record
from schemas.avro.schema_walk import NamedTypes, SchemaField, array_item, fields_of
from schemas.errors import ConfigRefusedError
from schemas.normalise import OBSERVERS, Observer
from schemas.observation import Observation

Collect = Callable[
    [Any, Mapping[str, str], list[Observation]], None
]  # value (not null), traits from above, where observations go


class _Scope(NamedTuple):
    """In what an observer is compiled: the named types so far, and the observers by kind."""

    names: NamedTypes
    observers: Mapping[str, Observer]


def compile_observer(
    definition: Record, observers: Mapping[str, Observer] = OBSERVERS
) -> Collect | None:
    """Compile the observer of a whole payload; None where the schema observes nothing.

    Raises ConfigRefusedError for an unknown kind of thing.
    """
    return _record(definition, _Scope({}, observers), definition.get("observed"))


def _record(definition: Record, scope: _Scope, observed: str | None) -> Collect | None:
    own = _observer(definition["name"], observed, scope) if observed else None
    traits, nested = [], []
    for schema_field in fields_of(definition, scope.names):
        if schema_field.attributes.get("trait"):
            traits.append(schema_field.name)
        collect = _value(schema_field, scope)
        if collect is not None:
            nested.append((schema_field.name, collect))
    if not nested and (own is None or not traits):
        return own
    return _walk(own, tuple(traits), tuple(nested))


def _walk(
    own: Collect | None, traits: tuple[str, ...], nested: tuple[tuple[str, Collect], ...]
) -> Collect:
    def collect(record: Any, above: Mapping[str, str], out: list[Observation]) -> None:
        get = record.get
        if traits:
            above = dict(above)
            for name in traits:
                value = get(name)
                if value is not None:
                    above[name] = str(value)
        if own is not None:
            own(record, above, out)
        for name, inner in nested:
            value = get(name)
            if value is not None:
                inner(value, above, out)

    return collect


def _value(schema_field: SchemaField, scope: _Scope) -> Collect | None:
    kind = schema_field.type["type"]
    if kind == "record":
        return _record(schema_field.type, scope, schema_field.attributes.get("observed"))
    if kind == "array":
        collect = _value(array_item(schema_field, scope.names), scope)
        return None if collect is None else _each(collect)
    observed = schema_field.attributes.get("observed")
    return _observer(schema_field.name, observed, scope) if observed else None


def _each(collect: Collect) -> Collect:
    def every(values: Any, above: Mapping[str, str], out: list[Observation]) -> None:
        for value in values:
            collect(value, above, out)

    return every


def _observer(name: str, kind: str, scope: _Scope) -> Collect:
    observer: Observer | None = scope.observers.get(kind)
    if observer is None:
        raise ConfigRefusedError(
            f"{name}: nothing observes {kind!r}; known are {', '.join(sorted(scope.observers))}"
        )

    def collect(value: Any, above: Mapping[str, str], out: list[Observation]) -> None:
        things = observer(value)
        if above:
            for thing_kind, issuer, thing, certainty, traits in things:
                out.append(Observation(thing_kind, issuer, thing, certainty, {**above, **traits}))
        else:
            out += things

    return collect
