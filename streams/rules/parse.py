"""A rule's TOML, checked to the last key: a slip of the pen must not become a rule that never fires."""

import tomllib
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from streams.rules.errors import RuleRefused
from streams.rules.rule import GRADES, JOINS, Filling, Rule

LANGUAGES = ("es", "en")
SEVERITIES = ("low", "medium", "high")
KEYS = frozenset({"version", "kind", "severity", "pair", "joined_by", "hub", "cap", "roles", "weights", "title", "sentence"})
TEXT_KEYS = frozenset({"type", "unless"})


def parse(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleRefused(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleRefused(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, data, roles)
    joined_by = data.get("joined_by")
    if joined_by is not None and joined_by not in JOINS:
        raise RuleRefused(name, "joined_by", f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}")
    rule = Rule(
        id=name,
        version=_typed(name, data, "version", int),
        kind=_typed(name, data, "kind", str),
        severity=_one_of(name, data, "severity", SEVERITIES),
        pair=pair,
        joined_by=joined_by,
        hub=_typed(name, data, "hub", int),
        cap=float(_typed(name, data, "cap", int, float)),
        roles=roles,
        weights=_weights(name, data, [*roles, *GRADES, *([joined_by] if joined_by else [])]),
        title=_words(name, data, "title", ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleRefused(
            name, "version" if rule.version < 1 else "hub", "is too small: versions count from 1, a hub has more than 2 members"
        )
    return rule


def _typed(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleRefused(name, under + key, f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}")
    return value


def _one_of(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleRefused(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def _roles(name: str, data: Mapping[str, Any]) -> dict[str, tuple[Filling, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(_filling(name, f"roles.{role}", entry) for entry in _typed(name, table, role, list, under="roles.")) for role in table
    }
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleRefused(name, f"roles.{role}.unless", f"there is no role {filling.unless!r}")
    return roles


def _filling(name: str, key: str, entry: Any) -> Filling:
    if not isinstance(entry, dict):
        raise RuleRefused(name, key, f"must be written as [[{key}]]")
    traits = {}
    for trait, values in entry.items():
        if trait in TEXT_KEYS:
            continue
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            raise RuleRefused(name, f"{key}.{trait}", "must be a list of the trait's values")
        traits[trait] = frozenset(values)
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return Filling(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def _pair(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleRefused(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def _weights(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleRefused(name, f"weights.{feature}", "is missing" if feature in features else "is no feature of this rule")
    return {feature: float(_typed(name, table, feature, int, float, under="weights.")) for feature in table}


def _words(name: str, data: Mapping[str, Any], key: str, holes: Sequence[str]) -> dict[str, str]:
    table = _typed(name, data, key, dict)
    words = {language: _typed(name, table, language, str, under=f"{key}.") for language in LANGUAGES}
    for language, text in words.items():
        if {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None} != set(holes):
            raise RuleRefused(
                name, f"{key}.{language}", f"must name exactly {', '.join('{' + hole + '}' for hole in sorted(set(holes))) or 'no role'}"
            )
    return words
