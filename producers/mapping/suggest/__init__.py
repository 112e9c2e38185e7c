"""Propose a mapping from a file alone: its form, its values, and the words of the fields.

Doubts become comments.
"""

from pathlib import Path

from producers.mapping.suggest.inspect_file import inspect
from producers.mapping.suggest.match_fields import plan
from producers.mapping.suggest.render_toml import Suggestion, render_toml

__all__ = ["Suggestion", "suggest"]


def suggest(
    path: Path, type_: str | None = None, country: str | None = None, lang: str = "es"
) -> Suggestion:
    """Propose the TOML text of a mapping, and list its doubts.

    Without `type_` it takes the likeliest event type; without `country`, the country of the file's
    places. Raises MappingError for a file without anything to look at.
    """
    seen = inspect(path)
    return render_toml(seen, plan(seen, path.stem, type_, country), path.name, lang)
