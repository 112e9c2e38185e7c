"""Read a rule's file, and say by line and key what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from infra.errors import RuleAnnouncementError
from infra.registry.rule_fields import field_faults
from infra.registry.rules import types_of_rule
from schemas.event.compared_fields import compared_fields
from schemas.event.event_type import released_types
from schemas.i18n import _
from streams.rules import AnyRule, DetectorRule, Rule, RuleError, parse_rule
from streams.rules.file_lines import line_of_key


class RuleFault(TypedDict):
    """What is wrong with a rule's file, and where."""

    file: str
    line: int
    key: str
    detail: str


def find_fault(file: Path, text: str) -> RuleFault | None:
    """Return the first fault of a rule's file; None where it has none."""
    try:
        rule = parse_rule(file.stem, text)
    except RuleError as error:
        detail = str(error).removeprefix(f"{error.name}: {error.key}: ")
        line = line_of_key(text, error.key, detail)
        return {"file": str(file), "line": line, "key": error.key, "detail": detail}
    texts = {kind.name: kind.format.text for kind in released_types().values()}
    unknown = sorted(types_of_rule(rule) - set(texts))
    if not unknown:
        return _field_fault(file, text, rule, texts)
    line = next(place for place, row in enumerate(text.splitlines(), 1) if f'"{unknown[0]}"' in row)
    detail = f"this release has no event type {unknown[0]!r}"
    return {"file": str(file), "line": line, "key": "type", "detail": detail}


def _field_fault(
    file: Path, text: str, rule: AnyRule, texts: Mapping[str, str]
) -> RuleFault | None:
    """Return the first field that the records of a rule cannot have. `texts`: schemas by type."""
    types = {name: compared_fields(texts[name]) for name in types_of_rule(rule)}
    for key, detail in field_faults(rule, types):
        return {"file": str(file), "line": line_of_key(text, key), "key": key, "detail": detail}
    return None


def read_any_rule(file: Path) -> AnyRule:
    """Read a rule of any form. Raises RuleAnnouncementError for what is none."""
    text = read_rule_text(file)
    fault = find_fault(file, text)
    if fault is not None:
        raise RuleAnnouncementError(
            _("{file}:{line}: {key}: {detail}", **fault),
            _("Correct the line and repeat the command."),
        )
    return parse_rule(file.stem, text)


def read_explained_rule(file: Path) -> DetectorRule | Rule:
    """Read a rule that `rule explain` knows. Raises RuleAnnouncementError for another one."""
    rule = read_any_rule(file)
    if not isinstance(rule, DetectorRule | Rule):
        raise RuleAnnouncementError(
            _("The rule {name} is neither one of pairs nor one over many records.", name=file.stem),
            _("Try it with `quipu rule dry-run`: this shows what it finds."),
        )
    return rule


def read_rule_with_examples(file: Path) -> AnyRule:
    """Read a rule that has examples. Raises RuleAnnouncementError for one without."""
    rule = read_any_rule(file)
    if not rule.examples:
        raise RuleAnnouncementError(
            _("The rule {name} has no examples.", name=file.stem),
            _("docs/rules.md shows how to write them."),
        )
    return rule


def read_rule_text(file: Path) -> str:
    """Read a file as text. Raises RuleAnnouncementError where it is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RuleAnnouncementError(
            _("The file {path} is not UTF-8.", path=file), _("Save it in that encoding.")
        ) from error
