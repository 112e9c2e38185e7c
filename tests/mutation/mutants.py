"""Make the mutants of a module with the operators of cosmic-ray and one more."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator, operator_names
from parso.python.tree import Keyword
from parso.tree import BaseNode, NodeOrLeaf

MODULE_LEVEL = "module"
# docs/mutation.md says why these operators are left out.
WITHOUT = re.compile(
    r"core/(RemoveDecorator|VariableReplacer|VariableInserter"
    r"|ReplaceComparisonOperator_(?!Is)\w+_Is(Not)?"
    r"|ReplaceBinaryOperator_.*_(RShift|LShift|Pow|BitXor|BitAnd|BitOr|FloorDiv|Mod)"
    r"|ReplaceUnaryOperator_.*_(UAdd|Invert|Not))$"
)
_OPPOSITE = {"in": "not in", "not in": "in"}
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)

Key = tuple[str, str, str, str]
Tree = ast.Module


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one line.

    `path`: of the module. `definition`: the function or class that has the line. `line`: its
    number, from 1. `before` and `after`: its text. `source`: the changed module.
    """

    path: str
    definition: str
    line: int
    before: str
    after: str
    source: str

    @property
    def key(self) -> Key:
        """Identify the mutant without its line number, which moves with every edit."""
        return self.path, self.definition, self.before, self.after


class ReplaceMembership:
    """Replace `in` by `not in` and the reverse; cosmic-ray has no operator for it."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[tuple[object, object]]:
        """Yield where each membership operator of a comparison begins and ends."""
        if isinstance(node, BaseNode) and node.type == "comparison":
            for child in node.children[1::2]:
                if _code(child) in _OPPOSITE:
                    yield child.start_pos, child.end_pos

    def mutate(self, node: BaseNode, index: int) -> BaseNode:
        """Replace one of these operators in place."""
        places = [
            place
            for place in range(1, len(node.children), 2)
            if _code(node.children[place]) in _OPPOSITE
        ]
        child = node.children[places[index]]
        node.children[places[index]] = Keyword(_OPPOSITE[_code(child)], child.start_pos, " ")
        return node


def _code(node: NodeOrLeaf) -> str:
    return str(node.get_code()).strip()  # type: ignore[no-untyped-call]


class _Comparable(ast.NodeTransformer):
    """Drop what no test needs to notice: annotations, docstrings, decorators, protocols.

    cosmic-ray also takes the `*` of a signature for a multiplication.
    """

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
        node.defaults = [*node.defaults, *(default for default in node.kw_defaults if default)]
        node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = []
        return self._without_docstring(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = []
        if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases):
            node.body = [ast.Pass()]
        return self._without_docstring(node)

    def _without_docstring(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        if ast.get_docstring(node) is not None:
            node.body = [*node.body[1:], ast.Pass()]
        return self.generic_visit(node)


def mutants_of(root: Path, path: str) -> list[Mutant]:
    """List the mutants of a module that differ from it and from each other when it runs.

    Where a function has the same change twice, `after` of the second ends with its number.
    """
    source = (root / path).read_text(encoding="utf-8")
    dumps = {ast.dump(_comparable(source))}
    counts: Counter[Key] = Counter()
    mutants: list[Mutant] = []
    for changed in _changed_sources(source):
        try:
            tree = _comparable(changed)
        except SyntaxError:
            continue
        dump = ast.dump(tree)
        if dump not in dumps and not _orders_texts(tree):
            dumps.add(dump)
            mutant = _describe(path, source, changed)
            counts[mutant.key] += 1
            number = counts[mutant.key]
            mutants.append(
                mutant if number == 1 else replace(mutant, after=f"{mutant.after} ({number})")
            )
    return sorted(mutants, key=lambda mutant: (mutant.line, mutant.after))


def _comparable(source: str) -> Tree:
    tree = ast.parse(source)
    _Comparable().visit(tree)
    return tree


def _changed_sources(source: str) -> Iterator[str]:
    nodes = list(ast_nodes(get_ast(source)))
    names = [name for name in operator_names() if not WITHOUT.match(name)]
    for operator in (*(get_operator(name)() for name in names), ReplaceMembership()):
        count = sum(1 for node in nodes for _ in operator.mutation_positions(node))
        for occurrence in range(count):
            changed = MutationVisitor.mutate_code(source, operator, occurrence)
            if changed is not None:
                yield str(changed)


def _orders_texts(tree: Tree) -> bool:
    """Say whether a text of the code is compared by its place in the alphabet."""
    return any(
        isinstance(order, _ORDERS)
        and isinstance(right, ast.Constant)
        and isinstance(right.value, str)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for order, right in zip(node.ops, node.comparators, strict=True)
    )


def _describe(path: str, source: str, changed: str) -> Mutant:
    lines, changed_lines = source.splitlines(), changed.splitlines()
    index = next(
        number
        for number, (before, after) in enumerate(zip(lines, changed_lines, strict=False))
        if before != after
    )
    return Mutant(
        path=path,
        definition=_definition_at(source, index + 1),
        line=index + 1,
        before=_tidy(lines[index]),
        after=_tidy(changed_lines[index]),
        source=changed,
    )


def _tidy(line: str) -> str:
    return re.sub(r"(?<=[(\[]) ", "", " ".join(line.split()))


def _definition_at(source: str, line: int) -> str:
    """Name the outermost function that has a line, as Class.method; else the class, or module."""
    names: list[str] = []
    body = ast.parse(source).body
    while True:
        around = [
            node
            for node in body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]
        if not around:
            return ".".join(names) or MODULE_LEVEL
        names.append(around[0].name)
        if isinstance(around[0], ast.FunctionDef):
            return ".".join(names)
        body = around[0].body
