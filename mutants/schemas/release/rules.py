"""Need to know: who may see what. The vocabulary's table, in code once.

| label | the reader must |
|---|---|
| role | have a role that sees content: analyst, prosecutor, officer (an operator alone sees that the line runs, not what it carries) |
| exercise | be in the exercise; exercise and real never mix, the owner's own neither |
| owner | be of the owning country: then nothing below is asked |
| recipients / sharing group | be of a listed country, authority or group; ALL lists everybody |
| TLP CLEAR | be signed in |
| TLP GREEN | be of a member country, an admitted partner or the mechanism |
| TLP AMBER | the same, with clearance AMBER or more, and a purpose |
| TLP AMBER+STRICT | the same, of an authority that is addressed by name (country/authority), with clearance AMBER+STRICT or more |
| TLP RED | as for AMBER, with clearance RED, and named: @name is a sharing group's or a person's |
| H0 | ask for prevention or investigation |
| H1 | see it marked: not as evidence in court without the owner's permission (an export for court must refuse it) |
| H2 | see it marked: not to be passed on without the owner's permission (an export must refuse it) |
| H3 | have accepted this owner's condition once, as the disclosure ledger records it, and see it |

Each level of the TLP asks what the levels below it ask of country, clearance and purpose.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
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

_RANK = {level: rank for rank, level in enumerate(TLP)}
_H0_PURPOSES = frozenset({"prevention", "investigation"})


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict


class ReaderRefusedError(ValueError):
    """A reader that cannot be; the text says what to write instead."""


class Decision(NamedTuple):
    """markings: handling codes that must be shown with it, and H3's condition as `H3: text`.
    reason: a code of words, empty if released.
    """

    released: bool
    markings: tuple[str, ...]
    reason: str


class Marking(NamedTuple):
    """What several labels together demand."""

    tlp: str
    handling: tuple[str, ...]
    conditions: tuple[str, ...]
mutants_x_release__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_release__mutmut)
def release(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_orig(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_1(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = None
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_2(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country != reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_3(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_4(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(None, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_5(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, None):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_6(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_7(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, ):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_8(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(None, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_9(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, None, reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_10(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), None)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_11(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision((), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_12(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_13(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), )
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_14(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(True, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_15(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(None, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_16(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, None, "")


def x_release__mutmut_17(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), None)


def x_release__mutmut_18(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(() if owns else tuple(_markings(label)), "")


def x_release__mutmut_19(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, "")


def x_release__mutmut_20(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), )


def x_release__mutmut_21(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(False, () if owns else tuple(_markings(label)), "")


def x_release__mutmut_22(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(None), "")


def x_release__mutmut_23(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(None)), "")


def x_release__mutmut_24(label: Label, reader: Reader) -> Decision:
    """Whether this reader may see what bears this label, with which markings, or the first row of
    the table that says no.
    """
    owns = label.country == reader.country
    for reason, holds in _FOR_ALL if owns else _ROWS:
        if not holds(label, reader):
            return Decision(False, (), reason)
    return Decision(True, () if owns else tuple(_markings(label)), "XXXX")

mutants_x_release__mutmut['_mutmut_orig'] = x_release__mutmut_orig # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_1'] = x_release__mutmut_1 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_2'] = x_release__mutmut_2 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_3'] = x_release__mutmut_3 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_4'] = x_release__mutmut_4 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_5'] = x_release__mutmut_5 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_6'] = x_release__mutmut_6 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_7'] = x_release__mutmut_7 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_8'] = x_release__mutmut_8 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_9'] = x_release__mutmut_9 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_10'] = x_release__mutmut_10 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_11'] = x_release__mutmut_11 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_12'] = x_release__mutmut_12 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_13'] = x_release__mutmut_13 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_14'] = x_release__mutmut_14 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_15'] = x_release__mutmut_15 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_16'] = x_release__mutmut_16 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_17'] = x_release__mutmut_17 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_18'] = x_release__mutmut_18 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_19'] = x_release__mutmut_19 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_20'] = x_release__mutmut_20 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_21'] = x_release__mutmut_21 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_22'] = x_release__mutmut_22 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_23'] = x_release__mutmut_23 # type: ignore # mutmut generated
mutants_x_release__mutmut['x_release__mutmut_24'] = x_release__mutmut_24 # type: ignore # mutmut generated
mutants_x_condition_of__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_condition_of__mutmut)
def condition_of(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, label.condition)
        if "H3" in label.handling and label.condition
        else None
    )


def x_condition_of__mutmut_orig(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, label.condition)
        if "H3" in label.handling and label.condition
        else None
    )


def x_condition_of__mutmut_1(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(None, label.condition)
        if "H3" in label.handling and label.condition
        else None
    )


def x_condition_of__mutmut_2(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, None)
        if "H3" in label.handling and label.condition
        else None
    )


def x_condition_of__mutmut_3(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.condition)
        if "H3" in label.handling and label.condition
        else None
    )


def x_condition_of__mutmut_4(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, )
        if "H3" in label.handling and label.condition
        else None
    )


def x_condition_of__mutmut_5(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, label.condition)
        if "H3" in label.handling or label.condition
        else None
    )


def x_condition_of__mutmut_6(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, label.condition)
        if "XXH3XX" in label.handling and label.condition
        else None
    )


def x_condition_of__mutmut_7(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, label.condition)
        if "h3" in label.handling and label.condition
        else None
    )


def x_condition_of__mutmut_8(label: Label) -> ReaderCondition | None:
    """What the owner asks of a reader first, if anything."""
    return (
        ReaderCondition(label.country, label.condition)
        if "H3" not in label.handling and label.condition
        else None
    )

mutants_x_condition_of__mutmut['_mutmut_orig'] = x_condition_of__mutmut_orig # type: ignore # mutmut generated
mutants_x_condition_of__mutmut['x_condition_of__mutmut_1'] = x_condition_of__mutmut_1 # type: ignore # mutmut generated
mutants_x_condition_of__mutmut['x_condition_of__mutmut_2'] = x_condition_of__mutmut_2 # type: ignore # mutmut generated
mutants_x_condition_of__mutmut['x_condition_of__mutmut_3'] = x_condition_of__mutmut_3 # type: ignore # mutmut generated
mutants_x_condition_of__mutmut['x_condition_of__mutmut_4'] = x_condition_of__mutmut_4 # type: ignore # mutmut generated
mutants_x_condition_of__mutmut['x_condition_of__mutmut_5'] = x_condition_of__mutmut_5 # type: ignore # mutmut generated
mutants_x_condition_of__mutmut['x_condition_of__mutmut_6'] = x_condition_of__mutmut_6 # type: ignore # mutmut generated
mutants_x_condition_of__mutmut['x_condition_of__mutmut_7'] = x_condition_of__mutmut_7 # type: ignore # mutmut generated
mutants_x_condition_of__mutmut['x_condition_of__mutmut_8'] = x_condition_of__mutmut_8 # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_pending_condition__mutmut)
def pending_condition(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(label, reader).reason == "H3_CONDITION" else None


def x_pending_condition__mutmut_orig(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(label, reader).reason == "H3_CONDITION" else None


def x_pending_condition__mutmut_1(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(None) if release(label, reader).reason == "H3_CONDITION" else None


def x_pending_condition__mutmut_2(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(None, reader).reason == "H3_CONDITION" else None


def x_pending_condition__mutmut_3(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(label, None).reason == "H3_CONDITION" else None


def x_pending_condition__mutmut_4(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(reader).reason == "H3_CONDITION" else None


def x_pending_condition__mutmut_5(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(label, ).reason == "H3_CONDITION" else None


def x_pending_condition__mutmut_6(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(label, reader).reason != "H3_CONDITION" else None


def x_pending_condition__mutmut_7(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(label, reader).reason == "XXH3_CONDITIONXX" else None


def x_pending_condition__mutmut_8(label: Label, reader: Reader) -> ReaderCondition | None:
    """The condition, not accepted yet, that alone stands between this reader and what bears this
    label: they may be shown it.
    """
    return condition_of(label) if release(label, reader).reason == "h3_condition" else None

mutants_x_pending_condition__mutmut['_mutmut_orig'] = x_pending_condition__mutmut_orig # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut['x_pending_condition__mutmut_1'] = x_pending_condition__mutmut_1 # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut['x_pending_condition__mutmut_2'] = x_pending_condition__mutmut_2 # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut['x_pending_condition__mutmut_3'] = x_pending_condition__mutmut_3 # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut['x_pending_condition__mutmut_4'] = x_pending_condition__mutmut_4 # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut['x_pending_condition__mutmut_5'] = x_pending_condition__mutmut_5 # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut['x_pending_condition__mutmut_6'] = x_pending_condition__mutmut_6 # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut['x_pending_condition__mutmut_7'] = x_pending_condition__mutmut_7 # type: ignore # mutmut generated
mutants_x_pending_condition__mutmut['x_pending_condition__mutmut_8'] = x_pending_condition__mutmut_8 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_combine_labels__mutmut)
def combine_labels(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
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


def x_combine_labels__mutmut_orig(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
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


def x_combine_labels__mutmut_1(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = None
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_2(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(None)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_3(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        None,
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_4(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        None,
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_5(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        None,
    )


def x_combine_labels__mutmut_6(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_7(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_8(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        )


def x_combine_labels__mutmut_9(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max(None, key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_10(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=None, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_11(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=None),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_12(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max(key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_13(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_14(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, ),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_15(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[1]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_16(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(None),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_17(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted(None)),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_18(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            None
        ),
    )


def x_combine_labels__mutmut_19(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                None
            )
        ),
    )


def x_combine_labels__mutmut_20(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" in label.handling or label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_21(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "XXH3XX" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_22(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "h3" in label.handling and label.condition}
            )
        ),
    )


def x_combine_labels__mutmut_23(labels: Iterable[Label]) -> Marking:
    """The narrowest TLP, every handling code and every condition. Of no label: CLEAR."""
    every = list(labels)
    return Marking(
        max((label.tlp for label in every), key=_rank, default=TLP[0]),
        tuple(sorted({code for label in every for code in label.handling})),
        tuple(
            sorted(
                {label.condition for label in every if "H3" not in label.handling and label.condition}
            )
        ),
    )

mutants_x_combine_labels__mutmut['_mutmut_orig'] = x_combine_labels__mutmut_orig # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_1'] = x_combine_labels__mutmut_1 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_2'] = x_combine_labels__mutmut_2 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_3'] = x_combine_labels__mutmut_3 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_4'] = x_combine_labels__mutmut_4 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_5'] = x_combine_labels__mutmut_5 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_6'] = x_combine_labels__mutmut_6 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_7'] = x_combine_labels__mutmut_7 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_8'] = x_combine_labels__mutmut_8 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_9'] = x_combine_labels__mutmut_9 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_10'] = x_combine_labels__mutmut_10 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_11'] = x_combine_labels__mutmut_11 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_12'] = x_combine_labels__mutmut_12 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_13'] = x_combine_labels__mutmut_13 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_14'] = x_combine_labels__mutmut_14 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_15'] = x_combine_labels__mutmut_15 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_16'] = x_combine_labels__mutmut_16 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_17'] = x_combine_labels__mutmut_17 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_18'] = x_combine_labels__mutmut_18 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_19'] = x_combine_labels__mutmut_19 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_20'] = x_combine_labels__mutmut_20 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_21'] = x_combine_labels__mutmut_21 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_22'] = x_combine_labels__mutmut_22 # type: ignore # mutmut generated
mutants_x_combine_labels__mutmut['x_combine_labels__mutmut_23'] = x_combine_labels__mutmut_23 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_parse_reader__mutmut)
def parse_reader(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_orig(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_1(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = None
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_2(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split(None)
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_3(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("XX/XX")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_4(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} and not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_5(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_6(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {4, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_7(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 5} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_8(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_9(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(None):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_10(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            None
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_11(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = None
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_12(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].lower(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_13(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[1].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_14(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].upper(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_15(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[+2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_16(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-3].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_17(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].lower()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_18(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[+1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_19(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-2].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_20(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(None, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_21(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, None, "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_22(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), None)
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_23(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of((*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_24(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_25(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), )
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_26(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(None)), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_27(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["XXpartnerXX"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_28(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["PARTNER"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_29(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "XXcountryXX")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_30(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "COUNTRY")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_31(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(None, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_32(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, None, "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_33(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), None)
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_34(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_35(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_36(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), )
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_37(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(None), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_38(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["XXroleXX"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_39(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["ROLE"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_40(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "XXroleXX")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_41(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "ROLE")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_42(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(None, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_43(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, None, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_44(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, None)
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_45(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_46(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_47(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, )
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_48(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "XXclearanceXX")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_49(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "CLEARANCE")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_50(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_51(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(None, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_52(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, None, "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_53(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), None)
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_54(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_55(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_56(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), )
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_57(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(None), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_58(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["XXpurposeXX"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_59(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["PURPOSE"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_60(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "XXpurposeXX")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_61(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "PURPOSE")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_62(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_63(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[2] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_64(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) != 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_65(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 5 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_66(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        None, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_67(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, None, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_68(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, None, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_69(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, None, clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_70(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), None, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_71(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, None, purpose, exercise
    )


def x_parse_reader__mutmut_72(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), None, exercise
    )


def x_parse_reader__mutmut_73(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, None
    )


def x_parse_reader__mutmut_74(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        country, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_75(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, authority, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_76(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, frozenset({role}), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_77(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_78(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_79(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, purpose, exercise
    )


def x_parse_reader__mutmut_80(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), exercise
    )


def x_parse_reader__mutmut_81(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(groups), purpose, )


def x_parse_reader__mutmut_82(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset(None), clearance, frozenset(groups), purpose, exercise
    )


def x_parse_reader__mutmut_83(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """COUNTRY/role/CLEARANCE, or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism. Raises
    ReaderRefusedError.
    """
    parts = text.split("/")
    if len(parts) not in {3, 4} or not all(part.strip() for part in parts):
        raise ReaderRefusedError(
            f"{text!r} is no reader: write COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE, such as CO/analyst/AMBER"
        )
    country, role, clearance = parts[0].upper(), parts[-2].lower(), parts[-1].upper()
    _require_one_of(country, (*COUNTRIES, *sorted(code_sets()["partner"])), "country")
    _require_one_of(role, sorted(code_sets()["role"]), "role")
    _require_one_of(clearance, TLP, "clearance")
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), "purpose")
    authority = parts[1] if len(parts) == 4 else None
    return Reader(
        text, country, authority, frozenset({role}), clearance, frozenset(None), purpose, exercise
    )

mutants_x_parse_reader__mutmut['_mutmut_orig'] = x_parse_reader__mutmut_orig # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_1'] = x_parse_reader__mutmut_1 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_2'] = x_parse_reader__mutmut_2 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_3'] = x_parse_reader__mutmut_3 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_4'] = x_parse_reader__mutmut_4 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_5'] = x_parse_reader__mutmut_5 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_6'] = x_parse_reader__mutmut_6 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_7'] = x_parse_reader__mutmut_7 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_8'] = x_parse_reader__mutmut_8 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_9'] = x_parse_reader__mutmut_9 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_10'] = x_parse_reader__mutmut_10 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_11'] = x_parse_reader__mutmut_11 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_12'] = x_parse_reader__mutmut_12 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_13'] = x_parse_reader__mutmut_13 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_14'] = x_parse_reader__mutmut_14 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_15'] = x_parse_reader__mutmut_15 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_16'] = x_parse_reader__mutmut_16 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_17'] = x_parse_reader__mutmut_17 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_18'] = x_parse_reader__mutmut_18 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_19'] = x_parse_reader__mutmut_19 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_20'] = x_parse_reader__mutmut_20 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_21'] = x_parse_reader__mutmut_21 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_22'] = x_parse_reader__mutmut_22 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_23'] = x_parse_reader__mutmut_23 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_24'] = x_parse_reader__mutmut_24 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_25'] = x_parse_reader__mutmut_25 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_26'] = x_parse_reader__mutmut_26 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_27'] = x_parse_reader__mutmut_27 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_28'] = x_parse_reader__mutmut_28 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_29'] = x_parse_reader__mutmut_29 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_30'] = x_parse_reader__mutmut_30 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_31'] = x_parse_reader__mutmut_31 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_32'] = x_parse_reader__mutmut_32 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_33'] = x_parse_reader__mutmut_33 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_34'] = x_parse_reader__mutmut_34 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_35'] = x_parse_reader__mutmut_35 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_36'] = x_parse_reader__mutmut_36 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_37'] = x_parse_reader__mutmut_37 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_38'] = x_parse_reader__mutmut_38 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_39'] = x_parse_reader__mutmut_39 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_40'] = x_parse_reader__mutmut_40 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_41'] = x_parse_reader__mutmut_41 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_42'] = x_parse_reader__mutmut_42 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_43'] = x_parse_reader__mutmut_43 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_44'] = x_parse_reader__mutmut_44 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_45'] = x_parse_reader__mutmut_45 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_46'] = x_parse_reader__mutmut_46 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_47'] = x_parse_reader__mutmut_47 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_48'] = x_parse_reader__mutmut_48 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_49'] = x_parse_reader__mutmut_49 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_50'] = x_parse_reader__mutmut_50 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_51'] = x_parse_reader__mutmut_51 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_52'] = x_parse_reader__mutmut_52 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_53'] = x_parse_reader__mutmut_53 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_54'] = x_parse_reader__mutmut_54 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_55'] = x_parse_reader__mutmut_55 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_56'] = x_parse_reader__mutmut_56 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_57'] = x_parse_reader__mutmut_57 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_58'] = x_parse_reader__mutmut_58 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_59'] = x_parse_reader__mutmut_59 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_60'] = x_parse_reader__mutmut_60 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_61'] = x_parse_reader__mutmut_61 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_62'] = x_parse_reader__mutmut_62 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_63'] = x_parse_reader__mutmut_63 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_64'] = x_parse_reader__mutmut_64 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_65'] = x_parse_reader__mutmut_65 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_66'] = x_parse_reader__mutmut_66 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_67'] = x_parse_reader__mutmut_67 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_68'] = x_parse_reader__mutmut_68 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_69'] = x_parse_reader__mutmut_69 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_70'] = x_parse_reader__mutmut_70 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_71'] = x_parse_reader__mutmut_71 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_72'] = x_parse_reader__mutmut_72 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_73'] = x_parse_reader__mutmut_73 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_74'] = x_parse_reader__mutmut_74 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_75'] = x_parse_reader__mutmut_75 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_76'] = x_parse_reader__mutmut_76 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_77'] = x_parse_reader__mutmut_77 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_78'] = x_parse_reader__mutmut_78 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_79'] = x_parse_reader__mutmut_79 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_80'] = x_parse_reader__mutmut_80 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_81'] = x_parse_reader__mutmut_81 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_82'] = x_parse_reader__mutmut_82 # type: ignore # mutmut generated
mutants_x_parse_reader__mutmut['x_parse_reader__mutmut_83'] = x_parse_reader__mutmut_83 # type: ignore # mutmut generated
mutants_x__require_one_of__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__require_one_of__mutmut)
def _require_one_of(value: str, known: Collection[str], what: str) -> None:
    if value not in known:
        raise ReaderRefusedError(f"{value!r} is no {what}: choose one of {', '.join(known)}")


def x__require_one_of__mutmut_orig(value: str, known: Collection[str], what: str) -> None:
    if value not in known:
        raise ReaderRefusedError(f"{value!r} is no {what}: choose one of {', '.join(known)}")


def x__require_one_of__mutmut_1(value: str, known: Collection[str], what: str) -> None:
    if value in known:
        raise ReaderRefusedError(f"{value!r} is no {what}: choose one of {', '.join(known)}")


def x__require_one_of__mutmut_2(value: str, known: Collection[str], what: str) -> None:
    if value not in known:
        raise ReaderRefusedError(None)


def x__require_one_of__mutmut_3(value: str, known: Collection[str], what: str) -> None:
    if value not in known:
        raise ReaderRefusedError(f"{value!r} is no {what}: choose one of {', '.join(None)}")


def x__require_one_of__mutmut_4(value: str, known: Collection[str], what: str) -> None:
    if value not in known:
        raise ReaderRefusedError(f"{value!r} is no {what}: choose one of {'XX, XX'.join(known)}")

mutants_x__require_one_of__mutmut['_mutmut_orig'] = x__require_one_of__mutmut_orig # type: ignore # mutmut generated
mutants_x__require_one_of__mutmut['x__require_one_of__mutmut_1'] = x__require_one_of__mutmut_1 # type: ignore # mutmut generated
mutants_x__require_one_of__mutmut['x__require_one_of__mutmut_2'] = x__require_one_of__mutmut_2 # type: ignore # mutmut generated
mutants_x__require_one_of__mutmut['x__require_one_of__mutmut_3'] = x__require_one_of__mutmut_3 # type: ignore # mutmut generated
mutants_x__require_one_of__mutmut['x__require_one_of__mutmut_4'] = x__require_one_of__mutmut_4 # type: ignore # mutmut generated
mutants_x__rank__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__rank__mutmut)
def _rank(tlp: str) -> int:
    return _RANK.get(tlp, len(TLP))  # an unknown level is narrower than all


def x__rank__mutmut_orig(tlp: str) -> int:
    return _RANK.get(tlp, len(TLP))  # an unknown level is narrower than all


def x__rank__mutmut_1(tlp: str) -> int:
    return _RANK.get(None, len(TLP))  # an unknown level is narrower than all


def x__rank__mutmut_2(tlp: str) -> int:
    return _RANK.get(tlp, None)  # an unknown level is narrower than all


def x__rank__mutmut_3(tlp: str) -> int:
    return _RANK.get(len(TLP))  # an unknown level is narrower than all


def x__rank__mutmut_4(tlp: str) -> int:
    return _RANK.get(tlp, )  # an unknown level is narrower than all

mutants_x__rank__mutmut['_mutmut_orig'] = x__rank__mutmut_orig # type: ignore # mutmut generated
mutants_x__rank__mutmut['x__rank__mutmut_1'] = x__rank__mutmut_1 # type: ignore # mutmut generated
mutants_x__rank__mutmut['x__rank__mutmut_2'] = x__rank__mutmut_2 # type: ignore # mutmut generated
mutants_x__rank__mutmut['x__rank__mutmut_3'] = x__rank__mutmut_3 # type: ignore # mutmut generated
mutants_x__rank__mutmut['x__rank__mutmut_4'] = x__rank__mutmut_4 # type: ignore # mutmut generated
mutants_x__cleared__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__cleared__mutmut)
def _cleared(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(reader.clearance, -1) >= _rank(label.tlp)


def x__cleared__mutmut_orig(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(reader.clearance, -1) >= _rank(label.tlp)


def x__cleared__mutmut_1(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] and _RANK.get(reader.clearance, -1) >= _rank(label.tlp)


def x__cleared__mutmut_2(label: Label, reader: Reader) -> bool:
    return _rank(None) < _RANK["AMBER"] or _RANK.get(reader.clearance, -1) >= _rank(label.tlp)


def x__cleared__mutmut_3(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) <= _RANK["AMBER"] or _RANK.get(reader.clearance, -1) >= _rank(label.tlp)


def x__cleared__mutmut_4(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["XXAMBERXX"] or _RANK.get(reader.clearance, -1) >= _rank(label.tlp)


def x__cleared__mutmut_5(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["amber"] or _RANK.get(reader.clearance, -1) >= _rank(label.tlp)


def x__cleared__mutmut_6(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(None, -1) >= _rank(label.tlp)


def x__cleared__mutmut_7(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(reader.clearance, None) >= _rank(label.tlp)


def x__cleared__mutmut_8(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(-1) >= _rank(label.tlp)


def x__cleared__mutmut_9(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(reader.clearance, ) >= _rank(label.tlp)


def x__cleared__mutmut_10(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(reader.clearance, +1) >= _rank(label.tlp)


def x__cleared__mutmut_11(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(reader.clearance, -2) >= _rank(label.tlp)


def x__cleared__mutmut_12(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(reader.clearance, -1) > _rank(label.tlp)


def x__cleared__mutmut_13(label: Label, reader: Reader) -> bool:
    return _rank(label.tlp) < _RANK["AMBER"] or _RANK.get(reader.clearance, -1) >= _rank(None)

mutants_x__cleared__mutmut['_mutmut_orig'] = x__cleared__mutmut_orig # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_1'] = x__cleared__mutmut_1 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_2'] = x__cleared__mutmut_2 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_3'] = x__cleared__mutmut_3 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_4'] = x__cleared__mutmut_4 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_5'] = x__cleared__mutmut_5 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_6'] = x__cleared__mutmut_6 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_7'] = x__cleared__mutmut_7 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_8'] = x__cleared__mutmut_8 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_9'] = x__cleared__mutmut_9 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_10'] = x__cleared__mutmut_10 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_11'] = x__cleared__mutmut_11 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_12'] = x__cleared__mutmut_12 # type: ignore # mutmut generated
mutants_x__cleared__mutmut['x__cleared__mutmut_13'] = x__cleared__mutmut_13 # type: ignore # mutmut generated
mutants_x__listed__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__listed__mutmut)
def _listed(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_orig(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_1(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader) and _named(label, reader)
    )


def x__listed__mutmut_2(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients and _authority_listed(label, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_3(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients and reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_4(label: Label, reader: Reader) -> bool:
    return (
        "XXALLXX" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_5(label: Label, reader: Reader) -> bool:
    return (
        "all" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_6(label: Label, reader: Reader) -> bool:
    return (
        "ALL" not in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_7(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country not in label.recipients
        or _authority_listed(label, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_8(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(None, reader)
        or _named(label, reader)
    )


def x__listed__mutmut_9(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, None)
        or _named(label, reader)
    )


def x__listed__mutmut_10(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(reader)
        or _named(label, reader)
    )


def x__listed__mutmut_11(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, )
        or _named(label, reader)
    )


def x__listed__mutmut_12(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(None, reader)
    )


def x__listed__mutmut_13(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, None)
    )


def x__listed__mutmut_14(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(reader)
    )


def x__listed__mutmut_15(label: Label, reader: Reader) -> bool:
    return (
        "ALL" in label.recipients
        or reader.country in label.recipients
        or _authority_listed(label, reader)
        or _named(label, )
    )

mutants_x__listed__mutmut['_mutmut_orig'] = x__listed__mutmut_orig # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_1'] = x__listed__mutmut_1 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_2'] = x__listed__mutmut_2 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_3'] = x__listed__mutmut_3 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_4'] = x__listed__mutmut_4 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_5'] = x__listed__mutmut_5 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_6'] = x__listed__mutmut_6 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_7'] = x__listed__mutmut_7 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_8'] = x__listed__mutmut_8 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_9'] = x__listed__mutmut_9 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_10'] = x__listed__mutmut_10 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_11'] = x__listed__mutmut_11 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_12'] = x__listed__mutmut_12 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_13'] = x__listed__mutmut_13 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_14'] = x__listed__mutmut_14 # type: ignore # mutmut generated
mutants_x__listed__mutmut['x__listed__mutmut_15'] = x__listed__mutmut_15 # type: ignore # mutmut generated
mutants_x__authority_listed__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__authority_listed__mutmut)
def _authority_listed(label: Label, reader: Reader) -> bool:
    return (
        reader.authority is not None and f"{reader.country}/{reader.authority}" in label.recipients
    )


def x__authority_listed__mutmut_orig(label: Label, reader: Reader) -> bool:
    return (
        reader.authority is not None and f"{reader.country}/{reader.authority}" in label.recipients
    )


def x__authority_listed__mutmut_1(label: Label, reader: Reader) -> bool:
    return (
        reader.authority is not None or f"{reader.country}/{reader.authority}" in label.recipients
    )


def x__authority_listed__mutmut_2(label: Label, reader: Reader) -> bool:
    return (
        reader.authority is None and f"{reader.country}/{reader.authority}" in label.recipients
    )


def x__authority_listed__mutmut_3(label: Label, reader: Reader) -> bool:
    return (
        reader.authority is not None and f"{reader.country}/{reader.authority}" not in label.recipients
    )

mutants_x__authority_listed__mutmut['_mutmut_orig'] = x__authority_listed__mutmut_orig # type: ignore # mutmut generated
mutants_x__authority_listed__mutmut['x__authority_listed__mutmut_1'] = x__authority_listed__mutmut_1 # type: ignore # mutmut generated
mutants_x__authority_listed__mutmut['x__authority_listed__mutmut_2'] = x__authority_listed__mutmut_2 # type: ignore # mutmut generated
mutants_x__authority_listed__mutmut['x__authority_listed__mutmut_3'] = x__authority_listed__mutmut_3 # type: ignore # mutmut generated
mutants_x__named__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__named__mutmut)
def _named(label: Label, reader: Reader) -> bool:
    return f"@{reader.person}" in label.recipients or any(
        f"@{group}" in label.recipients for group in reader.groups
    )


def x__named__mutmut_orig(label: Label, reader: Reader) -> bool:
    return f"@{reader.person}" in label.recipients or any(
        f"@{group}" in label.recipients for group in reader.groups
    )


def x__named__mutmut_1(label: Label, reader: Reader) -> bool:
    return f"@{reader.person}" in label.recipients and any(
        f"@{group}" in label.recipients for group in reader.groups
    )


def x__named__mutmut_2(label: Label, reader: Reader) -> bool:
    return f"@{reader.person}" not in label.recipients or any(
        f"@{group}" in label.recipients for group in reader.groups
    )


def x__named__mutmut_3(label: Label, reader: Reader) -> bool:
    return f"@{reader.person}" in label.recipients or any(
        None
    )


def x__named__mutmut_4(label: Label, reader: Reader) -> bool:
    return f"@{reader.person}" in label.recipients or any(
        f"@{group}" not in label.recipients for group in reader.groups
    )

mutants_x__named__mutmut['_mutmut_orig'] = x__named__mutmut_orig # type: ignore # mutmut generated
mutants_x__named__mutmut['x__named__mutmut_1'] = x__named__mutmut_1 # type: ignore # mutmut generated
mutants_x__named__mutmut['x__named__mutmut_2'] = x__named__mutmut_2 # type: ignore # mutmut generated
mutants_x__named__mutmut['x__named__mutmut_3'] = x__named__mutmut_3 # type: ignore # mutmut generated
mutants_x__named__mutmut['x__named__mutmut_4'] = x__named__mutmut_4 # type: ignore # mutmut generated
mutants_x__in_community__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__in_community__mutmut)
def _in_community(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_orig(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_1(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"]
        or reader.country in COUNTRIES and reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_2(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"] and reader.country in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_3(label: Label, reader: Reader) -> bool:
    return (
        _rank(None) < _RANK["GREEN"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_4(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) <= _RANK["GREEN"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_5(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["XXGREENXX"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_6(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["green"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_7(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"]
        or reader.country not in COUNTRIES
        or reader.country in code_sets()["partner"]
    )


def x__in_community__mutmut_8(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"]
        or reader.country in COUNTRIES
        or reader.country not in code_sets()["partner"]
    )


def x__in_community__mutmut_9(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["XXpartnerXX"]
    )


def x__in_community__mutmut_10(label: Label, reader: Reader) -> bool:
    return (
        _rank(label.tlp) < _RANK["GREEN"]
        or reader.country in COUNTRIES
        or reader.country in code_sets()["PARTNER"]
    )

mutants_x__in_community__mutmut['_mutmut_orig'] = x__in_community__mutmut_orig # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_1'] = x__in_community__mutmut_1 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_2'] = x__in_community__mutmut_2 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_3'] = x__in_community__mutmut_3 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_4'] = x__in_community__mutmut_4 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_5'] = x__in_community__mutmut_5 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_6'] = x__in_community__mutmut_6 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_7'] = x__in_community__mutmut_7 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_8'] = x__in_community__mutmut_8 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_9'] = x__in_community__mutmut_9 # type: ignore # mutmut generated
mutants_x__in_community__mutmut['x__in_community__mutmut_10'] = x__in_community__mutmut_10 # type: ignore # mutmut generated
mutants_x__addressed__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__addressed__mutmut)
def _addressed(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_orig(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_1(label: Label, reader: Reader) -> bool:
    if label.tlp != "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_2(label: Label, reader: Reader) -> bool:
    if label.tlp == "XXAMBER+STRICTXX":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_3(label: Label, reader: Reader) -> bool:
    if label.tlp == "amber+strict":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_4(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(None, reader)
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_5(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, None)
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_6(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(reader)
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_7(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, )
    return label.tlp != "RED" or _named(label, reader)


def x__addressed__mutmut_8(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "RED" and _named(label, reader)


def x__addressed__mutmut_9(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp == "RED" or _named(label, reader)


def x__addressed__mutmut_10(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "XXREDXX" or _named(label, reader)


def x__addressed__mutmut_11(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "red" or _named(label, reader)


def x__addressed__mutmut_12(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(None, reader)


def x__addressed__mutmut_13(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(label, None)


def x__addressed__mutmut_14(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(reader)


def x__addressed__mutmut_15(label: Label, reader: Reader) -> bool:
    if label.tlp == "AMBER+STRICT":
        return _authority_listed(label, reader)
    return label.tlp != "RED" or _named(label, )

mutants_x__addressed__mutmut['_mutmut_orig'] = x__addressed__mutmut_orig # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_1'] = x__addressed__mutmut_1 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_2'] = x__addressed__mutmut_2 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_3'] = x__addressed__mutmut_3 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_4'] = x__addressed__mutmut_4 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_5'] = x__addressed__mutmut_5 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_6'] = x__addressed__mutmut_6 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_7'] = x__addressed__mutmut_7 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_8'] = x__addressed__mutmut_8 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_9'] = x__addressed__mutmut_9 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_10'] = x__addressed__mutmut_10 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_11'] = x__addressed__mutmut_11 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_12'] = x__addressed__mutmut_12 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_13'] = x__addressed__mutmut_13 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_14'] = x__addressed__mutmut_14 # type: ignore # mutmut generated
mutants_x__addressed__mutmut['x__addressed__mutmut_15'] = x__addressed__mutmut_15 # type: ignore # mutmut generated
mutants_x__condition_accepted__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__condition_accepted__mutmut)
def _condition_accepted(label: Label, reader: Reader) -> bool:
    return "H3" not in label.handling or condition_of(label) in reader.accepted_conditions


def x__condition_accepted__mutmut_orig(label: Label, reader: Reader) -> bool:
    return "H3" not in label.handling or condition_of(label) in reader.accepted_conditions


def x__condition_accepted__mutmut_1(label: Label, reader: Reader) -> bool:
    return "H3" not in label.handling and condition_of(label) in reader.accepted_conditions


def x__condition_accepted__mutmut_2(label: Label, reader: Reader) -> bool:
    return "XXH3XX" not in label.handling or condition_of(label) in reader.accepted_conditions


def x__condition_accepted__mutmut_3(label: Label, reader: Reader) -> bool:
    return "h3" not in label.handling or condition_of(label) in reader.accepted_conditions


def x__condition_accepted__mutmut_4(label: Label, reader: Reader) -> bool:
    return "H3" in label.handling or condition_of(label) in reader.accepted_conditions


def x__condition_accepted__mutmut_5(label: Label, reader: Reader) -> bool:
    return "H3" not in label.handling or condition_of(None) in reader.accepted_conditions


def x__condition_accepted__mutmut_6(label: Label, reader: Reader) -> bool:
    return "H3" not in label.handling or condition_of(label) not in reader.accepted_conditions

mutants_x__condition_accepted__mutmut['_mutmut_orig'] = x__condition_accepted__mutmut_orig # type: ignore # mutmut generated
mutants_x__condition_accepted__mutmut['x__condition_accepted__mutmut_1'] = x__condition_accepted__mutmut_1 # type: ignore # mutmut generated
mutants_x__condition_accepted__mutmut['x__condition_accepted__mutmut_2'] = x__condition_accepted__mutmut_2 # type: ignore # mutmut generated
mutants_x__condition_accepted__mutmut['x__condition_accepted__mutmut_3'] = x__condition_accepted__mutmut_3 # type: ignore # mutmut generated
mutants_x__condition_accepted__mutmut['x__condition_accepted__mutmut_4'] = x__condition_accepted__mutmut_4 # type: ignore # mutmut generated
mutants_x__condition_accepted__mutmut['x__condition_accepted__mutmut_5'] = x__condition_accepted__mutmut_5 # type: ignore # mutmut generated
mutants_x__condition_accepted__mutmut['x__condition_accepted__mutmut_6'] = x__condition_accepted__mutmut_6 # type: ignore # mutmut generated


_Row = tuple[str, Callable[[Label, Reader], bool]]
_FOR_ALL: tuple[_Row, ...] = (
    ("NOT_SIGNED_IN", lambda _, reader: bool(reader.person)),
    ("ROLE", lambda _, reader: not CONTENT_ROLES.isdisjoint(reader.roles)),
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
    ("H3_CONDITION", _condition_accepted),
)
mutants_x__markings__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__markings__mutmut)
def _markings(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"H1", "H2"}:
            yield code
        elif code == "H3":
            yield f"H3: {label.condition}"


def x__markings__mutmut_orig(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"H1", "H2"}:
            yield code
        elif code == "H3":
            yield f"H3: {label.condition}"


def x__markings__mutmut_1(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code not in {"H1", "H2"}:
            yield code
        elif code == "H3":
            yield f"H3: {label.condition}"


def x__markings__mutmut_2(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"XXH1XX", "H2"}:
            yield code
        elif code == "H3":
            yield f"H3: {label.condition}"


def x__markings__mutmut_3(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"h1", "H2"}:
            yield code
        elif code == "H3":
            yield f"H3: {label.condition}"


def x__markings__mutmut_4(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"H1", "XXH2XX"}:
            yield code
        elif code == "H3":
            yield f"H3: {label.condition}"


def x__markings__mutmut_5(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"H1", "h2"}:
            yield code
        elif code == "H3":
            yield f"H3: {label.condition}"


def x__markings__mutmut_6(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"H1", "H2"}:
            yield code
        elif code != "H3":
            yield f"H3: {label.condition}"


def x__markings__mutmut_7(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"H1", "H2"}:
            yield code
        elif code == "XXH3XX":
            yield f"H3: {label.condition}"


def x__markings__mutmut_8(label: Label) -> Iterator[str]:
    for code in label.handling:
        if code in {"H1", "H2"}:
            yield code
        elif code == "h3":
            yield f"H3: {label.condition}"

mutants_x__markings__mutmut['_mutmut_orig'] = x__markings__mutmut_orig # type: ignore # mutmut generated
mutants_x__markings__mutmut['x__markings__mutmut_1'] = x__markings__mutmut_1 # type: ignore # mutmut generated
mutants_x__markings__mutmut['x__markings__mutmut_2'] = x__markings__mutmut_2 # type: ignore # mutmut generated
mutants_x__markings__mutmut['x__markings__mutmut_3'] = x__markings__mutmut_3 # type: ignore # mutmut generated
mutants_x__markings__mutmut['x__markings__mutmut_4'] = x__markings__mutmut_4 # type: ignore # mutmut generated
mutants_x__markings__mutmut['x__markings__mutmut_5'] = x__markings__mutmut_5 # type: ignore # mutmut generated
mutants_x__markings__mutmut['x__markings__mutmut_6'] = x__markings__mutmut_6 # type: ignore # mutmut generated
mutants_x__markings__mutmut['x__markings__mutmut_7'] = x__markings__mutmut_7 # type: ignore # mutmut generated
mutants_x__markings__mutmut['x__markings__mutmut_8'] = x__markings__mutmut_8 # type: ignore # mutmut generated
