"""What a column of a country's export holds.

Words, dates, units and codes as that country writes them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from producers.scenario.stories.record import Record

Getter = Callable[[Record], str]
Columns = tuple[tuple[str, Getter], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the rows of a table that people made.

    `titles`: rows above the header; `total`, `note`: what the rows below begin with, empty for none;
    `two_rows`: the header's names `A/B` have A in a row above B.
    """

    titles: tuple[str, ...] = ()
    total: str = ""
    note: str = ""
    two_rows: bool = False


BARE = Frame()


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file of one node.

    `format`: see formats.py; `name`: without ending; `mapping`: the mapping that reads it.

    `timed`: whether it says the hour; `rows`: in XML, root and row.
    """

    name: str
    format: str
    mapping: str
    columns: Columns
    reference: Callable[[Record, int], str]
    encoding: str = "utf-8"
    separator: str = ","
    timed: bool = True
    rows: str = ""
    frame: Frame = BARE

    @property
    def ending(self) -> str:
        """Give the ending of the file's name, with its dot."""
        return f".{self.format}"


MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def stable(r: Record) -> int:
    """A number that is the same for the same record, to draw what nothing depends on."""
    return int.from_bytes(sha256(f"{r.reference}{r.day}{r.minute}".encode()).digest()[:4], "big")


@lru_cache(4_096)
def day(ordinal: int) -> tuple[str, str, str]:
    """Year, month and day as they are written."""
    when = date.fromordinal(ordinal)
    return f"{when.year:04}", f"{when.month:02}", f"{when.day:02}"


def iso(r: Record) -> str:
    return "-".join(day(r.day))


def backward(mark: str) -> Getter:
    return lambda r: mark.join(reversed(day(r.day)))


def clock(r: Record) -> str:
    return f"{r.minute // 60:02}:{r.minute % 60:02}"


def half_day_clock(r: Record) -> str:
    """The hour as many write it: 02:30 p. m."""
    hour, minute = divmod(r.minute, 60)
    return f"{(hour + 11) % 12 + 1:02}:{minute:02} {'a. m.' if hour < 12 else 'p. m.'}"


def day_in_words(r: Record) -> str:
    """15 de marzo de 2018."""
    year, month, number = day(r.day)
    return f"{int(number)} de {MONTHS[int(month) - 1]} de {year}"


def day_and_short_month(mark: str) -> Getter:
    """Write a day as 15-MAR-2018, with `mark` between."""

    def write(r: Record) -> str:
        year, month, number = day(r.day)
        return mark.join((number, MONTHS[int(month) - 1][:3].upper(), year))

    return write


def one_of(*getters: Getter) -> Getter:
    """A column that each clerk fills in a way of their own; a record always in the same."""
    return lambda r: getters[stable(r) % len(getters)](r)


def iso_moment(r: Record) -> str:
    return f"{iso(r)} {clock(r)}"


def moment(mark: str) -> Getter:
    return lambda r: f"{mark.join(reversed(day(r.day)))} {clock(r)}"


def half_day_moment(mark: str) -> Getter:
    return lambda r: f"{mark.join(reversed(day(r.day)))} {half_day_clock(r)}"


def worded(getter: Getter, words: Mapping[str, str]) -> Getter:
    """What the record says, in the country's words; empty where it says nothing."""
    return lambda r: words.get(getter(r), "")


def status(**words: str) -> Getter:
    return worded(lambda r: r.status, words)


def kind(pistol: str, revolver: str, rifle: str, shotgun: str, submachine: str) -> Getter:
    words = {
        "PISTOL": pistol,
        "REVOLVER": revolver,
        "RIFLE": rifle,
        "SHOTGUN": shotgun,
        "SUBMACHINE_GUN": submachine,
    }
    return lambda r: words[r.weapon.type] if r.weapon else ""


def what(drug: str, weapon: str, cash: str, ammunition: str, mineral: str, vehicle: str) -> Getter:
    words = {
        "drug": drug,
        "weapon": weapon,
        "cash": cash,
        "ammunition": ammunition,
        "mineral": mineral,
        "vehicle": vehicle,
    }
    return worded(lambda r: r.what, words)


def substance(cocaine: str, base: str, cannabis: str) -> Getter:
    return worded(lambda r: r.substance, {"cocaine": cocaine, "base": base, "cannabis": cannabis})


def model(r: Record) -> str:
    return r.weapon.model if r.weapon else ""


def make(r: Record) -> str:
    return r.make


def calibre(r: Record) -> str:
    return r.calibre


def serial(r: Record) -> str:
    return r.serial


def reference(r: Record) -> str:
    return r.reference


def code(r: Record) -> str:
    return r.place.code


def town(r: Record) -> str:
    return r.place.municipality


def title(r: Record) -> str:
    return r.place.municipality.title()


def post(text: str) -> Getter:
    """The border post, where something was found at one."""
    return lambda r: f"{text} {r.place.crossing}" if r.place.crossing and r.is_found else ""


def state(partial: str, filed: str, none: str) -> Getter:
    words = (
        ("partial", partial),
        ("illegible", partial),
        ("obliterated", filed),
        ("placeholder", none),
    )
    return lambda r: next((word for name, word in words if name in r.noise), "")


def degrees(latitude: bool, mark: str = ".") -> Getter:
    return lambda r: f"{r.place.latitude if latitude else r.place.longitude:.2f}".replace(".", mark)


def cash(rate: float, mark: str = ".") -> Getter:
    return lambda r: f"{r.quantity * rate:.2f}".replace(".", mark) if r.what == "cash" else ""


def thousands(number: float, decimals: int) -> str:
    """1.234.567,50: points between thousands, a comma before the decimals."""
    return f"{number:,.{decimals}f}".translate(_SWAPPED)


def dotted_cash(rate: float) -> Getter:
    return lambda r: thousands(r.quantity * rate, 2) if r.what == "cash" else ""


def dotted_grams(r: Record) -> str:
    return thousands(int(r.quantity), 0) if r.what in ("drug", "mineral") else ""


_SWAPPED = str.maketrans(".,", ",.")


def kilograms(mark: str) -> Getter:
    return lambda r: (
        f"{r.quantity / 1000:.3f}".replace(".", mark) if r.what in ("drug", "mineral") else ""
    )


def pieces(r: Record) -> str:
    """How many, of what is counted."""
    return "" if r.what in ("drug", "mineral", "cash") else str(int(r.quantity) or 1)


def amount_co(r: Record) -> str:
    if r.what == "cash":
        return str(int(r.quantity * 3000) // 1000 * 1000)
    if r.what not in ("drug", "mineral"):
        return pieces(r)
    return str(int(r.quantity)) if r.quantity < 100_000 else f"{r.quantity / 1000:.3f}"


def unit_co(r: Record) -> str:
    if r.what not in ("drug", "mineral"):
        return "PESOS" if r.what == "cash" else "UNIDAD"
    return "GRAMO" if r.quantity < 100_000 else "KILOGRAMO"


def numbered(text: str) -> Callable[[Record, int], str]:
    return lambda _r, number: text.format(number)


def nunc(entity: int) -> Callable[[Record, int], str]:
    """Colombia's número único de noticia criminal.

    Municipality, entity, unit, year, consecutive; 21 digits.
    """
    return lambda r, number: (
        f"{r.place.code[:5]}{entity}{number // 100_000 + 10:05}2018{number % 100_000:05}"
    )
