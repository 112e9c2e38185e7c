"""Need to know: who may see what. The vocabulary's table, in code once.

| label | the reader must |
|---|---|
| role | have a role that sees content: analyst, prosecutor, officer; an operator is none |
| exercise | be in the exercise; exercise and real never mix, the owner's own neither |
| owner | be of the owning country: then nothing below is asked |
| recipients / sharing group | be of a listed country, authority or group; ALL lists everybody |
| TLP CLEAR | be signed in |
| TLP GREEN | be of a member country, an admitted partner or the mechanism |
| TLP AMBER | the same, with clearance AMBER or more, and a purpose |
| TLP AMBER+STRICT | the same, addressed as country/authority, with clearance AMBER+STRICT |
| TLP RED | as for AMBER, with clearance RED, and named: @name is a sharing group's or a person's |
| H0 | ask for prevention or investigation |
| H1 | see it marked, and not want it for court: that needs the owner's permission |
| H2 | see it marked, and not want it in a file: passing it on needs the owner's permission |
| H3 | have accepted this owner's condition once, as the disclosure ledger records it, and see it |
| H3, UNTOC 18(5) | be of an authority that accepted the condition by a record, and see it |

A file for court holds nothing marked H1, and no file holds anything marked H2, unless the reader's
country owns it: to an answer that leaves Quipu (`Reader.use`) such items are not released at all,
so nothing that is derived shows them. Each level of the TLP asks what the levels below it ask of
country, clearance and purpose.

`@hit:PE` and `@hit:ALL` among the recipients release nothing. To readers of that country, or of any
member, such a record answers a hit look-up (`Reader.use`): that it is known, and to whom. There the
last table of this module counts, whatever the TLP. A partner is named by its own code.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from schemas.codes import code_sets
from schemas.model import COUNTRIES, Label, Reader, ReaderCondition

TLP = (
    "CLEAR",
    "GREEN",
    "AMBER",
    "AMBER+STRICT",
    "RED",
)  # from the widest to the narrowest; clearances too
CONTENT_ROLES = frozenset({"analyst", "prosecutor", "officer"})
AUDITOR = "auditor"
"""The role that reads the disclosure ledger and no content: all of it for the mechanism's auditor,
its own country's for another.
"""
MECHANISM = "MEC"
EMBEDDED_PURPOSE = "investigation"  # of the CLI where nobody says another

HIT_ONLY = "@hit:"
"""How a recipient begins who may hear that a record is there, and see nothing of it."""

_RANK = {level: rank for rank, level in enumerate(TLP)}
_H0_PURPOSES = frozenset({"prevention", "investigation"})


class Decision(NamedTuple):
    """Say whether something is released, with which markings, or why not.

    `markings`: handling codes that must be shown with it, and H3's condition as `H3: text`.
    `reason`: a code of schemas.words, empty if released.
    """

    released: bool
    markings: tuple[str, ...]
    reason: str


class Marking(NamedTuple):
    """Hold what several labels together demand."""

    tlp: str
    handling: tuple[str, ...]
    conditions: tuple[str, ...]


def release(label: Label, reader: Reader) -> Decision:
    """Decide whether this reader may see what has this label, and with which markings.

    The reason is that of the first row of the table that says no.
    """
    decision = _decide(label, reader)
    if decision.released or reader.use != "hit":
        return decision
    reason = next((reason for reason, holds in _HIT_ROWS if not holds(label, reader)), "")
    return Decision(not reason, (), reason)


def _decide(label: Label, reader: Reader) -> Decision:
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def condition_of(label: Label) -> ReaderCondition | None:
    """Return what the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, label.condition)
        if "H3" in label.handling and label.condition
        else None
    )


def pending_condition(label: Label, reader: Reader) -> ReaderCondition | None:
    """Return the condition that alone keeps this reader from what has this label.

    It is not accepted yet, and may be shown to the reader.
    """
    return condition_of(label) if release(label, reader).reason == "H3_CONDITION" else None


def combine_labels(labels: Iterable[Label]) -> Marking:
    """Return the narrowest TLP, every handling code and every condition; CLEAR for no label."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def recipients_without_access(tlp: str, recipients: Iterable[str]) -> list[str]:
    """Return the recipients whom the TLP level lets see nothing.

    RED releases to named persons and groups (`@name`) alone, AMBER+STRICT to authorities alone.
    """
    if tlp == "RED":
        return [recipient for recipient in recipients if not recipient.startswith("@")]
    if tlp == "AMBER+STRICT":
        return [recipient for recipient in recipients if "/" not in recipient]
    return []


def _rank(tlp: str) -> int:
    return _RANK.get(tlp, len(TLP))  # an unknown level is narrower than all


def _cleared(label: Label, reader: Reader) -> bool:
    clearance = _RANK.get(reader.clearance, _RANK["CLEAR"])  # an unknown one opens nothing
    return _rank(label.tlp) < _RANK["AMBER"] or clearance >= _rank(label.tlp)


def _listed(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, reader)
    )


def _authority_listed(label: Label, reader: Reader) -> bool:
    return (
        reader.authority is not None and f"{reader.country}/{reader.authority}" in label.recipients
    )


def _named(label: Label, reader: Reader) -> bool:
    names = (f"@{name}" for name in (reader.person, *reader.groups))
    return any(name in label.recipients and not name.startswith(HIT_ONLY) for name in names)


def _may_hear(label: Label, reader: Reader) -> bool:
    """Return whether the owner lets this reader hear that the record is there."""
    is_member = reader.country in (*COUNTRIES, MECHANISM)
    return f"{HIT_ONLY}{reader.country}" in label.recipients or (
        is_member and f"{HIT_ONLY}ALL" in label.recipients
    )


def _in_community(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def _addressed(label: Label, reader: Reader) -> bool:
    addressed = _ADDRESSED_AS.get(label.tlp)
    return addressed is None or addressed(label, reader)


def sees_content(reader: Reader) -> bool:
    """Say whether any role of a reader sees content at all: else nothing need be asked."""
    return not CONTENT_ROLES.isdisjoint(reader.roles)


def _condition_accepted(label: Label, reader: Reader) -> bool:
    return "H3" not in label.handling or condition_of(label) in reader.accepted_conditions


_Row = tuple[str, Callable[[Label, Reader], bool]]
_ADDRESSED_AS = {"AMBER+STRICT": _authority_listed, "RED": _named}
_FOR_ALL: tuple[_Row, ...] = (
    ("NOT_SIGNED_IN", lambda _, reader: bool(reader.person)),
    ("ROLE", lambda _, reader: sees_content(reader)),
    ("EXERCISE", lambda label, reader: label.exercise == reader.exercise),
)
_ROWS: tuple[_Row, ...] = (
    *_FOR_ALL,
    ("RECIPIENTS", _listed),
    ("COMMUNITY", _in_community),
    ("CLEARANCE", _cleared),
    ("PURPOSE", lambda label, reader: _rank(label.tlp) < _RANK["AMBER"] or bool(reader.purpose)),
    ("NOT_NAMED", _addressed),
    (
        "H0_PURPOSE",
        lambda label, reader: "H0" not in label.handling or reader.purpose in _H0_PURPOSES,
    ),
    (
        "H1_COURT",
        lambda label, reader: "H1" not in label.handling or reader.use != "court",
    ),
    (
        "H2_PASSING_ON",
        lambda label, reader: "H2" not in label.handling or reader.use in ("reading", "hit"),
    ),
    ("H3_CONDITION", _condition_accepted),
)
_HIT_ROWS: tuple[_Row, ...] = (
    *_FOR_ALL,
    ("RECIPIENTS", _may_hear),
    ("PURPOSE", lambda _, reader: bool(reader.purpose)),
    (
        "H0_PURPOSE",
        lambda label, reader: "H0" not in label.handling or reader.purpose in _H0_PURPOSES,
    ),
)


def _markings(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"H1", "H2"}:
            yield code
        elif code == "H3":
            yield f"H3: {label.condition}"
