"""What the envelope of an event type usually says, cautiously."""

from __future__ import annotations

from collections.abc import Mapping

from producers.mapping.suggest.similarity import synonyms


def envelope_terms(type_: str) -> Mapping[str, str]:
    """Give TLP level, purpose, legal basis, crime, and the grades of source and information."""
    terms = synonyms()["types"].get(type_, {})
    return {
        "tlp": "AMBER",
        "purpose": terms.get("purpose", "investigation"),
        "legal_basis": terms.get("legal_basis", "UNTOC-18.4"),
        "crime": terms.get("crime", "0000"),
        "source": "F",
        "information": "6",
    }
