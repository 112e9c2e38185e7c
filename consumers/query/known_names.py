"""Refuse names of rules, event types, countries and places that do not exist. Pure.

A wrong name would otherwise be answered with nothing, which reads as if nothing were there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from infra.errors import QuipuError
from schemas.codes import code_lists
from schemas.event.event_type import EVENTS
from schemas.i18n import UserMessage, _
from schemas.measures.marked_dimensions import dimension_marks
from schemas.rule_changes import RuleChange
from streams.rules import RuleBook

LONGEST_SHOWN = 40
"""Letters of a name that an error repeats."""
GRADES = ("certain", "possible")
SEVERITIES = ("high", "medium", "low")
NONE_OFF: Mapping[str, RuleChange] = MappingProxyType({})


OF_ALL_RECORDS = frozenset({"type", "country", "authority", "crime", "theme", "place"})
"""What every record has; questions have a parameter for each."""


class UnknownNameError(QuipuError):
    """A question names a rule, a type of event, a country or a place that does not exist."""

    code = "NAME"


def check_rule_of(
    name: str, rules: Collection[str], off: Mapping[str, RuleChange] = NONE_OFF
) -> None:
    """Accept the id of one of these rules, or an empty one. Raises UnknownNameError.

    `off`: rules that are switched off, of which the error says since when, by whom and why. They
    are in config, which every member reads: they depend on no record.
    """
    if name and name not in rules:
        if name in off:
            raise _switched_off(off[name])
        raise UnknownNameError(
            _("There is no rule `{name}`.", name=name[:LONGEST_SHOWN]),
            _("The rules are: {names}.", names=likely_names(name, rules)),
        )


def _switched_off(change: RuleChange) -> UnknownNameError:
    moment = f"{datetime.fromtimestamp(change.since / 1000, UTC):%Y-%m-%d %H:%M}"
    return UnknownNameError(
        _(
            "The rule {name} is switched off since {moment} UTC, by {author}, because: {reason}",
            name=change.rule,
            moment=moment,
            author=change.author or "—",
            reason=change.reason or "—",
        ),
        _("Leave the rule out, or ask as of a moment before: then it held."),
    )


class KnownNames:
    """The rules and event types that a question may name; an empty name means any of them.

    `types`: of events; `dimensions`: the names by which figures can be grouped, of all these types.
    """

    def __init__(self, rules: RuleBook, types: Mapping[str, str] | None = None) -> None:
        """`rules`: those in effect, now and before; `types`: name and schema of added types."""
        added = types or {}
        self._rules = rules
        self.types = frozenset(added).union(_released_types())
        self.dimensions = frozenset(dimension_marks(tuple(sorted(added.values()))))

    def check_rule(self, name: str, as_of: int | None = None) -> None:
        """Accept the id of a rule that is or was in effect, but is not switched off at a moment.

        `as_of`: ms since 1970 UTC; None is now. Raises UnknownNameError.
        """
        off = self._rules.switched_off(as_of)
        check_rule_of(name, self._rules.every_by_id.keys() - off.keys(), off)

    def check_type(self, name: str) -> None:
        """Accept a type of event. Raises UnknownNameError."""
        if name and name not in self.types:
            raise UnknownNameError(
                _("There is no type of event `{name}`.", name=name[:LONGEST_SHOWN]),
                _("The types are: {names}.", names=likely_names(name, self.types)),
            )

    def check_where(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Accept values of dimensions that schemas mark. Raises UnknownNameError."""
        for name, _value in pairs:
            if name not in self.dimensions:
                raise UnknownNameError(
                    _("Records cannot be chosen by `{name}`.", name=name[:LONGEST_SHOWN]),
                    _("`{name}` is a parameter of its own: write it there.", name=name)
                    if name in OF_ALL_RECORDS
                    else _("The names are: {names}.", names=likely_names(name, self.dimensions)),
                )


def check_indicator_words(grade: str, severity: str) -> None:
    """Accept the words of a list of indicators; empty is any. Raises UnknownNameError."""
    check_word(grade, GRADES, _("There is no grade `{name}`.", name=grade[:LONGEST_SHOWN]))
    wrong = _("There is no severity `{name}`.", name=severity[:LONGEST_SHOWN])
    check_word(severity, SEVERITIES, wrong)


def check_word(word: str, words: Collection[str], wrong: UserMessage) -> None:
    """Accept one of these words; empty is any. `wrong`: says so. Raises UnknownNameError."""
    if word and word not in words:
        raise UnknownNameError(wrong, _("Write one of these: {names}.", names=", ".join(words)))


def check_country(code: str) -> None:
    """Accept the code of a country or partner; empty is any. Raises UnknownNameError."""
    if code and code not in _countries():
        raise UnknownNameError(
            _("There is no country `{name}`.", name=code[:LONGEST_SHOWN]),
            _("Write its code of two letters: BO, CO, EC or PE, or that of a partner."),
        )


def check_place(code: str) -> None:
    """Accept the code of a country or of a part of one. Raises UnknownNameError."""
    if code and code not in _countries() and code not in code_lists()["subdivision"].codes:
        raise UnknownNameError(
            _("There is no place `{name}`.", name=code[:LONGEST_SHOWN]),
            _("Write a country or a department by its code, such as CO or CO-NAR."),
        )


def check_node(name: str, nodes: Collection[str]) -> None:
    """Accept the name of a node; empty is any, and no nodes mean that nobody knows them.

    Raises UnknownNameError.
    """
    if name and nodes and name not in nodes:
        raise UnknownNameError(
            _("There is no node `{name}`.", name=name[:LONGEST_SHOWN]),
            _("The nodes are: {names}.", names=likely_names(name, nodes)),
        )


def check_theme(code: str) -> None:
    """Accept the code of a theme of the plan; empty is any. Raises UnknownNameError."""
    known = code_lists()["theme"].codes
    if code and code not in known:
        raise UnknownNameError(
            _("There is no theme `{name}`.", name=code[:LONGEST_SHOWN]),
            _("The themes are: {names}.", names=likely_names(code, known)),
        )


def _countries() -> frozenset[str]:
    lists = code_lists()
    return frozenset(lists["country"].codes).union(lists["partner"].codes)


@cache
def _released_types() -> frozenset[str]:
    return frozenset(path.stem for path in EVENTS.glob("*.avsc"))


def likely_names(name: str, names: Collection[str]) -> str:
    """Return the names that are written nearly so; all of them where none is."""
    return ", ".join(get_close_matches(name[:LONGEST_SHOWN], names) or sorted(names))
