"""Read records most of which say the same as the one before, such as the envelopes of a node.

Where the bytes of a stretch of fields are those of an earlier record, so are its values, which are
taken from there. So records may share lists and records within them: nobody may change these.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from schemas.avro.codec import HEADER_BYTES, Format
from schemas.avro.reader_compiler import UNREADABLE, ReaderCompiler

R = TypeVar("R")
Stretches = Mapping[str, str]
"""The first field of a stretch → its last field; both of one record type, which has no namesakes of
the first field in other types.
"""


def compile_shared_reader(format_: Format[R], stretches: Stretches) -> Callable[[bytes], R]:
    """Compile a function that reads as `Format.read` does, with values shared between records."""
    compiled = _SharedReaderCompiler(stretches).compile(format_.plain_definition)
    header = format_.header

    def read(data: bytes) -> R:
        if compiled is not None and data.startswith(header):
            try:
                return compiled(data, HEADER_BYTES)  # type: ignore[no-any-return]
            except UNREADABLE:
                pass  # the format reads it, or says what is wrong
        return format_.read(data)

    return read


class _SharedReaderCompiler(ReaderCompiler):
    """Writes a function that takes stretches of fields from records before."""

    def __init__(self, stretches: Stretches) -> None:
        super().__init__()
        self._stretches = stretches

    def _emit_record_fields(self, type_: Any, depth: int) -> list[tuple[str, str]]:
        variables: list[tuple[str, str]] = []
        fields = iter(type_["fields"])
        for field in fields:
            last = self._stretches.get(field["name"])
            if last is None:
                variables.append((field["name"], self.emit(field["type"], depth)))
            else:
                stretch = [field, *_until(last, fields)]
                self._emit_remembered(depth, self._emit_stretch(stretch, variables))
        return variables

    def _emit_stretch(
        self, fields: Sequence[Any], variables: list[tuple[str, str]]
    ) -> Callable[[int], Sequence[str]]:
        """Give what writes the lines of a stretch, and adds its variables."""

        def emit(depth: int) -> Sequence[str]:
            values = [self.emit(field["type"], depth) for field in fields]
            names = [field["name"] for field in fields]
            variables.extend(zip(names, values, strict=True))
            return values

        return emit


def _until(last: str, fields: Iterator[Any]) -> Iterator[Any]:
    """Yield the next fields, including the one called `last`."""
    for field in fields:
        yield field
        if field["name"] == last:
            return
