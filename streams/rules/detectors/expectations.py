"""Read a file of further examples for a rule. Pure."""

from __future__ import annotations

import tomllib
from typing import Annotated

from pydantic import Field, ValidationError

from streams.rules.detectors.detector_rule import RuleExample
from streams.rules.detectors.examples import ExampleError, read_expectations
from streams.rules.detectors.file_model import ExampleTable
from streams.rules.errors import RuleError
from streams.rules.file_model import RuleFileTable


class ExpectationsModel(RuleFileTable):
    """A file of examples without a rule."""

    examples: Annotated[list[ExampleTable], Field(min_length=1)]


def read_expectations_text(name: str, text: str) -> tuple[RuleExample, ...]:
    """Read the examples of a file called `name`. Raises RuleError naming the key at fault."""
    try:
        model = ExpectationsModel.model_validate(tomllib.loads(text))
        return read_expectations(model.examples)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(name, "file", f"is no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise RuleError(name, key, first["msg"]) from None
    except ExampleError as error:
        raise RuleError(name, error.key, str(error)) from None
