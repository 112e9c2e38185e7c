"""Announce rules in quipu.config, and say which ones are in effect.

The log decides which rules find indicators, never a file of the machine that reads it. `quipu
found` announces the rules of the release and those of the folder `types/rules`; `quipu rule add`
announces one. A rule is announced as a `RuleText`; one without text ends the rule.

A log of an older release holds no `RuleText` at all. There the rules of the installed release are
in effect, as they were before, until `quipu found` announces them.
"""

from __future__ import annotations

from infra.errors import RuleAnnouncementError
from infra.registry import local_types
from infra.registry.config_writer import ConfigChange, Entry, announce, read_config_history
from infra.settings import Settings
from schemas.exchange_config import ConfigView
from schemas.i18n import _
from streams.rules import AnyRule, IdentityRule, Rule, RuleError, library_texts, parse_rule


def rules_in_effect(view: ConfigView) -> dict[str, str]:
    """Return the rules that a view of config puts into effect: TOML by rule id.

    A malformed text is left out, as the stream worker leaves it out: `quipu rule add` announces
    none, so somebody else wrote it.
    """
    texts = view.rules or library_texts()
    return {name: text for name, text in texts.items() if text and _is_rule(name, text)}


def pending_rule_entries(settings: Settings, view: ConfigView) -> list[Entry]:
    """List the rules of the release and of the data folder that config lacks, as entries for it.

    A rule that config holds is announced again only in a higher version, so that a release does
    not take back what an exchange has announced itself. Raises RuleAnnouncementError for a file
    that holds no rule, and for a changed rule of the data folder with its former version.
    """
    local = local_types.local_rules(settings)
    texts = {**library_texts(), **local}
    return [
        _entry(name, text)
        for name, text in sorted(texts.items())
        if _is_news(parse_announced(name, text), text, view, must_be_newer=name in local)
    ]


def added_rule_entries(name: str, text: str, view: ConfigView) -> list[Entry]:
    """Return what announces one rule; on a log without rules, those of the release come before it.

    Raises RuleAnnouncementError for what is no rule, asks for an event type that nobody knows, or
    changes a rule without raising its version.
    """
    rule = parse_announced(name, text)
    _check_types(rule, view)
    if view.rules.get(name) == text:
        raise RuleAnnouncementError(
            _("The rule {name} is already announced with this text.", name=name),
            _("See it with `quipu rule show {name}`.", name=name),
        )
    if _former(name, view) is not None:
        _is_news(rule, text, view, must_be_newer=True)
    return [*_missing_library(view, without=name), _entry(name, text)]


def retired_rule_entries(name: str, view: ConfigView) -> list[Entry]:
    """Return what ends one rule. Raises RuleAnnouncementError for a rule that is not in effect."""
    if name not in rules_in_effect(view):
        raise RuleAnnouncementError(
            _("There is no rule {name} to end.", name=name),
            _("See them with `quipu rule list`."),
        )
    return [*_missing_library(view, without=name), _entry(name, "")]


def add_rule(settings: Settings, name: str, text: str) -> ConfigChange:
    """Announce a rule. Raises RuleAnnouncementError for one that must not hold, FoundingError."""
    config = read_config_history(settings)
    return announce(settings, config, added_rule_entries(name, text, config.newest()))


def retire_rule(settings: Settings, name: str) -> ConfigChange:
    """End a rule. Raises RuleAnnouncementError for one that is not in effect, FoundingError."""
    config = read_config_history(settings)
    return announce(settings, config, retired_rule_entries(name, config.newest()))


def parse_announced(name: str, text: str) -> AnyRule:
    """Parse a rule. Raises RuleAnnouncementError that names the rule and the key at fault."""
    try:
        return parse_rule(name, text)
    except RuleError as error:
        raise RuleAnnouncementError(
            _("{error}. The rule cannot be announced.", error=error),
            _("Correct the file and repeat the command."),
        ) from error


def _missing_library(view: ConfigView, without: str) -> list[Entry]:
    """Once config names a rule, its rules are all there are: so the first one brings the others."""
    if view.rules:
        return []
    return [_entry(name, text) for name, text in library_texts().items() if name != without]


def _is_news(rule: AnyRule, text: str, view: ConfigView, must_be_newer: bool) -> bool:
    """Say whether config lacks this text. A rule that was ended stays so."""
    announced = view.rules.get(rule.id)
    if announced is None:
        return True
    if announced in ("", text):
        return False
    former = _former(rule.id, view)
    if former is None or rule.version > former.version:
        return True
    if must_be_newer:
        raise RuleAnnouncementError(
            _("The rule {name} has changed, but its version has not.", name=rule.id),
            _("Raise `version` in the file and repeat the command."),
        )
    return False


def _former(name: str, view: ConfigView) -> AnyRule | None:
    text = view.rules.get(name, "")
    return parse_rule(name, text) if _is_rule(name, text) else None


def _check_types(rule: AnyRule, view: ConfigView) -> None:
    names = {name for name, _text in view.schemas.values()}
    unknown = sorted(types_of_rule(rule) - names)
    if unknown:
        raise RuleAnnouncementError(
            _(
                "The rule {name} uses event types that config does not know: {types}.",
                name=rule.id,
                types=", ".join(unknown),
            ),
            _("Announce the event type first (`quipu found`), or correct its name in the rule."),
        )


def types_of_rule(rule: AnyRule) -> set[str]:
    """Return the types of event that a rule asks for."""
    if isinstance(rule, IdentityRule):
        return {type_ for role in rule.pair for type_ in role.types}
    if not isinstance(rule, Rule):
        return set(rule.types)
    return {condition.type for role in rule.roles.values() for condition in role}


def _is_rule(name: str, text: str) -> bool:
    try:
        parse_rule(name, text)
    except RuleError:
        return False
    return True


def _entry(name: str, text: str) -> Entry:
    return "RuleText", {"rule": name, "text": text}
