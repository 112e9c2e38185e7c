"""Read the closed lists of the field, one JSON file a list.

A file is {list, words, source, codes: {code: {es, en} | a name for both}}. Codes are strings
checked against lists, not Avro enums: config may bring a list (`CodeList`) that replaces one of
these, without a new schema.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.errors import ConfigRefusedError
from schemas.i18n import LANGUAGES

HERE = Path(__file__).parent

CodeSets = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class CodeList:
    """Hold a closed list: its codes in their order, each with its words by language."""

    name: str
    words: Mapping[str, str]
    source: str
    codes: Mapping[str, Mapping[str, str]]


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
        code_list = CodeList(data["list"], data["words"], data["source"], codes)
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
