"""Parse XML without its dangers, fed piece by piece.

No DTD, no entities but XML's own five, bounded depth and tokens.
"""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from producers.model import Refusal
from producers.sources.encoding import guess_encoding
from producers.sources.rows import MAX_LINE, FileRefusedError
from schemas.i18n import _

MAX_DEPTH = 100
_CHUNK = 1 << 16
_SYNTAX = _("XML syntax error; not read from here on")
_SECOND_ROOT = _(
    "a second root element: the file is several XML documents, and only the first is read; "
    "save each in a file of its own"
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class SafeParser:
    """expat without DTDs and entities.

    Handlers get local names (`sheet:row` is `row`). `feed` raises FileRefusedError with the line.
    """

    def __init__(
        self, start: Start, end: End, text: Callable[[str], None], encoding: str | None = None
    ) -> None:
        """Take the handlers; `encoding` overrides what the file declares."""
        self._expat = expat.ParserCreate(encoding)
        self._expat.buffer_text = True
        self._expat.StartElementHandler = start
        self._expat.EndElementHandler = end
        self._expat.CharacterDataHandler = text
        self._expat.StartDoctypeDeclHandler = self._no_dtd
        self._fed = 0

    @property
    def line(self) -> int:
        """Give the line that is being parsed."""
        return self._expat.CurrentLineNumber

    def feed(self, data: bytes, last: bool = False) -> None:
        """The next bytes. Raises FileRefused."""
        try:
            self._expat.Parse(data, last)
        except expat.ExpatError as error:
            raise FileRefusedError(self._refusal(error, data)) from error
        except (KeyError, IndexError):  # of a handler
            raise
        except (LookupError, UnicodeError) as error:  # of the codec that the file declares
            detail = _("unknown encoding: {error}", error=error)
            raise FileRefusedError(Refusal(1, "BAD_ENCODING", detail=detail)) from error
        self._fed += len(data)
        if self._fed - max(self._expat.CurrentByteIndex, 0) > MAX_LINE:
            raise FileRefusedError(
                Refusal(
                    self.line,
                    "UNREADABLE_FILE",
                    detail=_("a tag of more than {max_line} bytes", max_line=MAX_LINE),
                )
            )

    def too_deep(self) -> FileRefusedError:
        """Make the error for a file nested too deep."""
        return FileRefusedError(
            Refusal(
                self.line,
                "UNREADABLE_FILE",
                detail=_("more than {max_depth} levels deep", max_depth=MAX_DEPTH),
            )
        )

    def _no_dtd(self, *_declaration: object) -> None:
        detail = _("it has a DTD (DOCTYPE), which is not allowed: remove it")
        raise FileRefusedError(Refusal(self.line, "UNREADABLE_FILE", detail=detail))

    def _refusal(self, error: expat.ExpatError, data: bytes) -> Refusal:
        at = self._expat.ErrorByteIndex - self._fed
        if (
            error.code == expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
            and 0 <= at < len(data)
            and data[at] >= 0x80
        ):
            likely = guess_encoding(data)
            detail = _("not what it declares; it looks like {actual}", actual=likely)
            return Refusal(error.lineno, "BAD_ENCODING", detail=detail)
        is_second_root = (
            error.code == expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
            and data[max(at, 0) : max(at, 0) + 1] == b"<"
        )
        detail = _SECOND_ROOT if is_second_root else _SYNTAX
        return Refusal(error.lineno, "UNREADABLE_FILE", detail=detail)


def local_name(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Read a file in chunks of bytes."""
    while data := file.read(_CHUNK):
        yield data
