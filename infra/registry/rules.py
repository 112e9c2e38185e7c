"""Announce rules in quipu.config, and say which ones are in effect.

The log decides which rules find indicators, never a file of the machine that reads it. `quipu
found` announces the rules of the release and those of the folder `types/rules`; `quipu rule
enable` announces one, `quipu rule disable` switches one off. A rule is announced as a `RuleText`,
with who decided and why; one without text switches the rule off.

A log of an older release holds no `RuleText` at all. There the rules of the installed release are
in effect, as they were before, until `quipu found` announces them.
"""

from __future__ import annotations

from typing import NamedTuple

from infra.errors import RuleAnnouncementError
from infra.registry import local_types
from infra.registry.config_writer import ConfigChange, Entry, announce, read_config_history
from infra.settings import Settings
from schemas.exchange_config import ConfigHistory, ConfigView
from schemas.i18n import _
from streams.rules import AnyRule, IdentityRule, Rule, RuleError, library_texts, parse_rule


class RuleDecision(NamedTuple):
    """Who decides about a rule, as an account, and why."""

    author: str
    reason: str


LONGEST_REASON = 500
NOBODY = RuleDecision("", "")
"""Of a rule that the release brings."""


def rules_in_effect(view: ConfigView) -> dict[str, str]:
    """Return the rules that a view of config puts into effect: TOML by rule id.

    A malformed text is left out, as the stream worker leaves it out: `quipu rule enable`
    announces none, so somebody else wrote it.
    """
    texts = view.rules or library_texts()
    return {name: text for name, text in texts.items() if text and _is_rule(name, text)}


def rules_on_trial(view: ConfigView) -> list[tuple[str, AnyRule]]:
    """Return the rules that run for their authors alone, well-formed ones: account and rule."""
    return [
        (author, parse_rule(name, change.text))
        for (author, name), change in sorted(view.shadows.items())
        if _is_rule(name, change.text)
    ]


def shadow_rule(settings: Settings, name: str, text: str, decision: RuleDecision) -> ConfigChange:
    """Run a rule for its author alone. `text`: empty to end it.

    Raises RuleAnnouncementError for what is no rule, for a trial that does not run, or without a
    reason; FoundingError.
    """
    config, decided = read_config_history(settings), checked_decision(decision)
    entry = shadow_entry(name, text, decided, config.newest())
    return announce(settings, config, [entry])


def shadow_entry(name: str, text: str, decision: RuleDecision, view: ConfigView) -> Entry:
    """Return what begins a trial, or ends it where `text` is empty. Raises as `shadow_rule`."""
    former = view.shadows.get((decision.author, name))
    if text:
        _check_types(parse_announced(name, text), view)
    elif former is None or former.is_off:
        raise RuleAnnouncementError(
            _("{author} has no rule {name} on trial.", author=decision.author, name=name),
            _("See them with `quipu rule list`."),
        )
    return "RuleShadow", {"rule": name, "text": text, **decision._asdict()}


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


def enabled_rule_entries(
    name: str, text: str, decision: RuleDecision, view: ConfigView
) -> list[Entry]:
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
    return [*_missing_library(view, without=name), _entry(name, text, decision)]


def disabled_rule_entries(name: str, decision: RuleDecision, view: ConfigView) -> list[Entry]:
    """Return what switches one rule off.

    Raises RuleAnnouncementError for a rule that is not in effect, or without a reason.
    """
    change = view.rule_changes.get(name)
    if change is not None and change.is_off:
        raise RuleAnnouncementError(
            _("The rule {name} is switched off already.", name=name),
            _("See by whom and why with `quipu rule show {name} --history`.", name=name),
        )
    if name not in rules_in_effect(view):
        raise RuleAnnouncementError(
            _("There is no rule {name} to switch off.", name=name),
            _("See them with `quipu rule list`."),
        )
    return [*_missing_library(view, without=name), _entry(name, "", decision)]


def enable_rule(
    settings: Settings, name: str, text: str | None, decision: RuleDecision
) -> ConfigChange:
    """Announce a rule. `text`: None for the last one that config has of it.

    Raises RuleAnnouncementError for a rule that must not hold, or without a reason; FoundingError.
    """
    config = read_config_history(settings)
    known = last_text(config, name) if text is None else text
    entries = enabled_rule_entries(name, known, checked_decision(decision), config.newest())
    return announce(settings, config, entries)


def disable_rule(settings: Settings, name: str, decision: RuleDecision) -> ConfigChange:
    """Switch a rule off. Raises as `disabled_rule_entries` does, and FoundingError."""
    config = read_config_history(settings)
    entries = disabled_rule_entries(name, checked_decision(decision), config.newest())
    return announce(settings, config, entries)


def last_text(config: ConfigHistory, name: str) -> str:
    """Return the newest text of a rule, also of one that is switched off.

    Raises RuleAnnouncementError for a rule that neither config nor the release has.
    """
    changes = [change for change in config.rule_changes() if change.rule == name]
    texts = [change.text for change in changes if _is_rule(name, change.text)]
    if texts:
        return texts[-1]
    if name not in library_texts():
        raise RuleAnnouncementError(
            _("There is no rule {name}.", name=name),
            _("See them with `quipu rule list`."),
        )
    return library_texts()[name]


def checked_decision(decision: RuleDecision) -> RuleDecision:
    """Return a decision whose texts are one visible line each. Raises RuleAnnouncementError."""
    decided = RuleDecision(decision.author.strip(), decision.reason.strip())
    if all(text and text.isprintable() and len(text) <= LONGEST_REASON for text in decided):
        return decided
    raise RuleAnnouncementError(
        _("A decision about a rule has an author and a reason, each in one line."),
        _("Write --reason with at most {most} letters.", most=LONGEST_REASON),
    )


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


def _entry(name: str, text: str, decision: RuleDecision = NOBODY) -> Entry:
    return "RuleText", {"rule": name, "text": text, **decision._asdict()}
