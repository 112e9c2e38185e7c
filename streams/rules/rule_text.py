"""Read what the files of rules over identities, bursts and many records have in common. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from schemas.i18n import LANGUAGES
from streams.rules.errors import RuleError
from streams.rules.file_model import TwoLanguages

Model = TypeVar("Model", bound=BaseModel)


def detector_of(text: str) -> str:
    """Return the detector that a rule's text is meant for; empty where it names none."""
    try:
        return str(tomllib.loads(text).get("detector", ""))
    except tomllib.TOMLDecodeError:
        return ""


def read_model(name: str, text: str, model: type[Model]) -> Model:
    """Read the file called `name` by a model. Raises RuleError naming the file and the key."""
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise RuleError(name, key, first["msg"][:1].lower() + first["msg"][1:]) from None


def by_language(texts: TwoLanguages) -> dict[str, str]:
    """Return the texts of a file, by language."""
    return {language: getattr(texts, language) for language in LANGUAGES}


def holes_of(name: str, sentence: Mapping[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield for each language the key of a rule's sentence, and the holes that it names.

    Raises RuleError where its braces do not close.
    """
    for language, text in sentence.items():
        key = f"sentence.{language}"
        try:
            holes = [hole for _, hole, _, _ in Formatter().parse(text) if hole is not None]
        except ValueError as error:
            raise RuleError(name, key, f"its braces do not close: {error}") from error
        yield key, frozenset(holes)
