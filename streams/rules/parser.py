"""Parse a rule's TOML, checked to the last key: a typing error must not silence a rule."""

import tomllib
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from schemas.i18n import LANGUAGES
from schemas.observation import TRAIT_SEPARATOR
from schemas.words import load_table
from streams.rules.errors import RuleError
from streams.rules.file_model import check_rule
from streams.rules.pair_examples import read_pair_examples
from streams.rules.rule import GRADES, JOINS, RoleCondition, Rule
from streams.rules.trait_condition import TraitCondition

TEXT_KEYS = frozenset({"type", "unless"})
THING = "thing"
"""The hole in a rule's words where its thing is named: the same document."""


def parse(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    model = check_rule(data, name)
    roles = _roles(name, data)
    pair = _pair(name, data, roles)
    joined_by = data.get("joined_by")
    if joined_by is not None and joined_by not in JOINS:
        raise RuleError(
            name, "joined_by", f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}"
        )
    kinds = _kinds(name, data)
    return Rule(
        id=name,
        version=data["version"],
        kinds=kinds,
        severity=data["severity"],
        pair=pair,
        joined_by=joined_by,
        days=_days(name, data, pair),
        until=_until(name, data, pair),
        hub=data["hub"],
        cap=float(data["cap"]),
        roles=roles,
        weights=_weights(name, data, [*roles, *GRADES, *([joined_by] if joined_by else [])]),
        title=_words(name, data, "title", ()),
        sentence=_words(name, data, "sentence", pair),
        examples=read_pair_examples(name, kinds, model.examples),
    )


def _kinds(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = data["kind"]
    listed = [kinds] if isinstance(kinds, str) else kinds
    table = load_table("kinds")
    if not all(kind in table for kind in listed) or len(set(listed)) < len(listed):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(table)}")
    return tuple(listed)


def _days(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    first, last = data["days"]
    if first > last:
        raise RuleError(name, "days", f"must have the lower number first, is {data['days']!r}")
    if pair[0] == pair[1] and first != -last:
        raise RuleError(
            name, "days", f"must be [-n, n] where both roles are the same, is {data['days']!r}"
        )
    return first, last


def _until(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    until: str | None = data.get("until")
    if until is not None and pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    return until


def _roles(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    roles = {
        role: tuple(_role_condition(name, f"roles.{role}", entry) for entry in entries)
        for role, entries in data["roles"].items()
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


def _role_condition(name: str, key: str, entry: Mapping[str, Any]) -> RoleCondition:
    traits = {
        trait: _condition(name, f"{key}.{trait}", requirement)
        for trait, requirement in entry.items()
        if trait not in TEXT_KEYS
    }
    return RoleCondition(entry["type"], traits, entry.get("unless"))


def _condition(
    name: str, key: str, requirement: list[str] | Mapping[str, list[str]]
) -> TraitCondition:
    if isinstance(requirement, list):
        values, is_excluded = requirement, False
    else:
        values, is_excluded = requirement["not"], True
    if any(TRAIT_SEPARATOR in value for value in values):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(values), is_excluded)


def _pair(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    first, second = data["pair"]
    if not {first, second} <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return first, second


def _weights(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    weights = data["weights"]
    for feature in sorted(set(features) ^ set(weights)):
        detail = "is missing" if feature in features else "is no feature of this rule"
        raise RuleError(name, f"weights.{feature}", detail)
    return {feature: float(weight) for feature, weight in weights.items()}


def _words(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    words = {language: data[key][language] for language in LANGUAGES}
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
