"""Read the closed lists of the field, one JSON file a list.

A file is {list, words, source, codes: {code: {es, en} | a name for both}}. Codes are strings
checked against lists, not Avro enums: config may bring a list (`CodeList`) that replaces one of
these, without a new schema.

A list by which free text is read has more: `aliases` (code -> how people write it), `kind_of`
(code -> the more general code), `idle` (words that say nothing) and `denials` (words that deny what
stands next to them). `schemas.measures.code_finder` reads texts by it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from schemas.errors import ConfigRefusedError
from schemas.i18n import LANGUAGES

HERE = Path(__file__).parent

CodeSets = Mapping[str, frozenset[str]]
_FOR_TEXTS = ("aliases", "kind_of", "idle", "denials")


@dataclass(frozen=True, slots=True)
class CodeList:
    """Hold a closed list: its codes in their order, each with its words by language."""

    name: str
    words: Mapping[str, str]
    source: str
    codes: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kind_of: Mapping[str, str] = field(default_factory=dict)
    idle: Sequence[str] = ()
    denials: Sequence[str] = ()


def parse(text: str) -> CodeList:
    """Read a list from its JSON: a file of this folder, or config's CodeList.

    Raises ConfigRefusedError that says what is wrong.
    """
    try:
        data = json.loads(text)
        codes = {
            code: dict.fromkeys(LANGUAGES, words) if isinstance(words, str) else words
            for code, words in data["codes"].items()
        }
        more = {name: data[name] for name in _FOR_TEXTS if name in data}
        code_list = CodeList(data["list"], data["words"], data["source"], codes, **more)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ConfigRefusedError(
            "a code list must be JSON with list, words, source and codes: "
            f"{type(error).__name__}: {error}"
        ) from error
    for code, words in [(code_list.name, code_list.words), *codes.items()]:
        if not set(LANGUAGES) <= set(words):
            raise ConfigRefusedError(
                f"{code_list.name}: {code} needs words in Spanish and in English"
            )
    for code in (*code_list.aliases, *code_list.kind_of, *code_list.kind_of.values()):
        if code not in codes:
            raise ConfigRefusedError(f"{code_list.name}: {code} is no code of the list")
    return code_list


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Read every list of this folder, by name."""
    parsed = (parse(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.json")))
    return {code_list.name: code_list for code_list in parsed}


@cache
def _released() -> CodeSets:
    return {name: frozenset(code_list.codes) for name, code_list in code_lists().items()}


def code_sets(overrides: Mapping[str, str] | None = None) -> CodeSets:
    """Return the codes of every list, for checking.

    `overrides`: config's lists by name (JSON), each replacing ours. Raises ConfigRefusedError.
    """
    if not overrides:
        return _released()
    return {
        **_released(),
        **{name: frozenset(parse(text).codes) for name, text in overrides.items()},
    }
