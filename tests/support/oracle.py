"""The rules once more, brute force, as the contract of the parts words them: nothing of
streams.rules is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from itertools import combinations, permutations
from typing import Any, NamedTuple

from tests.support.members import Member

DAY = 86_400_000
WESTERNMOST = timezone(timedelta(hours=-5))
OUT = {"witness", "complainant", "victim"}
ADJACENT = ({"7.62", "7.62X39"}, {"7.62", "7.62X51"})


def values_of(member: Member, trait: str) -> set[str]:
    return set(member.traits.get(trait, "").split("|"))


def case(member: Member) -> bool:
    if member.type == "person_notice":
        return bool(values_of(member, "category") & {"antecedentes", "requisitoria"})
    if member.type == "weapon_record" and not values_of(member, "status") & {
        "SEIZED",
        "TRAFFICKED",
    }:
        return False
    types = {"seizure", "crime_incident", "threat_report", "weapon_record"}
    return member.type in types and not values_of(member, "role") <= OUT


def reported(member: Member) -> bool:
    return member.type in {"suspicious_flow", "threat_report"}


def is_wanted(member: Member) -> bool:
    return member.type == "person_notice" and bool(
        values_of(member, "category") & {"requisitoria", "impedimento_de_transito"}
    )


def crossing(member: Member) -> bool:
    return member.type == "movement"


def stolen(member: Member) -> bool:
    return member.type == "crime_incident" and "STOLEN" in values_of(member, "involvement")


def recovered(member: Member) -> bool:
    return member.type == "crime_incident" and "RECOVERED" in values_of(member, "involvement")


def listed(member: Member) -> bool:
    return member.type == "entity_notice"


def met(member: Member) -> bool:
    if member.type == "person_notice":
        categories = {"antecedentes", "requisitoria", "impedimento_de_transito"}
        return bool(values_of(member, "category") & categories)
    if member.type in {"seizure", "crime_incident", "threat_report", "weapon_record"}:
        return not values_of(member, "role") <= OUT
    return member.type in {"suspicious_flow", "movement"}


def is_asked(member: Member) -> bool:
    return member.type == "trace_request"


def is_known(member: Member) -> bool:
    return member.type == "weapon_record" or (
        member.type == "trace_result" and "IDENTIFIED" in values_of(member, "outcome")
    )


def status(*codes: str) -> Callable[[Member], bool]:
    return lambda member: (
        member.type == "weapon_record" and bool(values_of(member, "status") & set(codes))
    )


def seized(member: Member) -> bool:
    return member.type == "seizure" or status("SEIZED")(member)


def recorded(member: Member) -> bool:
    on_record = status("REGISTERED", "LOST", "STOLEN", "FOUND", "TRAFFICKED", "DESTROYED")
    return seized(member) or on_record(member)


def soon(first: Member, second: Member) -> bool | None:
    """None where it cannot be told."""
    if first.occurred is None or second.occurred is None:
        return None
    return abs(first.occurred - second.occurred) <= 180 * DAY


def later(first: Member, second: Member) -> bool | None:
    """At most a day before, at most a hundred years after."""
    if first.occurred is None or second.occurred is None:
        return None
    return -DAY <= second.occurred - first.occurred <= 36_500 * DAY


def while_it_holds(first: Member, second: Member) -> bool | None:
    if second.occurred is not None and "valid_until" in first.traits:
        day = datetime.fromtimestamp(second.occurred / 1000, WESTERNMOST).date()
        if day > date.fromisoformat(first.traits["valid_until"]):
            return False
    return later(first, second)


def while_it_is_listed(first: Member, second: Member) -> bool | None:
    if "valid_until" not in first.traits:
        return True
    if second.occurred is None:
        return None
    day = datetime.fromtimestamp(second.occurred / 1000, WESTERNMOST).date()
    return day <= date.fromisoformat(first.traits["valid_until"])


def calibres(first: Member, second: Member) -> bool | None:
    a, b = first.traits.get("calibre"), second.traits.get("calibre")
    if a is None or b is None:
        return None
    return a == b or {a, b} in ADJACENT


def always(_first: Member, _second: Member) -> bool | None:
    return True


class Law(NamedTuple):
    """`unless`: which members of the first role a member of the same country takes out of it, and
    which member does.
    """

    kinds: set[str]
    first: Callable[[Member], bool]
    second: Callable[[Member], bool]
    between: Callable[[Member, Member], bool | None]
    needs: str  # what a member must tell for a certain pair
    hub: int
    unless: tuple[Callable[[Member], bool], Callable[[Member], bool]] | None = None


EXPORT = (status("REGISTERED"), status("EXPORTED"))
EXACT = {"document", "imei", "plate", "ammunition_lot"}
LAWS: Mapping[str, Law] = {
    "weapon-in-two-countries": Law({"weapon"}, recorded, recorded, calibres, "calibre", 50, EXPORT),
    "stolen-weapon-seized-abroad": Law(
        {"weapon"}, status("LOST", "STOLEN"), seized, calibres, "calibre", 50
    ),
    "lost-weapon-found-abroad": Law(
        {"weapon"}, status("LOST", "STOLEN"), status("FOUND"), calibres, "calibre", 50
    ),
    "registered-weapon-seized-abroad": Law(
        {"weapon"}, status("REGISTERED"), seized, calibres, "calibre", 50, EXPORT
    ),
    "weapon-traced": Law({"weapon"}, is_asked, is_known, calibres, "calibre", 50),
    "thing-in-two-countries": Law(EXACT, case, case, always, "", 50),
    "phone-in-two-countries": Law({"phone"}, case, case, soon, "occurred", 20),
    "account-in-two-countries": Law({"account"}, reported, reported, always, "", 20),
    "wanted-person-at-crossing": Law(
        {"document"}, is_wanted, crossing, while_it_holds, "occurred", 500
    ),
    "listed-entity-abroad": Law(
        {"document", "account", "plate"}, listed, met, while_it_is_listed, "", 500
    ),
    "stolen-plate-at-crossing": Law(
        {"plate"}, stolen, crossing, later, "occurred", 500, (stolen, recovered)
    ),
}


def expected(
    members: Iterable[Member], hub: int | None = None
) -> dict[tuple[str, str], tuple[str, Any]]:
    """As `tests.support.members.shown`: what holds of a thing with these members, all of one world.
    `hub`: in place of each rule's.
    """
    present = list(members)
    matches = {}
    for rule, law in LAWS.items():
        of_kind = [member for member in present if member.kind in law.kinds]
        for grade in ("certain", "possible"):
            pair = _told(law, grade, of_kind, law.hub if hub is None else hub)
            if pair is not None:
                matches[rule, grade] = pair
    return matches


def _told(law: Law, grade: str, members: list[Member], hub: int) -> tuple[str, Any] | None:
    counted = [
        member
        for member in members
        if (law.first(member) or law.second(member)) and _counts(law, grade, member)
    ]
    pairs = list(_pairs(law, grade, members))
    if len(counted) <= hub:
        return ("live", _pair_facts(pairs)) if pairs else None
    crowd = _crowd(counted, hub // 2)
    rest = [member for member in counted if member not in crowd]
    among = [pair for pair in pairs if all(member in rest for member in pair)]
    if among and len(rest) <= hub:
        return "live", _pair_facts(among)
    if not _candidate(law, grade, members):
        return None
    shown = rest + _sample(law, grade, rest, crowd, max(1, hub // 10))
    events, _count = _pair_facts(pair for pair in pairs if all(member in shown for member in pair))
    return "hub", (len(counted), events)


def _pair_facts(pairs: Iterable[tuple[Member, Member]]) -> tuple[frozenset[int], int]:
    listed = list(pairs)
    return frozenset(member.event for pair in listed for member in pair), len(listed)


def _crowd(members: list[Member], share: int) -> list[Member]:
    """The members of authorities that leave, the largest first, until each country has its share
    at most.
    """
    crowd: list[Member] = []
    for country in {member.country for member in members}:
        own = [member for member in members if member.country == country]
        while len(own) > share:
            sizes = Counter(member.label.authority for member in own)
            crowd += [m for m in own if sizes[m.label.authority] == max(sizes.values())]
            own = [m for m in own if sizes[m.label.authority] < max(sizes.values())]
    return crowd


def _sample(
    law: Law, grade: str, rest: list[Member], crowd: list[Member], quota: int
) -> list[Member]:
    """So many of each authority that left, and so many of what could pair with each that stayed."""

    def fits(member: Member, others: list[Member]) -> bool:
        return any(
            member in (a, b) and law.between(a, b) is not False and _grade(law, a, b) == grade
            for a, b in _both(law, [member, *others])
        )

    sample: list[Member] = []
    for left in _by_publisher(crowd).values():
        left.sort(key=lambda member: member.event)
        sample += left[:quota]
        for stayed in _by_publisher(rest).values():
            sample += [member for member in left if fits(member, stayed)][:quota]
    return sample


def _by_publisher(members: list[Member]) -> dict[tuple[str, str], list[Member]]:
    publishers: dict[tuple[str, str], list[Member]] = {}
    for member in members:
        publishers.setdefault((member.country, member.label.authority), []).append(member)
    return publishers


def _counts(law: Law, grade: str, member: Member) -> bool:
    if grade == "possible":
        return True
    return member.certainty == "certain" and _tells(law, member)


def _tells(law: Law, member: Member) -> bool:
    if law.needs == "occurred":
        return member.occurred is not None
    return not law.needs or law.needs in member.traits


def _both(law: Law, members: list[Member]) -> Iterable[tuple[Member, Member]]:
    mirrored = law.first is law.second
    for a, b in combinations(members, 2) if mirrored else permutations(members, 2):
        if a.country != b.country and law.first(a) and law.second(b):
            yield a, b


def _candidate(law: Law, grade: str, members: list[Member]) -> bool:
    """Whether two could pair, were they to meet all conditions: only then is there anything to be
    told of a hub.
    """
    return any(_grade(law, a, b) == grade for a, b in _both(law, members))


def _pairs(law: Law, grade: str, members: list[Member]) -> Iterable[tuple[Member, Member]]:
    standing = [member for member in members if not _excused(law, grade, member, members)]
    return [
        (a, b)
        for a, b in _both(law, standing)
        if law.between(a, b) is not False and _grade(law, a, b) == grade
    ]


def _grade(law: Law, a: Member, b: Member) -> str | None:
    known = law.between(a, b) is not None and _tells(law, a) and _tells(law, b)
    if a.certainty != b.certainty:
        return "possible"
    if a.certainty == "certain":
        return "certain" if known else "possible"
    agree = "whole" in a.traits and "whole" in b.traits
    return "possible" if agree and known else None


def _excused(law: Law, grade: str, member: Member, members: list[Member]) -> bool:
    if law.unless is None or not law.unless[0](member):
        return False
    others = [
        item
        for item in members
        if law.unless[1](item) and (grade == "possible" or item.certainty == "certain")
    ]
    fits: dict[str, Callable[[Member], bool]] = {
        "calibre": lambda item: calibres(member, item) is not False,
        "occurred": lambda item: not _long_before(item, member),
    }
    return any(other.country == member.country and fits[law.needs](other) for other in others)


def _long_before(item: Member, member: Member) -> bool:
    """Recovered a day or more before it was stolen: that was another time."""
    if item.occurred is None or member.occurred is None:
        return False
    return item.occurred + DAY <= member.occurred
