"""Say what can be counted of the payloads of one schema, of the release or of config."""

from collections.abc import Callable, Sequence

from schemas.avro.codec import Format, Record
from schemas.avro.compatibility import incompatibilities
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import released_types
from schemas.measures.fact_compiler import compile_facts
from schemas.measures.fact_line import RECORD_ONLY, FactLine

GetFacts = Callable[[Record], Sequence[FactLine]]


def facts_of(format_: Format[Record]) -> GetFacts:
    """Return what lists the lines of a payload that `format_` read.

    The schema's own marks count. Where it has none, it may be older than the marks: then those of
    the release's type of that name count, if that type reads what this one wrote.
    """
    marked = _marked(format_) or _marked(_newest(format_))
    return marked or (lambda _record: RECORD_ONLY)


def _marked(format_: Format[Record] | None) -> GetFacts | None:
    """Return the function that the marks of a schema make; None without marks.

    Marks that this release does not understand are none: `quipu found` announces no such type, and
    what other releases announce must not stop the sink.
    """
    try:
        return compile_facts(format_.definition) if format_ is not None else None
    except (ConfigRefusedError, RecursionError):
        return None


def _newest(format_: Format[Record]) -> Format[Record] | None:
    newest = (kind.format for kind in released_types().values() if kind.name == format_.name)
    return next((form for form in newest if not incompatibilities(format_.text, form.text)), None)
