"""Bring the Spanish catalogue up to date with the texts in the code, or check that it is.

`make messages` adds new texts without Spanish, drops those that the code no longer has, and sorts
by file and text, so that parallel changes merge. Where a new text resembles a dropped one, it takes
over its Spanish and marks it `fuzzy`: correct it and delete that mark. `--check` changes nothing
and lists what is missing.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "schemas/locale/es/LC_MESSAGES/quipu.po"
PACKAGES = ("schemas", "producers", "streams", "consumers", "infra")
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
METHODS = [
    ("**/node_modules/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]
OPTIONS = {"**/templates/**.html": {"trimmed": "true"}}
PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+[^{}]*)\}(?!\})")
WIDTH = 96
HEADER = """\
# Spanish texts of Quipu. Each entry: the files that use it, the English text, the Spanish text.
msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def texts_in_code() -> Catalog:
    """Return every text of the code and the page's templates, with the files that use it."""
    used: dict[tuple[str, str | tuple[str, ...]], set[str]] = {}
    for package in PACKAGES:
        folder = ROOT / package
        for file, _line, msgid, _comments, context in extract_from_dir(
            folder, METHODS, OPTIONS, KEYWORDS, strip_comment_tags=True
        ):
            used.setdefault((context or "", msgid), set()).add(f"{package}/{file}")
    catalogue = Catalog()
    for (context, msgid), files in sorted(
        used.items(), key=lambda entry: (min(entry[1]), str(entry[0]))
    ):
        catalogue.add(
            msgid, locations=[(file, 0) for file in sorted(files)], context=context or None
        )
    return catalogue


def stored() -> Catalog:
    """Return the catalogue as it is stored."""
    return read_po(io.BytesIO(CATALOGUE.read_bytes()))


def updated() -> Catalog:
    """Return the catalogue of the texts in the code with the Spanish that is known."""
    catalogue, code = stored(), texts_in_code()
    catalogue.update(code)
    catalogue.obsolete.clear()
    ordered = Catalog()
    for text in code:
        if text.id:
            entry = catalogue.get(text.id, text.context)
            if entry is None:
                raise LookupError(f"{text.id!r} is not in the updated catalogue")
            ordered.add(
                text.id,
                entry.string,
                text.locations,
                entry.flags - {"python-format"},
                context=text.context,
            )
    return ordered


def as_text(catalogue: Catalog) -> str:
    """Return the file's text, in the catalogue's order, without line numbers and dates."""
    for message in catalogue:
        message.flags -= {"python-format", "python-brace-format"}
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=WIDTH, omit_header=True, include_lineno=False)
    return HEADER + buffer.getvalue().decode().strip() + "\n"


def faults(catalogue: Catalog) -> Iterator[str]:
    """Say what is wrong with each entry: no Spanish, a fuzzy one, other placeholders."""
    for message in catalogue:
        if not message.id:
            continue
        string = message.string or ""  # a new text has None
        texts = [string] if isinstance(string, str) else list(string)
        if not all(texts):
            yield f"no Spanish: {message.id!r}"
        elif message.fuzzy:
            yield f"fuzzy, to be corrected: {message.id!r}"
        elif any(
            placeholders(text) - placeholders(english)
            for text, english in zip(texts, _english(message), strict=True)
        ):
            yield f"other placeholders than the English: {message.id!r}"
        elif placeholders(_english(message)[-1]) != placeholders(texts[-1]):
            yield f"placeholders missing in the Spanish: {message.id!r}"


def misuses(path: str, code: str) -> Iterator[str]:
    """Say which calls cannot be extracted: inside an f-string, or of a text that is built."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(map(_is_message, ast.walk(node))):
            yield f"{path}:{node.lineno}: a text of the catalogue inside an f-string"
        if _is_message(node) and not all(map(_is_constant, _texts(node))):
            yield f"{path}:{node.lineno}: the text is no constant"


def _is_message(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS
    )


def _texts(call: ast.Call) -> list[ast.expr]:
    return call.args[: 1 if isinstance(call.func, ast.Name) and call.func.id == "_" else 2]


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def placeholders(text: str) -> set[str]:
    """Return the placeholders of a text, with their formats."""
    return set(PLACEHOLDER.findall(text))


def _english(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def main() -> int:
    """Write the catalogue, or check it; 1 where something is missing."""
    catalogue = updated()
    wrong = list(faults(catalogue))
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            wrong += misuses(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    text = as_text(catalogue)
    if "--check" not in sys.argv:
        CATALOGUE.write_text(text, encoding="utf-8")
    elif text != CATALOGUE.read_text(encoding="utf-8"):
        wrong.append("the catalogue is not that of the code: run `make messages`")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
