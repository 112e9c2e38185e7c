"""What a column of a country's export holds.

Words, dates, units and codes as that country writes them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from producers.scenario.stories.record import Record

Getter = Callable[[Record], str]
Columns = tuple[tuple[str, Getter], ...]


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

    @property
    def ending(self) -> str:
        """Give the ending of the file's name, with its dot."""
        return f".{self.format}"


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


def iso_moment(r: Record) -> str:
    return f"{iso(r)} {clock(r)}"


def moment(mark: str) -> Getter:
    return lambda r: f"{mark.join(reversed(day(r.day)))} {clock(r)}"


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
