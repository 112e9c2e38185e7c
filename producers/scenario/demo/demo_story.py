"""The demo's ten sentences: which indicators a person sees who decides and has no time.

Pure.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

COUNT = 10
PERSON_COUNT = 4
PERSON_RULES = (
    "wanted-person-crossed",
    "notices-of-two-countries",
    "person-in-cases-of-two-countries",
    "reported-person-in-case",
    "document-of-two-persons",
)
# rule and kind of thing, the most telling first; what is left over fills up where there is none of
# one
SLOTS = (
    ("wanted-person-at-crossing", "document"),
    ("thing-in-two-countries", "document"),
    ("stolen-plate-at-crossing", "plate"),
    ("account-in-two-countries", "account"),
    ("phone-in-two-countries", "phone"),
    ("stolen-weapon-seized-abroad", "weapon"),
    ("thing-in-two-countries", "plate"),
    ("weapon-traced", "weapon"),
    ("thing-in-two-countries", "ammunition_lot"),
    ("registered-weapon-seized-abroad", "weapon"),
    ("thing-in-two-countries", "imei"),
    ("weapon-in-two-countries", "weapon"),
)
STRIKING = (
    "10043",
    "0204",
    "08051",
    "02051",
    "05025",
    "0101",
)  # crimes; the first is preferred to the next
TRIED = {
    ("thing-in-two-countries", "document"): 4,
    ("thing-in-two-countries", "plate"): 4,
}  # whose events are looked at; else one
Indicator = Mapping[str, Any]
Fetch = Callable[
    [str], Mapping[str, Any] | None
]  # the current version of an event by its id; None where it is not released


def choose(indicators: Iterable[Indicator], fetch: Fetch) -> list[Indicator]:
    """Choose ten certain indicators of different rules and countries, the clearest first."""
    by_slot: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in sorted(indicators, key=lambda item: item["id"]):
        if indicator["grade"] == "certain" and indicator["status"] == "live":
            by_slot.setdefault((indicator["rule"], indicator["kind"]), []).append(indicator)
    chosen: list[Indicator] = []
    used: Counter[frozenset[str]] = Counter()
    for slot in _slots(by_slot):
        indicator = _best(by_slot[slot], TRIED.get(slot, 1), used, fetch)
        by_slot[slot].remove(indicator)
        used[_countries(indicator)] += 1
        chosen.append(indicator)
    return chosen


def choose_persons(findings: Iterable[Indicator]) -> list[Indicator]:
    """Choose four findings on persons of different rules and countries, the gravest rules first."""
    chosen: list[Indicator] = []
    remaining = sorted(findings, key=lambda item: item["id"])
    while remaining and len(chosen) < PERSON_COUNT:
        rules = Counter(item["rule"] for item in chosen)
        countries = Counter(_countries(item) for item in chosen)
        best = min(
            remaining,
            key=lambda item: (
                rules[item["rule"]],
                countries[_countries(item)],
                PERSON_RULES.index(item["rule"]),
            ),
        )
        remaining.remove(best)
        chosen.append(best)
    return chosen


def _slots(by_slot: Mapping[tuple[str, str], Sequence[Indicator]]) -> Iterator[tuple[str, str]]:
    """As many as are wanted and there are: each kind once, then again from the first."""
    present = {slot: len(by_slot.get(slot, ())) for slot in SLOTS}
    turns = (slot for turn in range(COUNT) for slot in SLOTS if present[slot] > turn)
    yield from islice(turns, COUNT)


def _best(
    indicators: Sequence[Indicator], most: int, used: Counter[frozenset[str]], fetch: Fetch
) -> Indicator:
    """Of countries not named yet, of several kinds of records, of a striking crime."""
    ordered = sorted(
        indicators,
        key=lambda indicator: (
            used[_countries(indicator)],
            -len({row["type"] for row in indicator["evidence"]}),
            indicator["id"],
        ),
    )
    return min(
        ordered[:most],
        key=lambda indicator: (_strikes(indicator, fetch), used[_countries(indicator)]),
    )


def _strikes(indicator: Indicator, fetch: Fetch) -> int:
    """Give the place of the most striking crime of its released events."""
    events = (fetch(row["event"]) for row in indicator["evidence"])
    crimes = [event["crime"] for event in events if event]
    return min(
        (STRIKING.index(crime) for crime in crimes if crime in STRIKING), default=len(STRIKING)
    )


def _countries(indicator: Indicator) -> frozenset[str]:
    return frozenset(row["country"] for row in indicator["evidence"])
