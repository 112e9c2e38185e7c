"""The tree of errors in the documentation is that of the code."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import consumers
import infra
import producers
import schemas
import streams
from infra import errors
from infra.errors import QuipuError
from schemas import errors as format_errors
from schemas.errors import QuipuFormatError

LINE = re.compile(r"^([│├└─ ]*)(\w+Error)\b", re.MULTILINE)


def drawn(text: str) -> dict[str, str]:
    """Read a drawn tree: the parent's name by the name of each error below the root."""
    parents: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for indent, name in LINE.findall(text):
        while path and path[-1][0] >= len(indent):
            path.pop()
        if path:
            parents[name] = path[-1][1]
        path.append((len(indent), name))
    return parents


def defined(base: type[Exception]) -> Iterator[tuple[str, str]]:
    for error in base.__subclasses__():
        if error.__module__.split(".")[0] != "tests":
            yield error.__name__, base.__name__
            yield from defined(error)


def import_all() -> None:
    for package in (schemas, infra, streams, consumers, producers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(("__main__", "die_with_parent")):
                importlib.import_module(module.name)


def test_the_tree_of_errors_that_people_meet_is_drawn_as_it_is() -> None:
    import_all()
    assert drawn(errors.__doc__ or "") == dict(defined(QuipuError))


def test_the_tree_of_format_errors_is_drawn_as_it_is() -> None:
    import_all()
    assert drawn(format_errors.__doc__ or "") == dict(defined(QuipuFormatError))
