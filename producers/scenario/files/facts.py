"""What a column holds of persons, vehicles, telephones, accounts and a story's words.

columns.py has weapons and places. Each function is named by the value that it gets.
"""

from collections.abc import Callable, Mapping

from producers.scenario.files.columns import Getter, day, stable
from producers.scenario.stories.record import Call, Ledger, Plate, Record
from producers.scenario.stories.words import GROUPS, STORIES
from producers.scenario.world.people import Paper

Of = Callable[[Paper], str]
ROLES = (
    "detained",
    "suspect",
    "driver",
    "passenger",
    "reported",
    "owner",
    "complainant",
    "victim",
    "witness",
)


def person(get: Of) -> Getter:
    """Of the person whom the record is about."""
    return lambda r: get(r.person) if r.person is not None else ""


def other(get: Of) -> Getter:
    """Of who complained, saw or suffered."""
    return lambda r: get(r.other) if r.other is not None else ""


def given(p: Paper) -> str:
    return p.given


def first(p: Paper) -> str:
    return p.first


def second(p: Paper) -> str:
    return p.second


def surnames(p: Paper) -> str:
    return f"{p.first} {p.second}" if p.second else p.first


def full(p: Paper) -> str:
    return f"{p.given} {surnames(p)}"


def number(p: Paper) -> str:
    return p.number


def role(words: Mapping[str, str]) -> Of:
    return lambda p: words.get(p.role, "")


def nationality(words: Mapping[str, str]) -> Of:
    return lambda p: words[p.identity.country]


def issuer(words: Mapping[str, str]) -> Of:
    """The country that issued the document; empty where nobody wrote it."""
    return lambda p: words.get(p.country, "") if p.number else ""


def card(national: str, passport: str) -> Of:
    """Get the document's type in the country's words."""
    words = {"national_id": national, "passport": passport}
    return lambda p: words[p.type] if p.number else ""


def sex(female: str, male: str) -> Of:
    return lambda p: female if p.identity.sex == "F" else male


def born(mark: str, backward: bool = True) -> Of:
    return lambda p: mark.join(
        reversed(day(p.identity.birth)) if backward else day(p.identity.birth)
    )


def birth(mark: str, backward: bool = True) -> Of:
    """The day of birth as the officer wrote it down; empty where nobody did."""
    return lambda p: (
        "" if p.birth is None else mark.join(reversed(day(p.birth)) if backward else day(p.birth))
    )


def plate(r: Record) -> str:
    return r.vehicle.text if r.vehicle is not None else ""


def plate_country(words: Mapping[str, str]) -> Getter:
    return _vehicle(lambda v: words.get(v.country, ""))


def car_kind(words: Mapping[str, str]) -> Getter:
    return _vehicle(lambda v: words[v.car.kind])


def car_make(r: Record) -> str:
    return r.vehicle.car.make if r.vehicle is not None else ""


def car_model(r: Record) -> str:
    return r.vehicle.car.model if r.vehicle is not None else ""


def colour(r: Record) -> str:
    return r.vehicle.car.colour if r.vehicle is not None else ""


def involvement(stolen: str, recovered: str, used: str, seized: str) -> Getter:
    words = {"STOLEN": stolen, "RECOVERED": recovered, "USED": used, "SEIZED": seized, "": ""}
    return _vehicle(lambda v: words[v.involvement])


def _vehicle(get: Callable[[Plate], str]) -> Getter:
    return lambda r: get(r.vehicle) if r.vehicle is not None else ""


def telephone(r: Record) -> str:
    return r.phone.text if r.phone is not None else ""


def telephone_country(words: Mapping[str, str]) -> Getter:
    return _phone(lambda c: words.get(c.country, ""))


def imei(r: Record) -> str:
    return r.phone.imei if r.phone is not None else ""


def _phone(get: Callable[[Call], str]) -> Getter:
    return lambda r: get(r.phone) if r.phone is not None else ""


def account(get: Callable[[Ledger], str]) -> Getter:
    """Of the account that the money comes from, or that a threat report names."""
    return lambda r: get(r.account) if r.account is not None else ""


def payee(get: Callable[[Ledger], str]) -> Getter:
    """Of the account that the money goes to."""
    return lambda r: get(r.payee) if r.payee is not None else ""


def bank(ledger: Ledger) -> str:
    return ledger.institution


def bank_country(words: Mapping[str, str]) -> Callable[[Ledger], str]:
    return lambda ledger: words.get(ledger.country, "")


def account_number(ledger: Ledger) -> str:
    return ledger.text


def amount(rate: float, mark: str = ".") -> Getter:
    """`rate`: of the country's currency for a US dollar, in 2018."""
    return lambda r: f"{r.quantity * rate:.2f}".replace(".", mark)


def transmode(cash: str, remittance: str, transfer: str) -> Getter:
    """How the money moved (goAML's transmode): by the story."""
    words = {"laundering": cash, "remittances": remittance}
    return lambda r: words.get(r.story, transfer)


def title(r: Record) -> str:
    return STORIES[r.story].title


def upper_title(r: Record) -> str:
    return STORIES[r.story].title.upper()


def text(r: Record) -> str:
    return STORIES[r.story].text


def category(expected: str, barred: str, known: str, missing: str) -> Getter:
    words = {
        "requisitoria": expected,
        "impedimento_de_transito": barred,
        "antecedentes": known,
        "missing": missing,
    }
    return lambda r: words[r.status]


def action(expected: str, barred: str, known: str, missing: str) -> Getter:
    """What is to be done; by the category."""
    return category(expected, barred, known, missing)


def court(text: str) -> Getter:
    """Who ordered it, where a court did."""
    return lambda r: (
        f"{text} {r.place.municipality.title()}"
        if r.status in ("requisitoria", "impedimento_de_transito")
        else ""
    )


def order(text: str) -> Getter:
    """The order's number, where a court gave one."""
    return lambda r: (
        f"{text}-{stable(r) % 9000 + 1000}-2018"
        if r.status in ("requisitoria", "impedimento_de_transito")
        else ""
    )


def until(mark: str, backward: bool = True) -> Getter:
    """The last day on which a notice counts."""
    return lambda r: (
        "" if r.until is None else mark.join(reversed(day(r.until)) if backward else day(r.until))
    )


def dated(get: Getter) -> Getter:
    """A date that some leave out."""
    return lambda r: "" if r.undated else get(r)


def direction(entry: str, exit_: str) -> Getter:
    return lambda r: entry if r.status == "ENTRY" else exit_


def crossing(r: Record) -> str:
    return r.place.crossing


def came_from(words: Mapping[str, str]) -> Getter:
    return lambda r: words[r.across if r.status == "ENTRY" else r.country]


def went_to(words: Mapping[str, str]) -> Getter:
    return lambda r: words[r.country if r.status == "ENTRY" else r.across]


def group(r: Record) -> str:
    return GROUPS[stable(r) % len(GROUPS)] if r.story != "trace" else ""


def confidence(r: Record) -> str:
    return str(30 + stable(r) % 60)


def urgency(urgent: str, routine: str) -> Getter:
    return lambda r: urgent if stable(r) % 4 == 0 else routine


def outcome(identified: str, partial: str, none: str) -> Getter:
    words = {"IDENTIFIED": identified, "PARTIAL": partial, "NOT_FOUND": none}
    return lambda r: words[r.status]


def answered(r: Record) -> str:
    """Get the reference that the request gave itself."""
    return r.answers.reference if r.answers is not None else ""


def exercise(r: Record) -> str:
    return r.exercise
