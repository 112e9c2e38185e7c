"""What can be wrong with a rule's file."""


class RuleError(ValueError):
    """The file, the key and what it should be are in the message."""

    def __init__(self, name: str, key: str, detail: str) -> None:
        super().__init__(f"{name}: {key}: {detail}")
        self.name = name
        self.key = key
