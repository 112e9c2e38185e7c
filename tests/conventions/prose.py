"""Check documents and texts for users: lengths of lines and sentences, forbidden words, proselint.

`python -m tests.conventions.prose [PATH ...]` prints one finding a line and exits with 1 if there
is any. Without paths it checks all documents, the message catalogue, and the docstrings and
comments of the product for forbidden words. proselint reads the English documents only. The limits
and word lists are in prose.toml.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po
from proselint.checks import __register__ as proselint_checks
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_name("prose.toml")
CATALOGUE = ROOT / "schemas/locale/es/LC_MESSAGES/quipu.po"
_FENCE = re.compile(r"^\s*(```|~~~)")
_TABLE_ROW = re.compile(r"^\s*\|")
_ITEM = re.compile(r"^\s*([-*+]|\d+\.)\s+")
_CODE = re.compile(r"`[^`]*`|\{\w+[^}\s]*\}")  # also the value of a text: {node}
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
    code: Sequence[str] = ()
    spanish_documents: Sequence[str] = ()
    forbidden_spanish: Mapping[str, str] = field(default_factory=dict)
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Line(NamedTuple):
    """A line outside of code blocks, with its number from 1."""

    number: int
    text: str


def load_rules(path: Path = CONFIG) -> Rules:
    """Read the rules. Raises TypeError where the file has a key that is no rule."""
    return Rules(**tomllib.loads(path.read_text(encoding="utf-8")))


def documents(patterns: Sequence[str], root: Path = ROOT) -> Sequence[Path]:
    """List the files that the globs choose, sorted; a glob after "!" leaves files out."""
    chosen: set[Path] = set()
    for pattern in patterns:
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
        *_forbidden_words(name, lines, rules.forbidden, rules.allowed.get(name, ())),
        *_proselint(name, text, rules),
    ]
    return sorted(findings, key=lambda finding: finding.line)


def check_spanish(name: str, text: str, rules: Rules) -> list[Finding]:
    """Return what breaks a rule in one Spanish document, in the order of its lines."""
    lines = list(_lines_outside_code(text))
    findings = [
        *_long_lines(name, lines, rules.max_line),
        *_long_sentences(name, lines, rules.max_words),
        *_forbidden_words(name, lines, rules.forbidden_spanish, rules.allowed.get(name, ())),
    ]
    return sorted(findings, key=lambda finding: finding.line)


def check_catalogue(path: Path, rules: Rules, root: Path = ROOT) -> list[Finding]:
    """Return the forbidden words in the English and Spanish texts of the message catalogue."""
    name = path.relative_to(root).as_posix()
    findings: list[Finding] = []
    with path.open("rb") as file:
        for message in read_po(file):
            line = message.lineno or 1
            for text, forbidden in (
                (message.id, rules.forbidden),
                (message.string, rules.forbidden_spanish),
            ):
                forms = [text] if isinstance(text, str) else text or ()
                lines = [Line(line, form) for form in forms if message.id]
                findings += _forbidden_words(name, lines, forbidden, rules.allowed.get(name, ()))
    return findings


def check_python(name: str, text: str, rules: Rules) -> list[Finding]:
    """Return the forbidden words in the docstrings and comments of a Python file."""
    lines = [*_docstrings(text), *_comments(text)]
    findings = _forbidden_words(name, lines, rules.forbidden, rules.allowed.get(name, ()))
    return sorted(findings, key=lambda finding: finding.line)


def _docstrings(text: str) -> Iterator[Line]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring:
                yield Line(node.body[0].lineno, " ".join(docstring.split()))


def _comments(text: str) -> Iterator[Line]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield Line(token.start[0], token.string)


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


def _forbidden_words(
    name: str, lines: Sequence[Line], forbidden: Mapping[str, str], allowed: Sequence[str]
) -> Iterator[Finding]:
    for word, instead in forbidden.items():
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


def check_file(path: Path, rules: Rules) -> list[Finding]:
    """Return what breaks a rule in one file, by the rules of its language."""
    if path == CATALOGUE:
        return check_catalogue(path, rules)
    name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return check_python(name, text, rules)
    is_spanish = path in documents(rules.spanish_documents)
    return check_spanish(name, text, rules) if is_spanish else check(name, text, rules)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the given files, or all; return 1 if there is a finding, else 0."""
    rules = load_rules()
    patterns = [*rules.documents, *rules.spanish_documents, *rules.code]
    paths = [Path(text).resolve() for text in (sys.argv[1:] if arguments is None else arguments)]
    findings = [
        finding
        for path in paths or [*documents(patterns), CATALOGUE]
        for finding in check_file(path, rules)
    ]
    for finding in findings:
        print(f"{finding.path}:{finding.line}: {finding.message}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
