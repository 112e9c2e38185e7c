"""One record of the scenario: what happened, what an officer wrote, and of which things it speaks."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from producers.scenario.world.belongings import Account, Car, Handset, Line, Lot
from producers.scenario.world.people import Paper
from producers.scenario.world.places import Place
from producers.scenario.world.weapons import Weapon

WEAPON, SEIZURE = "weapon_record", "seizure"
NOTICE, FLOW, MOVEMENT, THREAT = "person_notice", "suspicious_flow", "movement", "threat_report"
REQUEST, RESULT, INCIDENT = "trace_request", "trace_result", "crime_incident"
AT_A_DESK = ("REGISTERED", "EXPORTED", "IMPORTED", "DESTROYED")


@dataclass(slots=True)
class Plate:
    """A vehicle as written. `country` empty: nobody wrote it."""

    car: Car
    country: str
    text: str
    involvement: str = ""
    certainty: str = "certain"
    doubt: str = ""


@dataclass(slots=True)
class Call:
    """A telephone as written: number, its country where the number does not say it, IMEI.

    Either may be missing.
    """

    line: Line | None = None
    country: str = ""
    text: str = ""
    certainty: str = "certain"
    doubt: str = ""
    handset: Handset | None = None
    imei: str = ""
    imei_certainty: str = "certain"
    imei_doubt: str = ""


@dataclass(slots=True)
class Ledger:
    """An account as the report has it."""

    account: Account
    institution: str
    country: str
    text: str
    certainty: str = "certain"


class Mention(NamedTuple):
    """That a record speaks of a thing.

    `certainty`: certain | possible | mistyped | lost | none (the last three: the text does not lead
    to it). `doubt`: what a possible one says, so that another with the same says the same.
    `variant`: which form of the thing it is written in; of another form it is but possible.
    """

    kind: str
    thing: object
    certainty: str
    written: str
    role: str = ""
    involvement: str = ""
    doubt: str = ""
    variant: str = ""


@dataclass(slots=True)
class Record:
    """A row to be. `leaves`: what serial and make as written still say (field_noise.py). `day` and `until` are ordinals, `minute` of the day (local time).

    Quantity in grams, US dollars or pieces.

    `status`: of a weapon; category of a notice, direction of a movement, outcome of a trace.
    `story`: what its words tell of (words.py).
    """

    type: str
    status: str
    place: Place
    day: int
    minute: int
    what: str = "weapon"
    weapon: Weapon | None = None
    make: str = ""
    calibre: str = ""
    serial: str = ""
    lot: Lot | None = None
    substance: str = ""
    quantity: float = 0.0
    noise: list[str] = field(default_factory=list)
    reference: str = ""
    person: Paper | None = None
    other: Paper | None = None
    vehicle: Plate | None = None
    phone: Call | None = None
    account: Ledger | None = None
    payee: Ledger | None = None
    story: str = ""
    across: str = ""
    until: int | None = None
    exercise: str = ""
    undated: bool = False
    leaves: str = "certain"
    doubt: str = ""
    variant: str = ""
    answers: "Record | None" = None  # the request that a trace's result answers
    reported_as: "Record | None" = None  # what was reported before the correction

    @property
    def country(self) -> str:
        """Give the country where it happened."""
        return self.place.country

    @property
    def is_found(self) -> bool:
        """Whether it was found on the spot, not filed at a desk."""
        return self.type == SEIZURE or self.status in ("SEIZED", "TRAFFICKED")

    @property
    def certainty(self) -> str:
        """Whether the serial as written leads to the weapon (see Mention)."""
        if "typo" in self.noise:
            return "mistyped"
        if any(name in self.noise for name in ("illegible", "placeholder", "obliterated")):
            return "none"
        if self.leaves == "lost":
            return "lost"
        return "possible" if "partial" in self.noise or self.leaves == "possible" else "certain"

    @property
    def is_calibre_known(self) -> bool:
        """Whether the calibre's cell says a calibre."""
        return bool(self.calibre) and "calibre-nothing" not in self.noise

    def mentions(self) -> Iterator[Mention]:
        """The things that it speaks of."""
        if self.weapon is not None:
            yield Mention(
                "weapon",
                self.weapon,
                self.certainty,
                self.serial,
                doubt=self.doubt,
                variant=self.variant,
            )
        if self.lot is not None:
            yield Mention("ammunition_lot", self.lot, "certain", self.serial)
        for paper in (self.person, self.other):
            if paper is not None and paper.number:
                yield Mention(
                    "document",
                    paper.identity,
                    paper.certainty,
                    paper.number,
                    paper.role,
                    doubt=paper.doubt,
                    variant=paper.variant,
                )
        if self.vehicle is not None:
            yield Mention(
                "plate",
                self.vehicle.car,
                self.vehicle.certainty,
                self.vehicle.text,
                "",
                self.vehicle.involvement,
                self.vehicle.doubt,
            )
        if self.phone is not None:
            yield from _calls(self.phone)
        for ledger in (self.account, self.payee):
            if ledger is not None:
                yield Mention("account", ledger.account, ledger.certainty, ledger.text)

    def corrected_from(self, **changes: object) -> None:
        """First reported otherwise.

        The correction's file has what is here, the records' file what was reported first.
        """
        self.reported_as = replace(self, **changes)  # type: ignore[arg-type]
        self.noise.append("corrected")


def _calls(phone: Call) -> Iterator[Mention]:
    if phone.line is not None:
        yield Mention("phone", phone.line, phone.certainty, phone.text, doubt=phone.doubt)
    if phone.handset is not None:
        yield Mention(
            "imei", phone.handset, phone.imei_certainty, phone.imei, doubt=phone.imei_doubt
        )


@dataclass(slots=True)
class Tale:
    """Records that belong together. `trap`: something in it resembles another thing, or needs care."""

    story: str
    records: list[Record]
    trap: bool = False
