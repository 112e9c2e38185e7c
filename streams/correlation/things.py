"""Things: observations of one partition → evidence, and changes of state."""

from collections.abc import Sequence

from schemas.model import Message
from streams.correlation.step import Get, Scan, Step
from streams.rules import RuleBook


class Things:
    """Pure: decides by its arguments alone. One object serves all partitions."""

    def __init__(self, generation: int, rules: RuleBook) -> None:
        self.generation = generation
        self.rules = rules

    def fold(self, messages: Sequence[Message], get: Get, scan: Scan) -> Step:
        """The step of a batch of one partition's messages, in the order of their offsets."""
        raise NotImplementedError
