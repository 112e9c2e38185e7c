"""Propose a mapping from a file alone: its form, its columns' values, the words of the fields.
Doubts become comments.
"""

from pathlib import Path

from producers.mapping.suggest.inspect_file import inspect
from producers.mapping.suggest.match_fields import plan
from producers.mapping.suggest.render_toml import render_toml


def suggest(
    path: Path, type_: str | None = None, country: str | None = None, lang: str = "es"
) -> str:
    """The TOML text of a mapping. `type_`: the event type, else the likeliest; `country`: of the
    file, else found out from its places.

    Raises MappingError for a file in which there is nothing to look at.
    """
    seen = inspect(path)
    return render_toml(seen, plan(seen, path.stem, type_, country), path.name, lang)
