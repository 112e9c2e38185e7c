"""Rules come from config: announced once, in versions that only rise, ended by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from infra.errors import RuleAnnouncementError
from infra.registry import rules
from infra.registry.config_writer import Entry
from infra.settings import Settings
from producers.cli.rules import list_rules
from schemas.event.event_type import released_types
from schemas.exchange_config import ConfigHistory, ConfigView, apply
from streams.rules import library_texts

NAME = "weapon-in-two-countries"
TEXT = library_texts()[NAME]
NEWER = TEXT.replace("version = ", "version = 9", 1)
WHY = rules.RuleDecision("ana.quispe", "too many false alarms at Desaguadero")
TYPES = ConfigView(
    schemas={key: (kind.name, kind.format.text) for key, kind in released_types().items()}
)


def applied(view: ConfigView, entries: Sequence[Entry]) -> ConfigView:
    for name, entry in entries:
        view = apply(view, name, dict(entry))
    return view


def put_rule(home: Path, name: str, text: str) -> Settings:
    folder = home / "types" / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return Settings(home)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
def announced(settings: Settings) -> ConfigView:
    return applied(TYPES, rules.pending_rule_entries(settings, TYPES))


def test_founding_announces_every_rule_of_the_release_once(
    settings: Settings, announced: ConfigView
) -> None:
    assert rules.rules_in_effect(announced) == library_texts()
    assert rules.pending_rule_entries(settings, announced) == []


def test_a_log_without_rules_has_those_of_the_release() -> None:
    assert rules.rules_in_effect(ConfigView()) == library_texts()


def test_a_changed_or_missing_file_of_a_machine_changes_nothing(
    tmp_path: Path, announced: ConfigView
) -> None:
    put_rule(tmp_path, NAME, NEWER)
    assert rules.rules_in_effect(announced)[NAME] == TEXT
    (tmp_path / "types" / "rules" / f"{NAME}.toml").unlink()
    assert rules.rules_in_effect(announced) == library_texts()


def test_a_rule_of_the_data_folder_is_announced_beside_the_others(tmp_path: Path) -> None:
    settings = put_rule(tmp_path, "weapons-again", TEXT)
    view = applied(TYPES, rules.pending_rule_entries(settings, TYPES))
    assert rules.rules_in_effect(view) == {**library_texts(), "weapons-again": TEXT}


def test_a_rule_of_the_data_folder_takes_the_place_of_the_releases(tmp_path: Path) -> None:
    settings = put_rule(tmp_path, NAME, NEWER)
    view = applied(TYPES, rules.pending_rule_entries(settings, TYPES))
    assert rules.rules_in_effect(view)[NAME] == NEWER


def test_a_new_version_of_a_file_is_announced(tmp_path: Path, announced: ConfigView) -> None:
    settings = put_rule(tmp_path, NAME, NEWER)
    entries = rules.pending_rule_entries(settings, announced)
    assert [entry["rule"] for _name, entry in entries] == [NAME]
    assert rules.pending_rule_entries(settings, applied(announced, entries)) == []


def test_a_changed_file_with_its_former_version_is_refused(
    tmp_path: Path, announced: ConfigView
) -> None:
    settings = put_rule(tmp_path, NAME, TEXT + "\n# changed\n")
    with pytest.raises(RuleAnnouncementError, match="version"):
        rules.pending_rule_entries(settings, announced)


def test_a_release_does_not_take_back_what_the_exchange_announced(
    settings: Settings, announced: ConfigView
) -> None:
    view = applied(announced, rules.enabled_rule_entries(NAME, NEWER, WHY, announced))
    assert rules.rules_in_effect(view)[NAME] == NEWER
    assert rules.pending_rule_entries(settings, view) == []


def test_the_first_rule_of_an_old_log_brings_those_of_the_release() -> None:
    view = applied(TYPES, rules.enabled_rule_entries("weapons-again", TEXT, WHY, TYPES))
    assert rules.rules_in_effect(view) == {**library_texts(), "weapons-again": TEXT}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TEXT, "already"),
        (TEXT + "\n# changed\n", "version"),
        ("version = 9", "roles"),
        ("version =", "TOML"),
        (NEWER.replace('"seizure"', '"sorcery"'), "sorcery"),
    ],
)
def test_what_must_not_hold_is_not_announced(announced: ConfigView, text: str, reason: str) -> None:
    with pytest.raises(RuleAnnouncementError, match=reason):
        rules.enabled_rule_entries(NAME, text, WHY, announced)


def test_an_ended_rule_stays_ended_until_it_is_added_by_name(
    settings: Settings, announced: ConfigView
) -> None:
    ended = applied(announced, rules.disabled_rule_entries(NAME, WHY, announced))
    assert rules.rules_in_effect(ended) == {
        name: text for name, text in library_texts().items() if name != NAME
    }
    assert rules.pending_rule_entries(settings, ended) == []
    again = applied(ended, rules.enabled_rule_entries(NAME, TEXT, WHY, ended))
    assert rules.rules_in_effect(again) == library_texts()


def test_a_rule_that_is_not_in_effect_cannot_be_ended(announced: ConfigView) -> None:
    with pytest.raises(RuleAnnouncementError, match="no-such-rule"):
        rules.disabled_rule_entries("no-such-rule", WHY, announced)
    ended = applied(announced, rules.disabled_rule_entries(NAME, WHY, announced))
    with pytest.raises(RuleAnnouncementError, match="switched off already"):
        rules.disabled_rule_entries(NAME, WHY, ended)


def test_a_malformed_text_in_config_holds_for_nobody(announced: ConfigView) -> None:
    view = applied(announced, [("RuleText", {"rule": "bad", "text": "version ="})])
    assert rules.rules_in_effect(view) == library_texts()


def test_an_added_rule_is_in_effect_from_its_time_on(announced: ConfigView) -> None:
    config = ConfigHistory()
    config.add("Founding", {"notice_ms": 1000}, 0, 5)
    for name, text in announced.rules.items():
        config.add("RuleText", {"rule": name, "text": text}, 0, 6)
    config.add("Founded", {}, 0, 7)
    [(name, entry)] = rules.enabled_rule_entries(NAME, NEWER, WHY, _with_types(config.newest()))
    config.add(name, dict(entry), 2000, 1000)
    assert rules.rules_in_effect(config.at(1999))[NAME] == TEXT
    assert rules.rules_in_effect(config.at(2000))[NAME] == NEWER


def _with_types(view: ConfigView) -> ConfigView:
    return ConfigView(rules=view.rules, schemas=TYPES.schemas)


def test_config_keeps_who_switched_a_rule_off_or_on_and_why(announced: ConfigView) -> None:
    config = ConfigHistory()
    config.add("Founding", {"notice_ms": 0}, 0, 0)
    config.add("RuleText", {"rule": NAME, "text": TEXT}, 0, 1)  # as an older release wrote it
    again = rules.RuleDecision("luis", "the false alarms came from a list")
    off = rules.disabled_rule_entries(NAME, WHY, config.newest())
    config.add(off[0][0], dict(off[0][1]), 500, 2)
    assert rules.last_text(config, NAME) == TEXT
    [(name, entry)] = rules.enabled_rule_entries(NAME, TEXT, again, _with_types(config.newest()))
    config.add(name, dict(entry), 900, 3)
    assert [(change.since, change.is_off, *change[3:]) for change in config.rule_changes()] == [
        (0, False, "", ""),
        (500, True, *WHY),
        (900, False, *again),
    ]
    states = [list_rules(config, now) for now in (400, 600, 1000)]
    assert [[row["status"] for row in rows if row["rule"] == NAME] for rows in states] == [
        ["current"],
        ["announced"],
        ["current"],
    ]
    newest = next(row for row in states[-1] if row["rule"] == NAME)
    assert (newest["author"], newest["reason"]) == again


def test_a_rule_that_is_off_is_listed_with_its_reason() -> None:
    config = ConfigHistory()
    config.add("Founding", {"notice_ms": 0}, 0, 0)
    config.add("RuleText", {"rule": NAME, "text": TEXT}, 0, 1)
    config.add("RuleText", {"rule": NAME, "text": "", **WHY._asdict()}, 500, 2)
    [row] = [row for row in list_rules(config, 600) if row["rule"] == NAME]
    assert (row["status"], row["version"], row["reason"]) == ("off", 2, WHY.reason)


@pytest.mark.parametrize("reason", ["", "  ", "a\nb", "\x1b[2J", "\u202eabc", "x" * 501])
def test_a_decision_without_a_plain_reason_is_refused(settings: Settings, reason: str) -> None:
    with pytest.raises(RuleAnnouncementError, match="reason"):
        rules.checked_decision(rules.RuleDecision("ana", reason))


def test_a_rule_on_trial_is_in_effect_for_nobody_and_ends_by_its_author(
    announced: ConfigView,
) -> None:
    begin = rules.shadow_entry("weapons-again", TEXT, WHY, announced)
    view = applied(announced, [begin])
    assert rules.rules_in_effect(view) == rules.rules_in_effect(announced)
    [(author, rule)] = rules.rules_on_trial(view)
    assert (author, rule.id) == (WHY.author, "weapons-again")
    with pytest.raises(RuleAnnouncementError, match="luis has no rule"):
        rules.shadow_entry("weapons-again", "", rules.RuleDecision("luis", "no"), view)
    ended = applied(view, [rules.shadow_entry("weapons-again", "", WHY, view)])
    assert rules.rules_on_trial(ended) == []
    with pytest.raises(RuleAnnouncementError, match="sorcery"):
        rules.shadow_entry(NAME, TEXT.replace('"seizure"', '"sorcery"'), WHY, announced)
