"""What the envelope of an event type usually says, cautiously."""

from __future__ import annotations

from collections.abc import Mapping

from producers.mapping.suggest.similarity import synonyms


def envelope_terms(type_: str, constants: Mapping[str, str]) -> Mapping[str, str]:
    """Give TLP level, purpose, legal basis, crime, and the grades of source and information.

    `constants`: by field; what was seized says which crime it is.
    """
    terms = synonyms()["types"].get(type_, {})
    seized = next((code for path, code in constants.items() if path.endswith(".what")), "")
    return {
        "tlp": "AMBER",
        "purpose": terms.get("purpose", "investigation"),
        "legal_basis": terms.get("legal_basis", "UNTOC-18.4"),
        "crime": terms.get("crimes", {}).get(seized) or terms.get("crime", "0000"),
        "source": "F",
        "information": "6",
    }
