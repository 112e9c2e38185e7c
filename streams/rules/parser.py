"""Parse a rule's TOML, checked to the last key: a typing error must not silence a rule."""

import tomllib
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from schemas.i18n import LANGUAGES
from schemas.observation import TRAIT_SEPARATOR
from schemas.words import load_table
from streams.rules.errors import RuleError
from streams.rules.rule import GRADES, JOINS, RoleCondition, Rule
from streams.rules.trait_condition import TraitCondition

SEVERITIES = ("low", "medium", "high")
KEYS = frozenset(
    {
        "version",
        "kind",
        "severity",
        "pair",
        "joined_by",
        "days",
        "until",
        "hub",
        "cap",
        "roles",
        "weights",
        "title",
        "sentence",
    }
)
TEXT_KEYS = frozenset({"type", "unless"})
THING = "thing"
"""The hole in a rule's words where its thing is named: the same document."""


def parse(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, data, roles)
    joined_by = data.get("joined_by")
    if joined_by is not None and joined_by not in JOINS:
        raise RuleError(
            name, "joined_by", f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}"
        )
    rule = Rule(
        id=name,
        version=_typed(name, data, "version", int),
        kinds=_kinds(name, data),
        severity=_one_of(name, data, "severity", SEVERITIES),
        pair=pair,
        joined_by=joined_by,
        days=_days(name, data, pair),
        until=_until(name, data, pair),
        hub=_typed(name, data, "hub", int),
        cap=float(_typed(name, data, "cap", int, float)),
        roles=roles,
        weights=_weights(name, data, [*roles, *GRADES, *([joined_by] if joined_by else [])]),
        title=_words(name, data, "title", ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def _typed(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def _kinds(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    table = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in table for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(table)}")
    return tuple(listed)


def _days(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def _until(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def _one_of(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def _roles(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _role_condition(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, conditions in roles.items():
        for condition in conditions:
            if condition.unless is not None and condition.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {condition.unless!r}"
                )
    return roles


def _role_condition(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", requirement)
        for trait, requirement in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def _condition(name: str, key: str, requirement: Any) -> TraitCondition:
    but_not = isinstance(requirement, dict) and list(requirement) == ["not"]
    accepted = requirement["not"] if but_not else requirement
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def _pair(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def _weights(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def _words(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    texts = _typed(name, data, key, dict)
    words = {
        language: _typed(name, texts, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def _holes(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(name, key, f"its braces do not close: {error}") from error
