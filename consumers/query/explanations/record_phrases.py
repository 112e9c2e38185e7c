"""Word what one record says of a thing, as parts of a sentence. Pure.

The phrases are in schemas/words/acts.json, by event type and the trait that decides:
`attribute` follows the thing ("stolen in Peru"), `predicate` says it of the thing ("was seized in
Leticia"), `mention` says where the thing appears ("in a case of extortion").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from consumers.query.explanations import grammar
from consumers.query.explanations.record_facts import RecordFacts
from schemas import words
from schemas.observation import split_trait

_DECIDING_TRAITS = ("status", "involvement", "category", "direction", "outcome")
_BEFORE_CRIME = {
    "crime_incident": {"es": "de", "en": "of"},
    "threat_report": {"es": "por", "en": "on"},
    "suspicious_flow": {"es": "por", "en": "for"},
}
_SEIZED_ITSELF = frozenset({"weapon", "ammunition_lot"})
"""Kinds of things that a seizure names because they were seized."""


@dataclass(frozen=True, slots=True)
class RecordPhrases:
    """What a record says of a thing, in one language; a part that it cannot say is empty.

    `is_apart`: the attribute stands between commas; `lasts`: its time is when it began; `act`:
    what it says, to compare it with that of another record.
    """

    attribute: str
    predicate: str
    mention: str
    is_apart: bool
    lasts: bool
    act: str


def phrase_record(
    facts: RecordFacts, kind: str, lang: str, *, is_feminine: bool, also: bool = False
) -> RecordPhrases | None:
    """Word a record about a thing of this kind; None for a type of event without phrases.

    `also`: it says what another record says, too.
    """
    act = act_of(facts, kind)
    if act is None:
        return None
    entry = words.load_table("acts")[act]
    parts = _Parts(facts, lang, is_feminine=is_feminine, also=also)
    texts = {
        name: " ".join(entry[lang].get(name, "").format_map(parts).split())
        for name in ("attribute", "predicate", "mention")
    }
    return RecordPhrases(
        **texts,
        is_apart=bool(entry.get("apart")),
        lasts=bool(entry.get("since")),
        act=act,
    )


def act_of(facts: RecordFacts, kind: str) -> str | None:
    """Return the key of the phrases of a record; None where there are none."""
    acts = words.load_table("acts")
    if facts.type == "seizure" and kind in _SEIZED_ITSELF:
        return "seizure.thing"
    for trait in _DECIDING_TRAITS:
        for value in split_trait(facts.traits.get(trait)):
            if f"{facts.type}.{value}" in acts:
                return f"{facts.type}.{value}"
    return facts.type if facts.type in acts else None


class _Parts(Mapping[str, str]):
    """What the holes of a phrase are filled with; each is written when a phrase asks for it."""

    def __init__(self, facts: RecordFacts, lang: str, *, is_feminine: bool, also: bool) -> None:
        self._facts = facts
        self._lang = lang
        self._agreement = {
            "o": "a" if is_feminine and lang == "es" else "o",
            "also": {"es": " también", "en": "also "}[lang] if also else "",
        }

    def __getitem__(self, name: str) -> str:
        """Write a part. Raises KeyError for a name that no phrase may have."""
        known = self._agreement.get(name)
        return _PARTS[name](self._facts, self._lang) if known is None else known

    def __iter__(self) -> Iterator[str]:
        """Yield the names that phrases may have."""
        yield from (*self._agreement, *_PARTS)

    def __len__(self) -> int:
        """Count the names that phrases may have."""
        return len(self._agreement) + len(_PARTS)


def _behind(spanish: str, english: str) -> Callable[[RecordFacts, str], str]:
    """Return what writes the owner's country behind a preposition; an empty one stands for none."""
    prepositions = {"es": spanish, "en": english}

    def write(facts: RecordFacts, lang: str) -> str:
        return f"{prepositions[lang]} {grammar.country(facts.country, lang)}".strip()

    return write


def _place(facts: RecordFacts, lang: str) -> str:
    """Write where it was; who says so, where that is another country."""
    country = facts.place_country or facts.country
    where = grammar.place(facts.municipality, facts.subdivision, country, lang)
    if country == facts.country:
        return where
    owner = grammar.country(facts.country, lang)
    source = {"es": "según", "en": "according to"}[lang]
    return f"{where} ({source} {owner})"


def _crime(facts: RecordFacts, lang: str) -> str:
    """Write the crime of a case; empty where it is not known."""
    name = words.value("crime", facts.crime, lang) if facts.crime else ""
    if not name or name == facts.crime:
        return ""
    joint = _BEFORE_CRIME.get(facts.type, _BEFORE_CRIME["crime_incident"])[lang]
    return f" {joint} {name[0].lower()}{name[1:].partition(' (')[0]}"


def _seized(facts: RecordFacts, lang: str) -> str:
    """Write what was seized, each kind once: of drugs and weapons."""
    items = facts.content.get("items") or ()
    codes = dict.fromkeys(str(item.get("what")) for item in items)
    nouns = [noun for code in codes if (noun := grammar.noun("seizure_what", code, lang))]
    return f" {'de' if lang == 'es' else 'of'} {grammar.listed(nouns, lang)}" if nouns else ""


def _crossing(facts: RecordFacts, lang: str) -> str:
    """Write by which crossing: its name as written, else the municipality."""
    name = facts.text("crossing") or facts.municipality
    name = words.value("crossing", name, lang).partition(" (")[0]
    return f" {'por' if lang == 'es' else 'at'} {name}" if name else ""


def _list_name(facts: RecordFacts, _lang: str) -> str:
    name = facts.text("list")
    return f" {name}" if name else ""


_PARTS: Mapping[str, Callable[[RecordFacts, str], str]] = {
    "owner": _behind("", ""),
    "of": _behind("de", "of"),
    "to_owner": _behind("a", "to"),
    "in_owner": _behind("en", "in"),
    "in": _place,
    "crime": _crime,
    "what": _seized,
    "crossing": _crossing,
    "list": _list_name,
}
