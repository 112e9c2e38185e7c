"""Check the English documents: line length, sentence length, forbidden words, and proselint.

`python -m tests.conventions.prose [PATH ...]` prints one finding a line and exits with 1 if there
is any. Its limits and word list are in prose.toml.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from proselint.checks import __register__ as proselint_checks
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_name("prose.toml")
_FENCE = re.compile(r"^\s*(```|~~~)")
_TABLE_ROW = re.compile(r"^\s*\|")
_ITEM = re.compile(r"^\s*([-*+]|\d+\.)\s+")
_CODE = re.compile(r"`[^`]*`")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_ADDRESS = re.compile(r"<?https?://\S+")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
_WORD = re.compile(r"\w+")


class Finding(NamedTuple):
    """One place in a document that breaks a rule. `line` counts from 1."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits, documents and words of prose.toml."""

    max_line: int
    max_words: int
    documents: Sequence[str] = ()
    without: Sequence[str] = ()
    forbidden: Mapping[str, str] = field(default_factory=dict)
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Line(NamedTuple):
    """A line outside of code blocks, with its number from 1."""

    number: int
    text: str


def load_rules(path: Path = CONFIG) -> Rules:
    """Read the rules. Raises TypeError where the file has a key that is no rule."""
    return Rules(**tomllib.loads(path.read_text(encoding="utf-8")))


def documents(rules: Rules, root: Path = ROOT) -> Sequence[Path]:
    """List the files that the rules name, sorted."""
    chosen: set[Path] = set()
    for pattern in rules.documents:
        if pattern.startswith("!"):
            chosen -= set(root.glob(pattern[1:]))
        else:
            chosen |= set(root.glob(pattern))
    return sorted(path for path in chosen if "node_modules" not in path.parts)


def check(name: str, text: str, rules: Rules) -> list[Finding]:
    """Return what breaks a rule in one document, in the order of its lines."""
    lines = list(_lines_outside_code(text))
    findings = [
        *_long_lines(name, lines, rules.max_line),
        *_long_sentences(name, lines, rules.max_words),
        *_forbidden_words(name, lines, rules),
        *_proselint(name, text, rules),
    ]
    return sorted(findings, key=lambda finding: finding.line)


def _lines_outside_code(text: str) -> Iterator[Line]:
    in_code = False
    for number, line in enumerate(text.splitlines(), start=1):
        if _FENCE.match(line):
            in_code = not in_code
        elif not in_code:
            yield Line(number, line)


def _long_lines(name: str, lines: Sequence[Line], limit: int) -> Iterator[Finding]:
    for line in lines:
        visible = _ADDRESS.sub("", _LINK_TARGET.sub("]", line.text))
        if len(visible) > limit and not _TABLE_ROW.match(line.text):
            message = f"the line has {len(visible)} characters, at most {limit} are allowed"
            yield Finding(name, line.number, message)


def _long_sentences(name: str, lines: Sequence[Line], limit: int) -> Iterator[Finding]:
    for paragraph in _paragraphs(lines):
        text = _without_code(" ".join(line.text.strip() for line in paragraph))
        for sentence in _END_OF_SENTENCE.split(text):
            count = len(_WORD.findall(sentence))
            if count > limit:
                start = " ".join(sentence.split()[:6])
                message = f"a sentence has {count} words, at most {limit} are allowed: {start} …"
                yield Finding(name, paragraph[0].number, message)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Group lines into paragraphs and list items; headings and tables are none."""
    paragraph: list[Line] = []
    for line in lines:
        starts_new = _ITEM.match(line.text) is not None
        belongs = line.text.strip() and not line.text.startswith("#")
        belongs = belongs and not _TABLE_ROW.match(line.text)
        if paragraph and (starts_new or not belongs):
            yield paragraph
            paragraph = []
        if belongs:
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _forbidden_words(name: str, lines: Sequence[Line], rules: Rules) -> Iterator[Finding]:
    allowed = set(rules.allowed.get(name, ()))
    for word, instead in rules.forbidden.items():
        if word in allowed:
            continue
        pattern = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
        for line in lines:
            if pattern.search(_QUOTED.sub("", _without_code(line.text))):
                yield Finding(name, line.number, f"“{word}”: write {instead}")


def _proselint(name: str, text: str, rules: Rules) -> Iterator[Finding]:
    checks = {
        group: enabled for group, enabled in DEFAULT["checks"].items() if group not in rules.without
    }
    prose = {
        line.number: _without_code(line.text) + ("." if line.text.startswith("#") else "")
        for line in _lines_outside_code(text)
        if not _TABLE_ROW.match(line.text)
    }
    content = "\n".join(prose.get(number, "") for number in range(1, text.count("\n") + 2))
    if not content.strip():
        return
    registry = CheckRegistry()  # one for the process
    if not registry.checks:
        registry.register_many(proselint_checks)
    padded = f"\n{content}\n"  # as proselint counts positions
    for result in LintFile(name, content).lint({**DEFAULT, "checks": checks}):
        line = padded.count("\n", 0, result.check_result.span[0] + 1)
        yield Finding(name, max(1, line), f"proselint: {result.check_result.message}")


def _without_code(text: str) -> str:
    """Replace code by one word, so that a sentence keeps its shape."""
    return _ADDRESS.sub("link", _LINK_TARGET.sub("]", _CODE.sub("code", text)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the given files, or all; return 1 if there is a finding, else 0."""
    rules = load_rules()
    paths = [
        Path(argument).resolve() for argument in (sys.argv[1:] if arguments is None else arguments)
    ]
    findings = [
        finding
        for path in paths or documents(rules)
        for finding in check(
            path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"), rules
        )
    ]
    for finding in findings:
        print(f"{finding.path}:{finding.line}: {finding.message}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
