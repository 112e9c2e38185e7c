"""Say what is wrong with a rule's file."""


class RuleError(ValueError):
    """A rule's text cannot be used: the message names the rule, the key, and what it should be."""

    def __init__(self, name: str, key: str, detail: str) -> None:
        """Name the rule and the key at fault."""
        super().__init__(f"{name}: {key}: {detail}")
        self.name = name
        self.key = key
