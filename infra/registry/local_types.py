"""Read what an exchange adds to the release without code: the folder `types` of the data folder.

| folder | content |
|---|---|
| `types/events/*.avsc` | event types |
| `types/codes/*.json` | code lists, new ones or in the place of ours |
| `types/rules/*.toml` | rules, new ones or in the place of ours (infra.registry.rules) |

`quipu found` announces them in quipu.config; everybody reads them there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from fastavro.schema import SchemaParseException, UnknownType

from infra.errors import QuipuError
from infra.settings import Settings
from schemas.avro.compatibility import incompatibilities
from schemas.codes import CodeSets, code_sets, parse
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import EventType
from schemas.exchange_config import ConfigView
from schemas.i18n import _
from schemas.measures.fact_compiler import compile_facts

Entry = tuple[str, Mapping[str, Any]]
Made = TypeVar("Made")


def local_rules(settings: Settings) -> dict[str, str]:
    """Return the rules of the folder: TOML by rule id."""
    return {path.stem: text for path, text in _files(settings, "rules", "toml")}


def pending_config_entries(settings: Settings, config: ConfigView) -> list[Entry]:
    """List the folder's code lists and event types that config lacks, as entries, lists first.

    Raises QuipuError TYPE_REFUSED naming the file: no list, no event type, or a type that could not
    read what its former version wrote.
    """
    brought = {
        _load_or_refuse(path, partial(parse, text)).name: text
        for path, text in _files(settings, "codes", "json")
    }
    allowed = code_sets({**config.code_lists, **brought})
    new = {name: text for name, text in brought.items() if config.code_lists.get(name) != text}
    entries: list[Entry] = [
        ("CodeList", {"list": name, "text": text}) for name, text in new.items()
    ]
    for path, text in _files(settings, "events", "avsc"):
        kind = _load_or_refuse(path, partial(_event_type, text, allowed, config))
        if kind.fingerprint not in config.schemas:
            entries.append(("EventSchema", {"type": kind.name, "text": text}))
    return entries


def _event_type(text: str, allowed: CodeSets, config: ConfigView) -> EventType:
    kind = EventType(text, allowed)
    compile_facts(kind.format.definition)  # refuses marks that cannot be counted
    former = [older for name, older in config.schemas.values() if name == kind.name]
    broken = [problem for older in former for problem in incompatibilities(older, text)]
    if broken:
        raise ConfigRefusedError("; ".join(broken))
    return kind


def _files(settings: Settings, folder: str, ending: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((settings.types_dir / folder).glob(f"*.{ending}")):
        yield path, path.read_text(encoding="utf-8")


def _load_or_refuse(path: Path, make: Callable[[], Made]) -> Made:
    try:
        return make()
    except (ValueError, TypeError, KeyError, SchemaParseException, UnknownType) as error:
        raise QuipuError(
            _("{path} cannot be announced: {error}.", path=path, error=error),
            _("Correct the file and repeat `quipu found`."),
            "TYPE_REFUSED",
        ) from error
