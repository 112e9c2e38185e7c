"""Read a file of further examples for a rule. Pure."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from streams.rules.detectors.detector_rule import RuleExample
from streams.rules.detectors.examples import ExampleError, read_expectations
from streams.rules.detectors.file_model import ExampleTable
from streams.rules.errors import RuleError
from streams.rules.file_model import RuleFileTable
from streams.rules.rule_text import read_model


class ExpectationsModel(RuleFileTable):
    """A file of examples without a rule."""

    examples: Annotated[list[ExampleTable], Field(min_length=1)]


def read_expectations_text(name: str, text: str) -> tuple[RuleExample, ...]:
    """Read the examples of a file called `name`. Raises RuleError naming the key at fault."""
    model = read_model(name, text, ExpectationsModel)
    try:
        return read_expectations(model.examples)
    except ExampleError as error:
        raise RuleError(name, error.key, str(error)) from None
