"""Check names and docstrings: forbidden variable names, short docstrings, a class name once.

`python -m tests.conventions.names` prints one finding a line and exits with 1 if there is any.
Its word list is in names.toml.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_name("names.toml")


class Finding(NamedTuple):
    """One place in the code that breaks a rule. `line` counts from 1."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class NameRules:
    """The content of names.toml. `packages` are the folders whose class names must differ."""

    packages: tuple[str, ...]
    folders: tuple[str, ...]
    forbidden: frozenset[str]
    min_words: int


class ClassPlace(NamedTuple):
    """Where a class of the product is defined."""

    name: str
    path: str
    line: int


def read_rules(path: Path = CONFIG) -> NameRules:
    """Read names.toml. Raises KeyError where a key is missing."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return NameRules(
        tuple(content["packages"]),
        tuple(content["folders"]),
        frozenset(content["forbidden"]),
        content["min_words"],
    )


def check_module(path: str, text: str, rules: NameRules) -> Iterator[Finding]:
    """Yield what breaks a rule in one module, apart from class names."""
    for node in ast.walk(ast.parse(text)):
        for name, line in bound_names(node):
            if name in rules.forbidden:
                yield Finding(path, line, f"`{name}` is no noun: name what the variable holds")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and hides_catalogue(node):
            yield Finding(path, node.lineno, f"`{node.name}` calls `_` and binds it as a variable")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            words = (ast.get_docstring(node) or "").split()
            if words and len(words) < rules.min_words:
                yield Finding(path, node.lineno, f"the docstring of `{node.name}` says too little")


def bound_names(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the names that a node binds: variables, parameters, fields, functions, captures."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name, node.lineno
        case ast.Attribute(attr=name, ctx=ast.Store()):
            yield name, node.lineno
        case ast.arg(arg=name):
            yield name, node.lineno
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name, node.lineno
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name, node.lineno
        case ast.alias(asname=str(name)):
            yield name, node.lineno


def hides_catalogue(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function marks a text with `_(...)` where `_` is a variable of its own.

    A comprehension has variables of its own, so that `_` in one hides nothing.
    """
    binds = calls = False
    nodes: list[ast.AST] = list(ast.iter_child_nodes(function))
    while nodes:
        node = nodes.pop()
        binds |= isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
        calls |= isinstance(node, ast.Call) and ast.unparse(node.func) == "_"
        if not isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            nodes += ast.iter_child_nodes(node)
    return binds and calls


def find_classes(path: str, text: str) -> Iterator[ClassPlace]:
    """Yield the classes that a module defines at its top level; private ones included."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            yield ClassPlace(node.name, path, node.lineno)


def repeated_classes(places: Iterable[ClassPlace]) -> Iterator[Finding]:
    """Yield each class whose name stands for another class too."""
    by_name: dict[str, list[ClassPlace]] = defaultdict(list)
    for place in places:
        by_name[place.name].append(place)
    for same in by_name.values():
        for place in same[1:]:
            first = same[0]
            message = f"class `{place.name}` has the name of {first.path}:{first.line}"
            yield Finding(place.path, place.line, message)


def check(root: Path, rules: NameRules) -> list[Finding]:
    """Find everything that breaks a rule below `root`, by path and line."""
    findings: list[Finding] = []
    classes: list[ClassPlace] = []
    for folder in rules.folders:
        for path in sorted((root / folder).rglob("*.py")):
            name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
            if "node_modules" in name:
                continue
            findings += check_module(name, text, rules)
            if folder in rules.packages:
                classes += find_classes(name, text)
    return sorted([*findings, *repeated_classes(classes)])


def main() -> int:
    """Print each finding as `path:line: message`. Returns 1 if there is any, else 0."""
    findings = check(ROOT, read_rules())
    for finding in findings:
        print(f"{finding.path}:{finding.line}: {finding.message}")
    if findings:
        print(f"{len(findings)} findings. The rules are in {CONFIG.relative_to(ROOT)}.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
