"""A rule's TOML, checked to the last key: a slip of the pen must not become a rule that never
fires.
"""

import tomllib
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from schemas.observation import TRAIT_SEPARATOR
from schemas.words import load_table
from streams.rules.errors import RuleError
from streams.rules.rule import GRADES, JOINS, RoleCondition, Rule
from streams.rules.trait_condition import TraitCondition

LANGUAGES = ("es", "en")
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


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict
mutants_x_parse__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_parse__mutmut)
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


def x_parse__mutmut_orig(name: str, text: str) -> Rule:
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


def x_parse__mutmut_1(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = None
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


def x_parse__mutmut_2(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(None)
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


def x_parse__mutmut_3(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(None, "file", f"is no TOML: {error}") from error
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


def x_parse__mutmut_4(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, None, f"is no TOML: {error}") from error
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


def x_parse__mutmut_5(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", None) from error
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


def x_parse__mutmut_6(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError("file", f"is no TOML: {error}") from error
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


def x_parse__mutmut_7(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, f"is no TOML: {error}") from error
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


def x_parse__mutmut_8(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", ) from error
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


def x_parse__mutmut_9(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "XXfileXX", f"is no TOML: {error}") from error
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


def x_parse__mutmut_10(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "FILE", f"is no TOML: {error}") from error
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


def x_parse__mutmut_11(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(None):
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


def x_parse__mutmut_12(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) + KEYS):
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


def x_parse__mutmut_13(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(None) - KEYS):
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


def x_parse__mutmut_14(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(None, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
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


def x_parse__mutmut_15(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, None, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
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


def x_parse__mutmut_16(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, None)
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


def x_parse__mutmut_17(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
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


def x_parse__mutmut_18(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
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


def x_parse__mutmut_19(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, )
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


def x_parse__mutmut_20(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(None)}")
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


def x_parse__mutmut_21(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {'XX, XX'.join(sorted(KEYS))}")
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


def x_parse__mutmut_22(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(None))}")
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


def x_parse__mutmut_23(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = None
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


def x_parse__mutmut_24(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(None, data)
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


def x_parse__mutmut_25(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, None)
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


def x_parse__mutmut_26(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(data)
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


def x_parse__mutmut_27(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, )
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


def x_parse__mutmut_28(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = None
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


def x_parse__mutmut_29(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(None, data, roles)
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


def x_parse__mutmut_30(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, None, roles)
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


def x_parse__mutmut_31(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, data, None)
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


def x_parse__mutmut_32(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(data, roles)
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


def x_parse__mutmut_33(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, roles)
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


def x_parse__mutmut_34(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, data, )
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


def x_parse__mutmut_35(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, data, roles)
    joined_by = None
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


def x_parse__mutmut_36(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, data, roles)
    joined_by = data.get(None)
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


def x_parse__mutmut_37(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, data, roles)
    joined_by = data.get("XXjoined_byXX")
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


def x_parse__mutmut_38(name: str, text: str) -> Rule:
    """The rule called `name`. Raises RuleRefused naming file and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    for key in sorted(set(data) - KEYS):
        raise RuleError(name, key, f"is not a rule's key; these are {', '.join(sorted(KEYS))}")
    roles = _roles(name, data)
    pair = _pair(name, data, roles)
    joined_by = data.get("JOINED_BY")
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


def x_parse__mutmut_39(name: str, text: str) -> Rule:
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
    if joined_by is not None or joined_by not in JOINS:
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


def x_parse__mutmut_40(name: str, text: str) -> Rule:
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
    if joined_by is None and joined_by not in JOINS:
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


def x_parse__mutmut_41(name: str, text: str) -> Rule:
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
    if joined_by is not None and joined_by in JOINS:
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


def x_parse__mutmut_42(name: str, text: str) -> Rule:
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
            None, "joined_by", f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}"
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


def x_parse__mutmut_43(name: str, text: str) -> Rule:
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
            name, None, f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}"
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


def x_parse__mutmut_44(name: str, text: str) -> Rule:
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
            name, "joined_by", None
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


def x_parse__mutmut_45(name: str, text: str) -> Rule:
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
            "joined_by", f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}"
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


def x_parse__mutmut_46(name: str, text: str) -> Rule:
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
            name, f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}"
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


def x_parse__mutmut_47(name: str, text: str) -> Rule:
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
            name, "joined_by", )
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


def x_parse__mutmut_48(name: str, text: str) -> Rule:
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
            name, "XXjoined_byXX", f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}"
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


def x_parse__mutmut_49(name: str, text: str) -> Rule:
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
            name, "JOINED_BY", f"{joined_by!r} joins nothing; known are {', '.join(sorted(JOINS))}"
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


def x_parse__mutmut_50(name: str, text: str) -> Rule:
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
            name, "joined_by", f"{joined_by!r} joins nothing; known are {', '.join(None)}"
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


def x_parse__mutmut_51(name: str, text: str) -> Rule:
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
            name, "joined_by", f"{joined_by!r} joins nothing; known are {'XX, XX'.join(sorted(JOINS))}"
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


def x_parse__mutmut_52(name: str, text: str) -> Rule:
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
            name, "joined_by", f"{joined_by!r} joins nothing; known are {', '.join(sorted(None))}"
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


def x_parse__mutmut_53(name: str, text: str) -> Rule:
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
    rule = None
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_54(name: str, text: str) -> Rule:
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
        id=None,
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


def x_parse__mutmut_55(name: str, text: str) -> Rule:
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
        version=None,
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


def x_parse__mutmut_56(name: str, text: str) -> Rule:
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
        kinds=None,
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


def x_parse__mutmut_57(name: str, text: str) -> Rule:
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
        severity=None,
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


def x_parse__mutmut_58(name: str, text: str) -> Rule:
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
        pair=None,
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


def x_parse__mutmut_59(name: str, text: str) -> Rule:
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
        joined_by=None,
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


def x_parse__mutmut_60(name: str, text: str) -> Rule:
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
        days=None,
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


def x_parse__mutmut_61(name: str, text: str) -> Rule:
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
        until=None,
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


def x_parse__mutmut_62(name: str, text: str) -> Rule:
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
        hub=None,
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


def x_parse__mutmut_63(name: str, text: str) -> Rule:
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
        cap=None,
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


def x_parse__mutmut_64(name: str, text: str) -> Rule:
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
        roles=None,
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


def x_parse__mutmut_65(name: str, text: str) -> Rule:
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
        weights=None,
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


def x_parse__mutmut_66(name: str, text: str) -> Rule:
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
        title=None,
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_67(name: str, text: str) -> Rule:
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
        sentence=None,
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_68(name: str, text: str) -> Rule:
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


def x_parse__mutmut_69(name: str, text: str) -> Rule:
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


def x_parse__mutmut_70(name: str, text: str) -> Rule:
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


def x_parse__mutmut_71(name: str, text: str) -> Rule:
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


def x_parse__mutmut_72(name: str, text: str) -> Rule:
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


def x_parse__mutmut_73(name: str, text: str) -> Rule:
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


def x_parse__mutmut_74(name: str, text: str) -> Rule:
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


def x_parse__mutmut_75(name: str, text: str) -> Rule:
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


def x_parse__mutmut_76(name: str, text: str) -> Rule:
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


def x_parse__mutmut_77(name: str, text: str) -> Rule:
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


def x_parse__mutmut_78(name: str, text: str) -> Rule:
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


def x_parse__mutmut_79(name: str, text: str) -> Rule:
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


def x_parse__mutmut_80(name: str, text: str) -> Rule:
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
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_81(name: str, text: str) -> Rule:
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
        )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_82(name: str, text: str) -> Rule:
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
        version=_typed(None, data, "version", int),
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


def x_parse__mutmut_83(name: str, text: str) -> Rule:
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
        version=_typed(name, None, "version", int),
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


def x_parse__mutmut_84(name: str, text: str) -> Rule:
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
        version=_typed(name, data, None, int),
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


def x_parse__mutmut_85(name: str, text: str) -> Rule:
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
        version=_typed(name, data, "version", None),
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


def x_parse__mutmut_86(name: str, text: str) -> Rule:
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
        version=_typed(data, "version", int),
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


def x_parse__mutmut_87(name: str, text: str) -> Rule:
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
        version=_typed(name, "version", int),
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


def x_parse__mutmut_88(name: str, text: str) -> Rule:
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
        version=_typed(name, data, int),
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


def x_parse__mutmut_89(name: str, text: str) -> Rule:
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
        version=_typed(name, data, "version", ),
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


def x_parse__mutmut_90(name: str, text: str) -> Rule:
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
        version=_typed(name, data, "XXversionXX", int),
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


def x_parse__mutmut_91(name: str, text: str) -> Rule:
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
        version=_typed(name, data, "VERSION", int),
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


def x_parse__mutmut_92(name: str, text: str) -> Rule:
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
        kinds=_kinds(None, data),
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


def x_parse__mutmut_93(name: str, text: str) -> Rule:
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
        kinds=_kinds(name, None),
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


def x_parse__mutmut_94(name: str, text: str) -> Rule:
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
        kinds=_kinds(data),
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


def x_parse__mutmut_95(name: str, text: str) -> Rule:
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
        kinds=_kinds(name, ),
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


def x_parse__mutmut_96(name: str, text: str) -> Rule:
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
        severity=_one_of(None, data, "severity", SEVERITIES),
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


def x_parse__mutmut_97(name: str, text: str) -> Rule:
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
        severity=_one_of(name, None, "severity", SEVERITIES),
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


def x_parse__mutmut_98(name: str, text: str) -> Rule:
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
        severity=_one_of(name, data, None, SEVERITIES),
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


def x_parse__mutmut_99(name: str, text: str) -> Rule:
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
        severity=_one_of(name, data, "severity", None),
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


def x_parse__mutmut_100(name: str, text: str) -> Rule:
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
        severity=_one_of(data, "severity", SEVERITIES),
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


def x_parse__mutmut_101(name: str, text: str) -> Rule:
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
        severity=_one_of(name, "severity", SEVERITIES),
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


def x_parse__mutmut_102(name: str, text: str) -> Rule:
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
        severity=_one_of(name, data, SEVERITIES),
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


def x_parse__mutmut_103(name: str, text: str) -> Rule:
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
        severity=_one_of(name, data, "severity", ),
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


def x_parse__mutmut_104(name: str, text: str) -> Rule:
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
        severity=_one_of(name, data, "XXseverityXX", SEVERITIES),
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


def x_parse__mutmut_105(name: str, text: str) -> Rule:
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
        severity=_one_of(name, data, "SEVERITY", SEVERITIES),
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


def x_parse__mutmut_106(name: str, text: str) -> Rule:
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
        days=_days(None, data, pair),
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


def x_parse__mutmut_107(name: str, text: str) -> Rule:
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
        days=_days(name, None, pair),
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


def x_parse__mutmut_108(name: str, text: str) -> Rule:
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
        days=_days(name, data, None),
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


def x_parse__mutmut_109(name: str, text: str) -> Rule:
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
        days=_days(data, pair),
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


def x_parse__mutmut_110(name: str, text: str) -> Rule:
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
        days=_days(name, pair),
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


def x_parse__mutmut_111(name: str, text: str) -> Rule:
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
        days=_days(name, data, ),
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


def x_parse__mutmut_112(name: str, text: str) -> Rule:
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
        until=_until(None, data, pair),
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


def x_parse__mutmut_113(name: str, text: str) -> Rule:
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
        until=_until(name, None, pair),
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


def x_parse__mutmut_114(name: str, text: str) -> Rule:
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
        until=_until(name, data, None),
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


def x_parse__mutmut_115(name: str, text: str) -> Rule:
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
        until=_until(data, pair),
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


def x_parse__mutmut_116(name: str, text: str) -> Rule:
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
        until=_until(name, pair),
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


def x_parse__mutmut_117(name: str, text: str) -> Rule:
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
        until=_until(name, data, ),
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


def x_parse__mutmut_118(name: str, text: str) -> Rule:
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
        hub=_typed(None, data, "hub", int),
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


def x_parse__mutmut_119(name: str, text: str) -> Rule:
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
        hub=_typed(name, None, "hub", int),
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


def x_parse__mutmut_120(name: str, text: str) -> Rule:
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
        hub=_typed(name, data, None, int),
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


def x_parse__mutmut_121(name: str, text: str) -> Rule:
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
        hub=_typed(name, data, "hub", None),
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


def x_parse__mutmut_122(name: str, text: str) -> Rule:
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
        hub=_typed(data, "hub", int),
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


def x_parse__mutmut_123(name: str, text: str) -> Rule:
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
        hub=_typed(name, "hub", int),
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


def x_parse__mutmut_124(name: str, text: str) -> Rule:
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
        hub=_typed(name, data, int),
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


def x_parse__mutmut_125(name: str, text: str) -> Rule:
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
        hub=_typed(name, data, "hub", ),
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


def x_parse__mutmut_126(name: str, text: str) -> Rule:
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
        hub=_typed(name, data, "XXhubXX", int),
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


def x_parse__mutmut_127(name: str, text: str) -> Rule:
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
        hub=_typed(name, data, "HUB", int),
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


def x_parse__mutmut_128(name: str, text: str) -> Rule:
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
        cap=float(None),
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


def x_parse__mutmut_129(name: str, text: str) -> Rule:
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
        cap=float(_typed(None, data, "cap", int, float)),
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


def x_parse__mutmut_130(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, None, "cap", int, float)),
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


def x_parse__mutmut_131(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, data, None, int, float)),
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


def x_parse__mutmut_132(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, data, "cap", None, float)),
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


def x_parse__mutmut_133(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, data, "cap", int, None)),
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


def x_parse__mutmut_134(name: str, text: str) -> Rule:
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
        cap=float(_typed(data, "cap", int, float)),
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


def x_parse__mutmut_135(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, "cap", int, float)),
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


def x_parse__mutmut_136(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, data, int, float)),
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


def x_parse__mutmut_137(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, data, "cap", float)),
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


def x_parse__mutmut_138(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, data, "cap", int, )),
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


def x_parse__mutmut_139(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, data, "XXcapXX", int, float)),
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


def x_parse__mutmut_140(name: str, text: str) -> Rule:
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
        cap=float(_typed(name, data, "CAP", int, float)),
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


def x_parse__mutmut_141(name: str, text: str) -> Rule:
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
        weights=_weights(None, data, [*roles, *GRADES, *([joined_by] if joined_by else [])]),
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


def x_parse__mutmut_142(name: str, text: str) -> Rule:
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
        weights=_weights(name, None, [*roles, *GRADES, *([joined_by] if joined_by else [])]),
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


def x_parse__mutmut_143(name: str, text: str) -> Rule:
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
        weights=_weights(name, data, None),
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


def x_parse__mutmut_144(name: str, text: str) -> Rule:
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
        weights=_weights(data, [*roles, *GRADES, *([joined_by] if joined_by else [])]),
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


def x_parse__mutmut_145(name: str, text: str) -> Rule:
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
        weights=_weights(name, [*roles, *GRADES, *([joined_by] if joined_by else [])]),
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


def x_parse__mutmut_146(name: str, text: str) -> Rule:
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
        weights=_weights(name, data, ),
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


def x_parse__mutmut_147(name: str, text: str) -> Rule:
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
        title=_words(None, data, "title", ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_148(name: str, text: str) -> Rule:
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
        title=_words(name, None, "title", ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_149(name: str, text: str) -> Rule:
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
        title=_words(name, data, None, ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_150(name: str, text: str) -> Rule:
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
        title=_words(name, data, "title", None),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_151(name: str, text: str) -> Rule:
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
        title=_words(data, "title", ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_152(name: str, text: str) -> Rule:
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
        title=_words(name, "title", ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_153(name: str, text: str) -> Rule:
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
        title=_words(name, data, ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_154(name: str, text: str) -> Rule:
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
        title=_words(name, data, "title", ),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_155(name: str, text: str) -> Rule:
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
        title=_words(name, data, "XXtitleXX", ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_156(name: str, text: str) -> Rule:
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
        title=_words(name, data, "TITLE", ()),
        sentence=_words(name, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_157(name: str, text: str) -> Rule:
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
        sentence=_words(None, data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_158(name: str, text: str) -> Rule:
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
        sentence=_words(name, None, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_159(name: str, text: str) -> Rule:
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
        sentence=_words(name, data, None, pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_160(name: str, text: str) -> Rule:
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
        sentence=_words(name, data, "sentence", None),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_161(name: str, text: str) -> Rule:
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
        sentence=_words(data, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_162(name: str, text: str) -> Rule:
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
        sentence=_words(name, "sentence", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_163(name: str, text: str) -> Rule:
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
        sentence=_words(name, data, pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_164(name: str, text: str) -> Rule:
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
        sentence=_words(name, data, "sentence", ),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_165(name: str, text: str) -> Rule:
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
        sentence=_words(name, data, "XXsentenceXX", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_166(name: str, text: str) -> Rule:
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
        sentence=_words(name, data, "SENTENCE", pair),
    )
    if rule.version < 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_167(name: str, text: str) -> Rule:
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
    if rule.version < 1 and rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_168(name: str, text: str) -> Rule:
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
    if rule.version <= 1 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_169(name: str, text: str) -> Rule:
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
    if rule.version < 2 or rule.hub < 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_170(name: str, text: str) -> Rule:
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
    if rule.version < 1 or rule.hub <= 2:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_171(name: str, text: str) -> Rule:
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
    if rule.version < 1 or rule.hub < 3:
        raise RuleError(
            name,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_172(name: str, text: str) -> Rule:
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
            None,
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_173(name: str, text: str) -> Rule:
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
            None,
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_174(name: str, text: str) -> Rule:
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
            None,
        )
    return rule


def x_parse__mutmut_175(name: str, text: str) -> Rule:
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
            "version" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_176(name: str, text: str) -> Rule:
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
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_177(name: str, text: str) -> Rule:
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
            )
    return rule


def x_parse__mutmut_178(name: str, text: str) -> Rule:
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
            "XXversionXX" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_179(name: str, text: str) -> Rule:
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
            "VERSION" if rule.version < 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_180(name: str, text: str) -> Rule:
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
            "version" if rule.version <= 1 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_181(name: str, text: str) -> Rule:
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
            "version" if rule.version < 2 else "hub",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_182(name: str, text: str) -> Rule:
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
            "version" if rule.version < 1 else "XXhubXX",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_183(name: str, text: str) -> Rule:
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
            "version" if rule.version < 1 else "HUB",
            "is too small: versions count from 1, a hub has more than 2 members",
        )
    return rule


def x_parse__mutmut_184(name: str, text: str) -> Rule:
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
            "XXis too small: versions count from 1, a hub has more than 2 membersXX",
        )
    return rule


def x_parse__mutmut_185(name: str, text: str) -> Rule:
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
            "IS TOO SMALL: VERSIONS COUNT FROM 1, A HUB HAS MORE THAN 2 MEMBERS",
        )
    return rule

mutants_x_parse__mutmut['_mutmut_orig'] = x_parse__mutmut_orig # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_1'] = x_parse__mutmut_1 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_2'] = x_parse__mutmut_2 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_3'] = x_parse__mutmut_3 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_4'] = x_parse__mutmut_4 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_5'] = x_parse__mutmut_5 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_6'] = x_parse__mutmut_6 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_7'] = x_parse__mutmut_7 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_8'] = x_parse__mutmut_8 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_9'] = x_parse__mutmut_9 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_10'] = x_parse__mutmut_10 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_11'] = x_parse__mutmut_11 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_12'] = x_parse__mutmut_12 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_13'] = x_parse__mutmut_13 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_14'] = x_parse__mutmut_14 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_15'] = x_parse__mutmut_15 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_16'] = x_parse__mutmut_16 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_17'] = x_parse__mutmut_17 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_18'] = x_parse__mutmut_18 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_19'] = x_parse__mutmut_19 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_20'] = x_parse__mutmut_20 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_21'] = x_parse__mutmut_21 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_22'] = x_parse__mutmut_22 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_23'] = x_parse__mutmut_23 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_24'] = x_parse__mutmut_24 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_25'] = x_parse__mutmut_25 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_26'] = x_parse__mutmut_26 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_27'] = x_parse__mutmut_27 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_28'] = x_parse__mutmut_28 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_29'] = x_parse__mutmut_29 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_30'] = x_parse__mutmut_30 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_31'] = x_parse__mutmut_31 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_32'] = x_parse__mutmut_32 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_33'] = x_parse__mutmut_33 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_34'] = x_parse__mutmut_34 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_35'] = x_parse__mutmut_35 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_36'] = x_parse__mutmut_36 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_37'] = x_parse__mutmut_37 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_38'] = x_parse__mutmut_38 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_39'] = x_parse__mutmut_39 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_40'] = x_parse__mutmut_40 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_41'] = x_parse__mutmut_41 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_42'] = x_parse__mutmut_42 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_43'] = x_parse__mutmut_43 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_44'] = x_parse__mutmut_44 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_45'] = x_parse__mutmut_45 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_46'] = x_parse__mutmut_46 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_47'] = x_parse__mutmut_47 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_48'] = x_parse__mutmut_48 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_49'] = x_parse__mutmut_49 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_50'] = x_parse__mutmut_50 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_51'] = x_parse__mutmut_51 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_52'] = x_parse__mutmut_52 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_53'] = x_parse__mutmut_53 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_54'] = x_parse__mutmut_54 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_55'] = x_parse__mutmut_55 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_56'] = x_parse__mutmut_56 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_57'] = x_parse__mutmut_57 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_58'] = x_parse__mutmut_58 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_59'] = x_parse__mutmut_59 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_60'] = x_parse__mutmut_60 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_61'] = x_parse__mutmut_61 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_62'] = x_parse__mutmut_62 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_63'] = x_parse__mutmut_63 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_64'] = x_parse__mutmut_64 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_65'] = x_parse__mutmut_65 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_66'] = x_parse__mutmut_66 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_67'] = x_parse__mutmut_67 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_68'] = x_parse__mutmut_68 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_69'] = x_parse__mutmut_69 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_70'] = x_parse__mutmut_70 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_71'] = x_parse__mutmut_71 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_72'] = x_parse__mutmut_72 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_73'] = x_parse__mutmut_73 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_74'] = x_parse__mutmut_74 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_75'] = x_parse__mutmut_75 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_76'] = x_parse__mutmut_76 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_77'] = x_parse__mutmut_77 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_78'] = x_parse__mutmut_78 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_79'] = x_parse__mutmut_79 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_80'] = x_parse__mutmut_80 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_81'] = x_parse__mutmut_81 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_82'] = x_parse__mutmut_82 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_83'] = x_parse__mutmut_83 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_84'] = x_parse__mutmut_84 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_85'] = x_parse__mutmut_85 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_86'] = x_parse__mutmut_86 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_87'] = x_parse__mutmut_87 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_88'] = x_parse__mutmut_88 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_89'] = x_parse__mutmut_89 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_90'] = x_parse__mutmut_90 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_91'] = x_parse__mutmut_91 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_92'] = x_parse__mutmut_92 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_93'] = x_parse__mutmut_93 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_94'] = x_parse__mutmut_94 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_95'] = x_parse__mutmut_95 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_96'] = x_parse__mutmut_96 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_97'] = x_parse__mutmut_97 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_98'] = x_parse__mutmut_98 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_99'] = x_parse__mutmut_99 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_100'] = x_parse__mutmut_100 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_101'] = x_parse__mutmut_101 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_102'] = x_parse__mutmut_102 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_103'] = x_parse__mutmut_103 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_104'] = x_parse__mutmut_104 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_105'] = x_parse__mutmut_105 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_106'] = x_parse__mutmut_106 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_107'] = x_parse__mutmut_107 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_108'] = x_parse__mutmut_108 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_109'] = x_parse__mutmut_109 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_110'] = x_parse__mutmut_110 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_111'] = x_parse__mutmut_111 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_112'] = x_parse__mutmut_112 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_113'] = x_parse__mutmut_113 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_114'] = x_parse__mutmut_114 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_115'] = x_parse__mutmut_115 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_116'] = x_parse__mutmut_116 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_117'] = x_parse__mutmut_117 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_118'] = x_parse__mutmut_118 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_119'] = x_parse__mutmut_119 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_120'] = x_parse__mutmut_120 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_121'] = x_parse__mutmut_121 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_122'] = x_parse__mutmut_122 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_123'] = x_parse__mutmut_123 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_124'] = x_parse__mutmut_124 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_125'] = x_parse__mutmut_125 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_126'] = x_parse__mutmut_126 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_127'] = x_parse__mutmut_127 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_128'] = x_parse__mutmut_128 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_129'] = x_parse__mutmut_129 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_130'] = x_parse__mutmut_130 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_131'] = x_parse__mutmut_131 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_132'] = x_parse__mutmut_132 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_133'] = x_parse__mutmut_133 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_134'] = x_parse__mutmut_134 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_135'] = x_parse__mutmut_135 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_136'] = x_parse__mutmut_136 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_137'] = x_parse__mutmut_137 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_138'] = x_parse__mutmut_138 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_139'] = x_parse__mutmut_139 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_140'] = x_parse__mutmut_140 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_141'] = x_parse__mutmut_141 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_142'] = x_parse__mutmut_142 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_143'] = x_parse__mutmut_143 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_144'] = x_parse__mutmut_144 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_145'] = x_parse__mutmut_145 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_146'] = x_parse__mutmut_146 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_147'] = x_parse__mutmut_147 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_148'] = x_parse__mutmut_148 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_149'] = x_parse__mutmut_149 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_150'] = x_parse__mutmut_150 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_151'] = x_parse__mutmut_151 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_152'] = x_parse__mutmut_152 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_153'] = x_parse__mutmut_153 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_154'] = x_parse__mutmut_154 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_155'] = x_parse__mutmut_155 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_156'] = x_parse__mutmut_156 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_157'] = x_parse__mutmut_157 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_158'] = x_parse__mutmut_158 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_159'] = x_parse__mutmut_159 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_160'] = x_parse__mutmut_160 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_161'] = x_parse__mutmut_161 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_162'] = x_parse__mutmut_162 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_163'] = x_parse__mutmut_163 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_164'] = x_parse__mutmut_164 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_165'] = x_parse__mutmut_165 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_166'] = x_parse__mutmut_166 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_167'] = x_parse__mutmut_167 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_168'] = x_parse__mutmut_168 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_169'] = x_parse__mutmut_169 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_170'] = x_parse__mutmut_170 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_171'] = x_parse__mutmut_171 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_172'] = x_parse__mutmut_172 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_173'] = x_parse__mutmut_173 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_174'] = x_parse__mutmut_174 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_175'] = x_parse__mutmut_175 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_176'] = x_parse__mutmut_176 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_177'] = x_parse__mutmut_177 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_178'] = x_parse__mutmut_178 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_179'] = x_parse__mutmut_179 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_180'] = x_parse__mutmut_180 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_181'] = x_parse__mutmut_181 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_182'] = x_parse__mutmut_182 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_183'] = x_parse__mutmut_183 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_184'] = x_parse__mutmut_184 # type: ignore # mutmut generated
mutants_x_parse__mutmut['x_parse__mutmut_185'] = x_parse__mutmut_185 # type: ignore # mutmut generated
mutants_x__typed__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__typed__mutmut)
def _typed(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_orig(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_1(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "XXXX") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_2(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = None
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_3(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(None)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_4(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) and isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_5(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_6(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            None,
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_7(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            None,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_8(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            None,
        )
    return value


def x__typed__mutmut_9(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            under + key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_10(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_11(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            )
    return value


def x__typed__mutmut_12(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under - key,
            f"must be {' or '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_13(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' or '.join(None)}, is {value!r}",
        )
    return value


def x__typed__mutmut_14(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {'XX or XX'.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value


def x__typed__mutmut_15(name: str, data: Mapping[str, Any], key: str, *types: type, under: str = "") -> Any:
    value = data.get(key)
    if not isinstance(value, types) or isinstance(value, bool):
        raise RuleError(
            name,
            under + key,
            f"must be {' OR '.join(kind.__name__ for kind in types)}, is {value!r}",
        )
    return value

mutants_x__typed__mutmut['_mutmut_orig'] = x__typed__mutmut_orig # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_1'] = x__typed__mutmut_1 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_2'] = x__typed__mutmut_2 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_3'] = x__typed__mutmut_3 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_4'] = x__typed__mutmut_4 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_5'] = x__typed__mutmut_5 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_6'] = x__typed__mutmut_6 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_7'] = x__typed__mutmut_7 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_8'] = x__typed__mutmut_8 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_9'] = x__typed__mutmut_9 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_10'] = x__typed__mutmut_10 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_11'] = x__typed__mutmut_11 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_12'] = x__typed__mutmut_12 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_13'] = x__typed__mutmut_13 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_14'] = x__typed__mutmut_14 # type: ignore # mutmut generated
mutants_x__typed__mutmut['x__typed__mutmut_15'] = x__typed__mutmut_15 # type: ignore # mutmut generated
mutants_x__kinds__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__kinds__mutmut)
def _kinds(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_orig(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_1(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = None
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_2(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(None, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_3(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, None, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_4(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, None, str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_5(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", None, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_6(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, None)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_7(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_8(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_9(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_10(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_11(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, )
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_12(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "XXkindXX", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_13(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "KIND", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_14(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = None
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_15(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = None
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_16(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table(None)
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_17(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("XXkindsXX")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_18(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("KINDS")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_19(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed) and len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_20(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed and not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_21(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_22(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_23(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(None)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_24(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) or kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_25(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind not in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_26(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) <= len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_27(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(None, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_28(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, None, f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_29(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", None)
    return tuple(listed)


def x__kinds__mutmut_30(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError("kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_31(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_32(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", )
    return tuple(listed)


def x__kinds__mutmut_33(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "XXkindXX", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_34(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "KIND", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_35(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(None)}")
    return tuple(listed)


def x__kinds__mutmut_36(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {'XX, XX'.join(known)}")
    return tuple(listed)


def x__kinds__mutmut_37(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = _typed(name, data, "kind", str, list)
    listed = [kinds] if isinstance(kinds, str) else kinds
    known = load_table("kinds")
    if (
        not listed
        or not all(isinstance(kind, str) and kind in known for kind in listed)
        or len(set(listed)) < len(listed)
    ):
        raise RuleError(name, "kind", f"{kinds!r} must be one or several of {', '.join(known)}")
    return tuple(None)

mutants_x__kinds__mutmut['_mutmut_orig'] = x__kinds__mutmut_orig # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_1'] = x__kinds__mutmut_1 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_2'] = x__kinds__mutmut_2 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_3'] = x__kinds__mutmut_3 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_4'] = x__kinds__mutmut_4 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_5'] = x__kinds__mutmut_5 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_6'] = x__kinds__mutmut_6 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_7'] = x__kinds__mutmut_7 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_8'] = x__kinds__mutmut_8 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_9'] = x__kinds__mutmut_9 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_10'] = x__kinds__mutmut_10 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_11'] = x__kinds__mutmut_11 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_12'] = x__kinds__mutmut_12 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_13'] = x__kinds__mutmut_13 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_14'] = x__kinds__mutmut_14 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_15'] = x__kinds__mutmut_15 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_16'] = x__kinds__mutmut_16 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_17'] = x__kinds__mutmut_17 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_18'] = x__kinds__mutmut_18 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_19'] = x__kinds__mutmut_19 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_20'] = x__kinds__mutmut_20 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_21'] = x__kinds__mutmut_21 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_22'] = x__kinds__mutmut_22 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_23'] = x__kinds__mutmut_23 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_24'] = x__kinds__mutmut_24 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_25'] = x__kinds__mutmut_25 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_26'] = x__kinds__mutmut_26 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_27'] = x__kinds__mutmut_27 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_28'] = x__kinds__mutmut_28 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_29'] = x__kinds__mutmut_29 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_30'] = x__kinds__mutmut_30 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_31'] = x__kinds__mutmut_31 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_32'] = x__kinds__mutmut_32 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_33'] = x__kinds__mutmut_33 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_34'] = x__kinds__mutmut_34 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_35'] = x__kinds__mutmut_35 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_36'] = x__kinds__mutmut_36 # type: ignore # mutmut generated
mutants_x__kinds__mutmut['x__kinds__mutmut_37'] = x__kinds__mutmut_37 # type: ignore # mutmut generated
mutants_x__days__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__days__mutmut)
def _days(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_orig(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_1(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "XXdaysXX" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_2(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "DAYS" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_3(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_4(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = None
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_5(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(None, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_6(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, None, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_7(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, None, list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_8(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", None)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_9(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_10(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_11(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_12(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", )
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_13(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "XXdaysXX", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_14(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "DAYS", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_15(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) and days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_16(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 and not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_17(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) == 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_18(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 3 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_19(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_20(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(None) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_21(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(None) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_22(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is not int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_23(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[1] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_24(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] >= days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_25(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[2]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_26(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(None, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_27(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, None, f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_28(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", None)
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_29(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError("days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_30(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_31(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", )
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_32(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "XXdaysXX", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_33(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "DAYS", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_34(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] or days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_35(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[1] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_36(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] != pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_37(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[2] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_38(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[1] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_39(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] == -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_40(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != +days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_41(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[2]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_42(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(None, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_43(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, None, f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_44(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", None)
    return days[0], days[1]


def x__days__mutmut_45(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError("days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_46(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_47(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", )
    return days[0], days[1]


def x__days__mutmut_48(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "XXdaysXX", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_49(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "DAYS", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[1]


def x__days__mutmut_50(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[1], days[1]


def x__days__mutmut_51(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> tuple[int, int] | None:
    if "days" not in data:
        return None
    days = _typed(name, data, "days", list)
    if len(days) != 2 or not all(type(day) is int for day in days) or days[0] > days[1]:
        raise RuleError(name, "days", f"must be two whole numbers, the lower first, is {days!r}")
    if pair[0] == pair[1] and days[0] != -days[1]:
        raise RuleError(name, "days", f"must be [-n, n] where both roles are the same, is {days!r}")
    return days[0], days[2]

mutants_x__days__mutmut['_mutmut_orig'] = x__days__mutmut_orig # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_1'] = x__days__mutmut_1 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_2'] = x__days__mutmut_2 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_3'] = x__days__mutmut_3 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_4'] = x__days__mutmut_4 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_5'] = x__days__mutmut_5 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_6'] = x__days__mutmut_6 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_7'] = x__days__mutmut_7 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_8'] = x__days__mutmut_8 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_9'] = x__days__mutmut_9 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_10'] = x__days__mutmut_10 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_11'] = x__days__mutmut_11 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_12'] = x__days__mutmut_12 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_13'] = x__days__mutmut_13 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_14'] = x__days__mutmut_14 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_15'] = x__days__mutmut_15 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_16'] = x__days__mutmut_16 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_17'] = x__days__mutmut_17 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_18'] = x__days__mutmut_18 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_19'] = x__days__mutmut_19 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_20'] = x__days__mutmut_20 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_21'] = x__days__mutmut_21 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_22'] = x__days__mutmut_22 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_23'] = x__days__mutmut_23 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_24'] = x__days__mutmut_24 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_25'] = x__days__mutmut_25 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_26'] = x__days__mutmut_26 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_27'] = x__days__mutmut_27 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_28'] = x__days__mutmut_28 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_29'] = x__days__mutmut_29 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_30'] = x__days__mutmut_30 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_31'] = x__days__mutmut_31 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_32'] = x__days__mutmut_32 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_33'] = x__days__mutmut_33 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_34'] = x__days__mutmut_34 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_35'] = x__days__mutmut_35 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_36'] = x__days__mutmut_36 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_37'] = x__days__mutmut_37 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_38'] = x__days__mutmut_38 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_39'] = x__days__mutmut_39 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_40'] = x__days__mutmut_40 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_41'] = x__days__mutmut_41 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_42'] = x__days__mutmut_42 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_43'] = x__days__mutmut_43 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_44'] = x__days__mutmut_44 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_45'] = x__days__mutmut_45 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_46'] = x__days__mutmut_46 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_47'] = x__days__mutmut_47 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_48'] = x__days__mutmut_48 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_49'] = x__days__mutmut_49 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_50'] = x__days__mutmut_50 # type: ignore # mutmut generated
mutants_x__days__mutmut['x__days__mutmut_51'] = x__days__mutmut_51 # type: ignore # mutmut generated
mutants_x__until__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__until__mutmut)
def _until(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_orig(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_1(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "XXuntilXX" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_2(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "UNTIL" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_3(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_4(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[1] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_5(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] != pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_6(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[2]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_7(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(None, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_8(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, None, "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_9(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", None)
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_10(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError("until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_11(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_12(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", )
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_13(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "XXuntilXX", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_14(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "UNTIL", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_15(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "XXneeds two different roles: it is a trait of the firstXX")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_16(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "NEEDS TWO DIFFERENT ROLES: IT IS A TRAIT OF THE FIRST")
    until: str = _typed(name, data, "until", str)
    return until


def x__until__mutmut_17(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = None
    return until


def x__until__mutmut_18(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(None, data, "until", str)
    return until


def x__until__mutmut_19(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, None, "until", str)
    return until


def x__until__mutmut_20(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, None, str)
    return until


def x__until__mutmut_21(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", None)
    return until


def x__until__mutmut_22(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(data, "until", str)
    return until


def x__until__mutmut_23(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, "until", str)
    return until


def x__until__mutmut_24(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, str)
    return until


def x__until__mutmut_25(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "until", )
    return until


def x__until__mutmut_26(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "XXuntilXX", str)
    return until


def x__until__mutmut_27(name: str, data: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    if "until" not in data:
        return None
    if pair[0] == pair[1]:
        raise RuleError(name, "until", "needs two different roles: it is a trait of the first")
    until: str = _typed(name, data, "UNTIL", str)
    return until

mutants_x__until__mutmut['_mutmut_orig'] = x__until__mutmut_orig # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_1'] = x__until__mutmut_1 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_2'] = x__until__mutmut_2 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_3'] = x__until__mutmut_3 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_4'] = x__until__mutmut_4 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_5'] = x__until__mutmut_5 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_6'] = x__until__mutmut_6 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_7'] = x__until__mutmut_7 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_8'] = x__until__mutmut_8 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_9'] = x__until__mutmut_9 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_10'] = x__until__mutmut_10 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_11'] = x__until__mutmut_11 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_12'] = x__until__mutmut_12 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_13'] = x__until__mutmut_13 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_14'] = x__until__mutmut_14 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_15'] = x__until__mutmut_15 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_16'] = x__until__mutmut_16 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_17'] = x__until__mutmut_17 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_18'] = x__until__mutmut_18 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_19'] = x__until__mutmut_19 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_20'] = x__until__mutmut_20 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_21'] = x__until__mutmut_21 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_22'] = x__until__mutmut_22 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_23'] = x__until__mutmut_23 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_24'] = x__until__mutmut_24 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_25'] = x__until__mutmut_25 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_26'] = x__until__mutmut_26 # type: ignore # mutmut generated
mutants_x__until__mutmut['x__until__mutmut_27'] = x__until__mutmut_27 # type: ignore # mutmut generated
mutants_x__one_of__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__one_of__mutmut)
def _one_of(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_orig(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_1(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = None
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_2(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(None, data, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_3(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, None, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_4(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, None, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_5(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, None)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_6(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(data, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_7(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_8(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_9(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, )
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_10(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_11(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(None, key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_12(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, None, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_13(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, key, None)
    return value


def x__one_of__mutmut_14(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(key, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_15(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, f"{value!r} is none of {', '.join(allowed)}")
    return value


def x__one_of__mutmut_16(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, key, )
    return value


def x__one_of__mutmut_17(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {', '.join(None)}")
    return value


def x__one_of__mutmut_18(name: str, data: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value: str = _typed(name, data, key, str)
    if value not in allowed:
        raise RuleError(name, key, f"{value!r} is none of {'XX, XX'.join(allowed)}")
    return value

mutants_x__one_of__mutmut['_mutmut_orig'] = x__one_of__mutmut_orig # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_1'] = x__one_of__mutmut_1 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_2'] = x__one_of__mutmut_2 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_3'] = x__one_of__mutmut_3 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_4'] = x__one_of__mutmut_4 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_5'] = x__one_of__mutmut_5 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_6'] = x__one_of__mutmut_6 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_7'] = x__one_of__mutmut_7 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_8'] = x__one_of__mutmut_8 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_9'] = x__one_of__mutmut_9 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_10'] = x__one_of__mutmut_10 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_11'] = x__one_of__mutmut_11 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_12'] = x__one_of__mutmut_12 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_13'] = x__one_of__mutmut_13 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_14'] = x__one_of__mutmut_14 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_15'] = x__one_of__mutmut_15 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_16'] = x__one_of__mutmut_16 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_17'] = x__one_of__mutmut_17 # type: ignore # mutmut generated
mutants_x__one_of__mutmut['x__one_of__mutmut_18'] = x__one_of__mutmut_18 # type: ignore # mutmut generated
mutants_x__roles__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__roles__mutmut)
def _roles(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_orig(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_1(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = None
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_2(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(None, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_3(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, None, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_4(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, None, dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_5(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", None)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_6(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_7(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_8(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_9(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", )
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_10(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "XXrolesXX", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_11(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "ROLES", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_12(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = None
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_13(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            None
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_14(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(None, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_15(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, None, entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_16(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", None)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_17(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_18(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_19(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", )
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_20(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(None, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_21(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, None, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_22(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, None, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_23(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, None, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_24(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under=None)
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_25(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_26(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_27(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_28(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_29(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, )
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_30(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="XXroles.XX")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_31(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="ROLES.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_32(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING not in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_33(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            None, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_34(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, None, "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_35(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", None
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_36(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_37(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_38(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_39(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "XXis no role's name: it stands for the thing in a rule's wordsXX"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_40(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "IS NO ROLE'S NAME: IT STANDS FOR THE THING IN A RULE'S WORDS"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_41(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None or filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_42(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_43(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_44(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    None, f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_45(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, None, f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_46(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", None
                )
    return roles


def x__roles__mutmut_47(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    f"roles.{role}.unless", f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_48(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"there is no role {filling.unless!r}"
                )
    return roles


def x__roles__mutmut_49(name: str, data: Mapping[str, Any]) -> dict[str, tuple[RoleCondition, ...]]:
    table = _typed(name, data, "roles", dict)
    roles = {
        role: tuple(
            _filling(name, f"roles.{role}", entry)
            for entry in _typed(name, table, role, list, under="roles.")
        )
        for role in table
    }
    if THING in roles:
        raise RuleError(
            name, f"roles.{THING}", "is no role's name: it stands for the thing in a rule's words"
        )
    for role, fillings in roles.items():
        for filling in fillings:
            if filling.unless is not None and filling.unless not in roles:
                raise RuleError(
                    name, f"roles.{role}.unless", )
    return roles

mutants_x__roles__mutmut['_mutmut_orig'] = x__roles__mutmut_orig # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_1'] = x__roles__mutmut_1 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_2'] = x__roles__mutmut_2 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_3'] = x__roles__mutmut_3 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_4'] = x__roles__mutmut_4 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_5'] = x__roles__mutmut_5 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_6'] = x__roles__mutmut_6 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_7'] = x__roles__mutmut_7 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_8'] = x__roles__mutmut_8 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_9'] = x__roles__mutmut_9 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_10'] = x__roles__mutmut_10 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_11'] = x__roles__mutmut_11 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_12'] = x__roles__mutmut_12 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_13'] = x__roles__mutmut_13 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_14'] = x__roles__mutmut_14 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_15'] = x__roles__mutmut_15 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_16'] = x__roles__mutmut_16 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_17'] = x__roles__mutmut_17 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_18'] = x__roles__mutmut_18 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_19'] = x__roles__mutmut_19 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_20'] = x__roles__mutmut_20 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_21'] = x__roles__mutmut_21 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_22'] = x__roles__mutmut_22 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_23'] = x__roles__mutmut_23 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_24'] = x__roles__mutmut_24 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_25'] = x__roles__mutmut_25 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_26'] = x__roles__mutmut_26 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_27'] = x__roles__mutmut_27 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_28'] = x__roles__mutmut_28 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_29'] = x__roles__mutmut_29 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_30'] = x__roles__mutmut_30 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_31'] = x__roles__mutmut_31 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_32'] = x__roles__mutmut_32 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_33'] = x__roles__mutmut_33 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_34'] = x__roles__mutmut_34 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_35'] = x__roles__mutmut_35 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_36'] = x__roles__mutmut_36 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_37'] = x__roles__mutmut_37 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_38'] = x__roles__mutmut_38 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_39'] = x__roles__mutmut_39 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_40'] = x__roles__mutmut_40 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_41'] = x__roles__mutmut_41 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_42'] = x__roles__mutmut_42 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_43'] = x__roles__mutmut_43 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_44'] = x__roles__mutmut_44 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_45'] = x__roles__mutmut_45 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_46'] = x__roles__mutmut_46 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_47'] = x__roles__mutmut_47 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_48'] = x__roles__mutmut_48 # type: ignore # mutmut generated
mutants_x__roles__mutmut['x__roles__mutmut_49'] = x__roles__mutmut_49 # type: ignore # mutmut generated
mutants_x__filling__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__filling__mutmut)
def _filling(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_orig(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_1(name: str, key: str, entry: Any) -> RoleCondition:
    if isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_2(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(None, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_3(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, None, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_4(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, None)
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_5(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_6(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_7(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, )
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_8(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = None
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_9(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(None, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_10(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, None, asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_11(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", None)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_12(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_13(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_14(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", )
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_15(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_16(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_17(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(None, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_18(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, None, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_19(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, None, str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_20(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", None, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_21(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=None) if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_22(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_23(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_24(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_25(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_26(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, ) if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_27(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "XXunlessXX", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_28(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "UNLESS", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_29(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "XXunlessXX" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_30(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "UNLESS" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_31(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" not in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_32(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(None, traits, unless)


def x__filling__mutmut_33(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), None, unless)


def x__filling__mutmut_34(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, None)


def x__filling__mutmut_35(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(traits, unless)


def x__filling__mutmut_36(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), unless)


def x__filling__mutmut_37(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=f"{key}."), traits, )


def x__filling__mutmut_38(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(None, entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_39(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, None, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_40(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, None, str, under=f"{key}."), traits, unless)


def x__filling__mutmut_41(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", None, under=f"{key}."), traits, unless)


def x__filling__mutmut_42(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, under=None), traits, unless)


def x__filling__mutmut_43(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(entry, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_44(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, "type", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_45(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, str, under=f"{key}."), traits, unless)


def x__filling__mutmut_46(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", under=f"{key}."), traits, unless)


def x__filling__mutmut_47(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "type", str, ), traits, unless)


def x__filling__mutmut_48(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "XXtypeXX", str, under=f"{key}."), traits, unless)


def x__filling__mutmut_49(name: str, key: str, entry: Any) -> RoleCondition:
    if not isinstance(entry, dict):
        raise RuleError(name, key, f"must be written as [[{key}]]")
    traits = {
        trait: _condition(name, f"{key}.{trait}", asked)
        for trait, asked in entry.items()
        if trait not in TEXT_KEYS
    }
    unless = _typed(name, entry, "unless", str, under=f"{key}.") if "unless" in entry else None
    return RoleCondition(_typed(name, entry, "TYPE", str, under=f"{key}."), traits, unless)

mutants_x__filling__mutmut['_mutmut_orig'] = x__filling__mutmut_orig # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_1'] = x__filling__mutmut_1 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_2'] = x__filling__mutmut_2 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_3'] = x__filling__mutmut_3 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_4'] = x__filling__mutmut_4 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_5'] = x__filling__mutmut_5 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_6'] = x__filling__mutmut_6 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_7'] = x__filling__mutmut_7 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_8'] = x__filling__mutmut_8 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_9'] = x__filling__mutmut_9 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_10'] = x__filling__mutmut_10 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_11'] = x__filling__mutmut_11 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_12'] = x__filling__mutmut_12 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_13'] = x__filling__mutmut_13 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_14'] = x__filling__mutmut_14 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_15'] = x__filling__mutmut_15 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_16'] = x__filling__mutmut_16 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_17'] = x__filling__mutmut_17 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_18'] = x__filling__mutmut_18 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_19'] = x__filling__mutmut_19 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_20'] = x__filling__mutmut_20 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_21'] = x__filling__mutmut_21 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_22'] = x__filling__mutmut_22 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_23'] = x__filling__mutmut_23 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_24'] = x__filling__mutmut_24 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_25'] = x__filling__mutmut_25 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_26'] = x__filling__mutmut_26 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_27'] = x__filling__mutmut_27 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_28'] = x__filling__mutmut_28 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_29'] = x__filling__mutmut_29 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_30'] = x__filling__mutmut_30 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_31'] = x__filling__mutmut_31 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_32'] = x__filling__mutmut_32 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_33'] = x__filling__mutmut_33 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_34'] = x__filling__mutmut_34 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_35'] = x__filling__mutmut_35 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_36'] = x__filling__mutmut_36 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_37'] = x__filling__mutmut_37 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_38'] = x__filling__mutmut_38 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_39'] = x__filling__mutmut_39 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_40'] = x__filling__mutmut_40 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_41'] = x__filling__mutmut_41 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_42'] = x__filling__mutmut_42 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_43'] = x__filling__mutmut_43 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_44'] = x__filling__mutmut_44 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_45'] = x__filling__mutmut_45 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_46'] = x__filling__mutmut_46 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_47'] = x__filling__mutmut_47 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_48'] = x__filling__mutmut_48 # type: ignore # mutmut generated
mutants_x__filling__mutmut['x__filling__mutmut_49'] = x__filling__mutmut_49 # type: ignore # mutmut generated
mutants_x__condition__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__condition__mutmut)
def _condition(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_orig(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_1(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = None
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_2(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) or list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_3(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(None) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_4(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) != ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_5(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["XXnotXX"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_6(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["NOT"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_7(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = None
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_8(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["XXnotXX"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_9(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["NOT"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_10(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted and not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_11(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list) and not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_12(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_13(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_14(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_15(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(None)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_16(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) or value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_17(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(None, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_18(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, None, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_19(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, None)
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_20(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_21(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_22(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, )
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_23(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "XXmust be a list of the trait's values, or { not = [...] }XX")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_24(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "MUST BE A LIST OF THE TRAIT'S VALUES, OR { NOT = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_25(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(None):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_26(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR not in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_27(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(None, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_28(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, None, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_29(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, None)
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_30(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_31(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_32(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, )
    return TraitCondition(frozenset(accepted), but_not)


def x__condition__mutmut_33(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(None, but_not)


def x__condition__mutmut_34(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), None)


def x__condition__mutmut_35(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(but_not)


def x__condition__mutmut_36(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(accepted), )


def x__condition__mutmut_37(name: str, key: str, asked: Any) -> TraitCondition:
    but_not = isinstance(asked, dict) and list(asked) == ["not"]
    accepted = asked["not"] if but_not else asked
    if (
        not isinstance(accepted, list)
        or not accepted
        or not all(isinstance(value, str) and value for value in accepted)
    ):
        raise RuleError(name, key, "must be a list of the trait's values, or { not = [...] }")
    if any(TRAIT_SEPARATOR in value for value in accepted):
        raise RuleError(name, key, f"no value holds {TRAIT_SEPARATOR!r}: it parts several values")
    return TraitCondition(frozenset(None), but_not)

mutants_x__condition__mutmut['_mutmut_orig'] = x__condition__mutmut_orig # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_1'] = x__condition__mutmut_1 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_2'] = x__condition__mutmut_2 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_3'] = x__condition__mutmut_3 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_4'] = x__condition__mutmut_4 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_5'] = x__condition__mutmut_5 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_6'] = x__condition__mutmut_6 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_7'] = x__condition__mutmut_7 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_8'] = x__condition__mutmut_8 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_9'] = x__condition__mutmut_9 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_10'] = x__condition__mutmut_10 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_11'] = x__condition__mutmut_11 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_12'] = x__condition__mutmut_12 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_13'] = x__condition__mutmut_13 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_14'] = x__condition__mutmut_14 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_15'] = x__condition__mutmut_15 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_16'] = x__condition__mutmut_16 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_17'] = x__condition__mutmut_17 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_18'] = x__condition__mutmut_18 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_19'] = x__condition__mutmut_19 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_20'] = x__condition__mutmut_20 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_21'] = x__condition__mutmut_21 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_22'] = x__condition__mutmut_22 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_23'] = x__condition__mutmut_23 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_24'] = x__condition__mutmut_24 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_25'] = x__condition__mutmut_25 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_26'] = x__condition__mutmut_26 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_27'] = x__condition__mutmut_27 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_28'] = x__condition__mutmut_28 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_29'] = x__condition__mutmut_29 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_30'] = x__condition__mutmut_30 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_31'] = x__condition__mutmut_31 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_32'] = x__condition__mutmut_32 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_33'] = x__condition__mutmut_33 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_34'] = x__condition__mutmut_34 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_35'] = x__condition__mutmut_35 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_36'] = x__condition__mutmut_36 # type: ignore # mutmut generated
mutants_x__condition__mutmut['x__condition__mutmut_37'] = x__condition__mutmut_37 # type: ignore # mutmut generated
mutants_x__pair__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__pair__mutmut)
def _pair(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_orig(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_1(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = None
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_2(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(None, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_3(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, None, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_4(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, None, list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_5(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", None)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_6(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_7(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_8(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_9(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", )
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_10(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "XXpairXX", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_11(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "PAIR", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_12(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 and not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_13(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) == 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_14(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 3 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_15(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_16(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(None) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_17(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) < set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_18(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(None):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_19(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(None, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_20(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, None, f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_21(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", None)
    return pair[0], pair[1]


def x__pair__mutmut_22(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError("pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_23(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_24(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", )
    return pair[0], pair[1]


def x__pair__mutmut_25(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "XXpairXX", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_26(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "PAIR", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_27(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(None)}")
    return pair[0], pair[1]


def x__pair__mutmut_28(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {'XX, XX'.join(sorted(roles))}")
    return pair[0], pair[1]


def x__pair__mutmut_29(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(None))}")
    return pair[0], pair[1]


def x__pair__mutmut_30(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[1], pair[1]


def x__pair__mutmut_31(name: str, data: Mapping[str, Any], roles: Mapping[str, Any]) -> tuple[str, str]:
    pair = _typed(name, data, "pair", list)
    if len(pair) != 2 or not set(pair) <= set(roles):
        raise RuleError(name, "pair", f"must be two of the roles {', '.join(sorted(roles))}")
    return pair[0], pair[2]

mutants_x__pair__mutmut['_mutmut_orig'] = x__pair__mutmut_orig # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_1'] = x__pair__mutmut_1 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_2'] = x__pair__mutmut_2 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_3'] = x__pair__mutmut_3 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_4'] = x__pair__mutmut_4 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_5'] = x__pair__mutmut_5 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_6'] = x__pair__mutmut_6 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_7'] = x__pair__mutmut_7 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_8'] = x__pair__mutmut_8 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_9'] = x__pair__mutmut_9 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_10'] = x__pair__mutmut_10 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_11'] = x__pair__mutmut_11 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_12'] = x__pair__mutmut_12 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_13'] = x__pair__mutmut_13 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_14'] = x__pair__mutmut_14 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_15'] = x__pair__mutmut_15 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_16'] = x__pair__mutmut_16 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_17'] = x__pair__mutmut_17 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_18'] = x__pair__mutmut_18 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_19'] = x__pair__mutmut_19 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_20'] = x__pair__mutmut_20 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_21'] = x__pair__mutmut_21 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_22'] = x__pair__mutmut_22 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_23'] = x__pair__mutmut_23 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_24'] = x__pair__mutmut_24 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_25'] = x__pair__mutmut_25 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_26'] = x__pair__mutmut_26 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_27'] = x__pair__mutmut_27 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_28'] = x__pair__mutmut_28 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_29'] = x__pair__mutmut_29 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_30'] = x__pair__mutmut_30 # type: ignore # mutmut generated
mutants_x__pair__mutmut['x__pair__mutmut_31'] = x__pair__mutmut_31 # type: ignore # mutmut generated
mutants_x__weights__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__weights__mutmut)
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


def x__weights__mutmut_orig(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
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


def x__weights__mutmut_1(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = None
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


def x__weights__mutmut_2(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(None, data, "weights", dict)
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


def x__weights__mutmut_3(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, None, "weights", dict)
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


def x__weights__mutmut_4(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, None, dict)
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


def x__weights__mutmut_5(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", None)
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


def x__weights__mutmut_6(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(data, "weights", dict)
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


def x__weights__mutmut_7(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, "weights", dict)
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


def x__weights__mutmut_8(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, dict)
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


def x__weights__mutmut_9(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", )
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


def x__weights__mutmut_10(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "XXweightsXX", dict)
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


def x__weights__mutmut_11(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "WEIGHTS", dict)
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


def x__weights__mutmut_12(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(None):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_13(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) & set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_14(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(None) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_15(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(None)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_16(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            None,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_17(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            None,
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_18(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            None,
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_19(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_20(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_21(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_22(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "XXis missingXX" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_23(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "IS MISSING" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_24(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature not in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_25(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "XXis no feature of this ruleXX",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_26(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "IS NO FEATURE OF THIS RULE",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_27(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(None)
        for feature in table
    }


def x__weights__mutmut_28(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(None, table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_29(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, None, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_30(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, None, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_31(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, None, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_32(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, None, under="weights."))
        for feature in table
    }


def x__weights__mutmut_33(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under=None))
        for feature in table
    }


def x__weights__mutmut_34(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(table, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_35(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, feature, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_36(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, int, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_37(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, float, under="weights."))
        for feature in table
    }


def x__weights__mutmut_38(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, under="weights."))
        for feature in table
    }


def x__weights__mutmut_39(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, ))
        for feature in table
    }


def x__weights__mutmut_40(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="XXweights.XX"))
        for feature in table
    }


def x__weights__mutmut_41(name: str, data: Mapping[str, Any], features: Sequence[str]) -> dict[str, float]:
    table = _typed(name, data, "weights", dict)
    for feature in sorted(set(features) ^ set(table)):
        raise RuleError(
            name,
            f"weights.{feature}",
            "is missing" if feature in features else "is no feature of this rule",
        )
    return {
        feature: float(_typed(name, table, feature, int, float, under="WEIGHTS."))
        for feature in table
    }

mutants_x__weights__mutmut['_mutmut_orig'] = x__weights__mutmut_orig # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_1'] = x__weights__mutmut_1 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_2'] = x__weights__mutmut_2 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_3'] = x__weights__mutmut_3 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_4'] = x__weights__mutmut_4 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_5'] = x__weights__mutmut_5 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_6'] = x__weights__mutmut_6 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_7'] = x__weights__mutmut_7 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_8'] = x__weights__mutmut_8 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_9'] = x__weights__mutmut_9 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_10'] = x__weights__mutmut_10 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_11'] = x__weights__mutmut_11 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_12'] = x__weights__mutmut_12 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_13'] = x__weights__mutmut_13 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_14'] = x__weights__mutmut_14 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_15'] = x__weights__mutmut_15 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_16'] = x__weights__mutmut_16 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_17'] = x__weights__mutmut_17 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_18'] = x__weights__mutmut_18 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_19'] = x__weights__mutmut_19 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_20'] = x__weights__mutmut_20 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_21'] = x__weights__mutmut_21 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_22'] = x__weights__mutmut_22 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_23'] = x__weights__mutmut_23 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_24'] = x__weights__mutmut_24 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_25'] = x__weights__mutmut_25 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_26'] = x__weights__mutmut_26 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_27'] = x__weights__mutmut_27 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_28'] = x__weights__mutmut_28 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_29'] = x__weights__mutmut_29 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_30'] = x__weights__mutmut_30 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_31'] = x__weights__mutmut_31 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_32'] = x__weights__mutmut_32 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_33'] = x__weights__mutmut_33 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_34'] = x__weights__mutmut_34 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_35'] = x__weights__mutmut_35 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_36'] = x__weights__mutmut_36 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_37'] = x__weights__mutmut_37 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_38'] = x__weights__mutmut_38 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_39'] = x__weights__mutmut_39 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_40'] = x__weights__mutmut_40 # type: ignore # mutmut generated
mutants_x__weights__mutmut['x__weights__mutmut_41'] = x__weights__mutmut_41 # type: ignore # mutmut generated
mutants_x__words__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__words__mutmut)
def _words(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_orig(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_1(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = None
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_2(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(None, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_3(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, None, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_4(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, None, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_5(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, None)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_6(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_7(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_8(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_9(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, )
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_10(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = None
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_11(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(None, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_12(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, None, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_13(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, None, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_14(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, None, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_15(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=None) for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_16(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_17(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_18(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_19(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_20(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, ) for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_21(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) + {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_22(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(None, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_23(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, None, text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_24(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", None) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_25(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_26(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_27(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", ) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_28(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} == set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_29(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(None):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_30(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = None
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_31(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) and "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_32(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join(None) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_33(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = "XX, XX".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_34(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role - "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_35(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" - role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_36(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("XX{XX" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_37(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "XX}XX" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_38(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(None)) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_39(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(None))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_40(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "XXno roleXX"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_41(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "NO ROLE"
            raise RuleError(
                name, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_42(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                None, f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_43(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, None, f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_44(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", None
            )
    return words


def x__words__mutmut_45(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                f"{key}.{language}", f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_46(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"must name exactly {holes}, and may name {{{THING}}}"
            )
    return words


def x__words__mutmut_47(name: str, data: Mapping[str, Any], key: str, roles: Sequence[str]) -> dict[str, str]:
    given = _typed(name, data, key, dict)
    words = {
        language: _typed(name, given, language, str, under=f"{key}.") for language in LANGUAGES
    }
    for language, text in words.items():
        if _holes(name, f"{key}.{language}", text) - {THING} != set(roles):
            holes = ", ".join("{" + role + "}" for role in sorted(set(roles))) or "no role"
            raise RuleError(
                name, f"{key}.{language}", )
    return words

mutants_x__words__mutmut['_mutmut_orig'] = x__words__mutmut_orig # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_1'] = x__words__mutmut_1 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_2'] = x__words__mutmut_2 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_3'] = x__words__mutmut_3 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_4'] = x__words__mutmut_4 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_5'] = x__words__mutmut_5 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_6'] = x__words__mutmut_6 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_7'] = x__words__mutmut_7 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_8'] = x__words__mutmut_8 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_9'] = x__words__mutmut_9 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_10'] = x__words__mutmut_10 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_11'] = x__words__mutmut_11 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_12'] = x__words__mutmut_12 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_13'] = x__words__mutmut_13 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_14'] = x__words__mutmut_14 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_15'] = x__words__mutmut_15 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_16'] = x__words__mutmut_16 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_17'] = x__words__mutmut_17 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_18'] = x__words__mutmut_18 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_19'] = x__words__mutmut_19 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_20'] = x__words__mutmut_20 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_21'] = x__words__mutmut_21 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_22'] = x__words__mutmut_22 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_23'] = x__words__mutmut_23 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_24'] = x__words__mutmut_24 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_25'] = x__words__mutmut_25 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_26'] = x__words__mutmut_26 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_27'] = x__words__mutmut_27 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_28'] = x__words__mutmut_28 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_29'] = x__words__mutmut_29 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_30'] = x__words__mutmut_30 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_31'] = x__words__mutmut_31 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_32'] = x__words__mutmut_32 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_33'] = x__words__mutmut_33 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_34'] = x__words__mutmut_34 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_35'] = x__words__mutmut_35 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_36'] = x__words__mutmut_36 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_37'] = x__words__mutmut_37 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_38'] = x__words__mutmut_38 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_39'] = x__words__mutmut_39 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_40'] = x__words__mutmut_40 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_41'] = x__words__mutmut_41 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_42'] = x__words__mutmut_42 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_43'] = x__words__mutmut_43 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_44'] = x__words__mutmut_44 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_45'] = x__words__mutmut_45 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_46'] = x__words__mutmut_46 # type: ignore # mutmut generated
mutants_x__words__mutmut['x__words__mutmut_47'] = x__words__mutmut_47 # type: ignore # mutmut generated
mutants_x__holes__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__holes__mutmut)
def _holes(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(name, key, f"its braces do not close: {error}") from error


def x__holes__mutmut_orig(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(name, key, f"its braces do not close: {error}") from error


def x__holes__mutmut_1(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(None) if hole is not None}
    except ValueError as error:
        raise RuleError(name, key, f"its braces do not close: {error}") from error


def x__holes__mutmut_2(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is None}
    except ValueError as error:
        raise RuleError(name, key, f"its braces do not close: {error}") from error


def x__holes__mutmut_3(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(None, key, f"its braces do not close: {error}") from error


def x__holes__mutmut_4(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(name, None, f"its braces do not close: {error}") from error


def x__holes__mutmut_5(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(name, key, None) from error


def x__holes__mutmut_6(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(key, f"its braces do not close: {error}") from error


def x__holes__mutmut_7(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(name, f"its braces do not close: {error}") from error


def x__holes__mutmut_8(name: str, key: str, text: str) -> set[str]:
    try:
        return {hole for _, hole, _, _ in Formatter().parse(text) if hole is not None}
    except ValueError as error:
        raise RuleError(name, key, ) from error

mutants_x__holes__mutmut['_mutmut_orig'] = x__holes__mutmut_orig # type: ignore # mutmut generated
mutants_x__holes__mutmut['x__holes__mutmut_1'] = x__holes__mutmut_1 # type: ignore # mutmut generated
mutants_x__holes__mutmut['x__holes__mutmut_2'] = x__holes__mutmut_2 # type: ignore # mutmut generated
mutants_x__holes__mutmut['x__holes__mutmut_3'] = x__holes__mutmut_3 # type: ignore # mutmut generated
mutants_x__holes__mutmut['x__holes__mutmut_4'] = x__holes__mutmut_4 # type: ignore # mutmut generated
mutants_x__holes__mutmut['x__holes__mutmut_5'] = x__holes__mutmut_5 # type: ignore # mutmut generated
mutants_x__holes__mutmut['x__holes__mutmut_6'] = x__holes__mutmut_6 # type: ignore # mutmut generated
mutants_x__holes__mutmut['x__holes__mutmut_7'] = x__holes__mutmut_7 # type: ignore # mutmut generated
mutants_x__holes__mutmut['x__holes__mutmut_8'] = x__holes__mutmut_8 # type: ignore # mutmut generated
