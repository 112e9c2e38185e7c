"""XML without its dangers: no DTD, no entities but XML's own five, bounded depth and tokens; fed
piece by piece.
"""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from producers.model import Refusal
from producers.sources.rows import MAX_LINE, FileRefused
from producers.sources.text_lines import likely

MAX_DEPTH = 100
_CHUNK = 1 << 16
_SYNTAX = "error de sintaxis XML; desde aquí no se leyó | XML syntax error; not read from here on"

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class SafeParser:
    """expat with its doors shut. Handlers get local names (`sheet:row` is `row`); `feed` raises
    FileRefused with the line.
    """

    def __init__(
        self, start: Start, end: End, text: Callable[[str], None], encoding: str | None = None
    ) -> None:
        self._expat = expat.ParserCreate(encoding)
        self._expat.buffer_text = True
        self._expat.StartElementHandler = start
        self._expat.EndElementHandler = end
        self._expat.CharacterDataHandler = text
        self._expat.StartDoctypeDeclHandler = self._no_dtd
        self._fed = 0

    @property
    def line(self) -> int:
        return self._expat.CurrentLineNumber

    def feed(self, data: bytes, last: bool = False) -> None:
        """The next bytes. Raises FileRefused."""
        try:
            self._expat.Parse(data, last)
        except expat.ExpatError as error:
            raise FileRefused(self._refusal(error, data)) from error
        except (KeyError, IndexError):  # of a handler
            raise
        except LookupError as error:
            raise FileRefused(
                Refusal(
                    1,
                    "BAD_ENCODING",
                    detail=f"codificación desconocida | unknown encoding: {error}",
                )
            ) from error
        self._fed += len(data)
        if self._fed - max(self._expat.CurrentByteIndex, 0) > MAX_LINE:
            raise FileRefused(
                Refusal(
                    self.line,
                    "UNREADABLE_FILE",
                    detail=f"una marca de más de {MAX_LINE} bytes | a tag of more than {MAX_LINE} bytes",
                )
            )

    def too_deep(self) -> FileRefused:
        return FileRefused(
            Refusal(
                self.line,
                "UNREADABLE_FILE",
                detail=f"más de {MAX_DEPTH} niveles | more than {MAX_DEPTH} levels deep",
            )
        )

    def _no_dtd(self, *_: object) -> None:
        detail = "trae un DTD (DOCTYPE), que no se admite: quítelo | it has a DTD (DOCTYPE), which is not taken: remove it"
        raise FileRefused(Refusal(self.line, "UNREADABLE_FILE", detail=detail))

    def _refusal(self, error: expat.ExpatError, data: bytes) -> Refusal:
        at = self._expat.ErrorByteIndex - self._fed
        if (
            error.code == expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
            and 0 <= at < len(data)
            and data[at] >= 0x80
        ):
            found = likely(data)
            detail = f"no es lo que declara; parece {found}: escriba encoding = «{found}» | not what it declares; it looks like {found}"
            return Refusal(error.lineno, "BAD_ENCODING", detail=detail)
        return Refusal(error.lineno, "UNREADABLE_FILE", detail=_SYNTAX)


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    while data := file.read(_CHUNK):
        yield data
