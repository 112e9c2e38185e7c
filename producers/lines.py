"""What reading a file gives, whatever its format."""

from producers.model import Line, Refusal

MAX_LINE = 4 * 1024 * 1024  # a longer line is broken: it would only fill memory

Read = Line | Refusal
Text = tuple[int, str] | Refusal


class FileRefused(Exception):
    """The file, or all of it from a line on, cannot be read."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
