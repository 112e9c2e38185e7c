"""Write one value as officers, clerks and their spreadsheets do: labels, damage, gaps, words.

The kinds of noise, their rates and their reasons are in field_noise.toml. Imports nothing of the
readers. What a value still says after the noise is known here, because it is done here.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from producers.scenario.world.chance import pick

LAYERS = ("instead", "loss", "form", "second", "sheet", "words")
LEAVES = ("certain", "variant", "possible", "lost")
"""What a value still says, from all to nothing."""
CERTAIN, LOST = LEAVES[0], LEAVES[-1]
SHEET_DIGITS = 15  # a spreadsheet keeps no more
_CLOSED = {"second": {"sheet", "words"}, "sheet": {"words"}, "instead": set(LAYERS)}
"""What no longer happens to a cell: a number cell holds no words."""
_LOOKS = dict(zip("01582", "OISBZ", strict=True))
_RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldNoise:
    """A kind of noise, as the table says it. `name`: `field-noise`; `words`: by country."""

    name: str
    field: str
    layer: str
    rate: float
    leaves: str
    how: str
    reason: str
    needs: str = ""
    signs: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] | None = None

    def words_of(self, country: str) -> tuple[str, ...]:
        """What is written in a country; empty where the noise is not of it."""
        words = self.words or {}
        return (*words.get("any", ()), *words.get(country, ()))


@dataclass(slots=True)
class WrittenField:
    """A value as written. `noise`: names; `leaves`: what it says; `core`: without words and damage."""

    text: str
    core: str
    noise: tuple[str, ...] = ()
    leaves: str = CERTAIN


def read_noise() -> dict[str, tuple[FieldNoise, ...]]:
    """The table, by field, in the order of the layers."""
    table = tomllib.loads((Path(__file__).parent / "field_noise.toml").read_text(encoding="utf-8"))
    return {
        field: tuple(sorted(_of_field(field, kinds), key=lambda kind: LAYERS.index(kind.layer)))
        for field, kinds in table.items()
    }


def _of_field(field: str, kinds: Mapping[str, Mapping[str, object]]) -> Iterable[FieldNoise]:
    for name, row in kinds.items():
        values = {
            key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
        }
        if isinstance(words := values.get("words"), Mapping):
            values["words"] = {country: tuple(texts) for country, texts in words.items()}
        yield FieldNoise(name=f"{field}-{name}", field=field, **values)  # type: ignore[arg-type]


class FieldWriter:
    """Writes values of fields, with noise drawn from a chance of its own."""

    def __init__(self, seed: str) -> None:
        self.rng = Random(f"{seed}/field noise")
        self._noise = read_noise()

    def write(
        self, field: str, text: str, country: str, facts: Facts | None = None, careful: bool = False
    ) -> WrittenField:
        """Write a value of a field in a country. `careful`: only noise that leaves it certain."""
        written, closed = WrittenField(text, text), set[str]()
        for kind in self._noise[field]:
            if kind.layer in closed or (careful and kind.leaves != CERTAIN):
                continue
            if self.rng.random() < kind.rate:
                self._apply(kind, written, country, facts or {})
                if kind.name in written.noise:
                    closed |= {kind.layer} | _CLOSED.get(kind.layer, set())
                    closed |= set(LAYERS) if written.leaves == LOST else set()
        return written

    def _apply(self, kind: FieldNoise, written: WrittenField, country: str, facts: Facts) -> None:
        """Apply one kind, unless the value cannot have it."""
        if kind.needs and not facts.get(kind.needs):
            return
        text = _HOW[kind.how](kind, written.text, _Chance(self.rng, country, facts))
        if not text or text == written.text:
            return
        written.text = text
        written.noise = (*written.noise, kind.name)
        written.leaves = max(written.leaves, kind.leaves, key=LEAVES.index)
        if kind.layer in ("loss", "form"):
            written.core = text


@dataclass(frozen=True, slots=True)
class _Chance:
    """What a function of noise may look at as well as the text."""

    rng: Random
    country: str
    facts: Facts


def _words(kind: FieldNoise, text: str, chance: _Chance) -> str:
    templates = [
        template
        for template in kind.words_of(chance.country)
        if "{calibre}" not in template or chance.facts.get("calibre")
    ]
    return pick(chance.rng, templates).format(text, **chance.facts) if templates else ""


def _hide(kind: FieldNoise, text: str, chance: _Chance) -> str:
    """One digit that is neither the first nor the last of the text."""
    places = [place for place in range(1, len(text) - 1) if text[place].isdigit()]
    if not places:
        return ""
    place = pick(chance.rng, places)
    return text[:place] + pick(chance.rng, kind.signs) + text[place + 1 :]


def _hide_end(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    return f"{text[:4]}..." if len(text) > 5 else ""


def _drop_zeros(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    bare = text.lstrip("0")
    return bare if text.isdigit() and len(bare) > 3 else ""


def _tax_number(_kind: FieldNoise, text: str, chance: _Chance) -> str:
    if not text.isdigit():
        return ""
    if chance.country == "EC" and len(text) == 10:
        return f"{text}001"
    if chance.country == "PE" and len(text) == 8:
        return _ruc(f"10{text}")
    return ""


def _ruc(digits: str) -> str:
    """With the check digit of Peru's RUC (SUNAT, module 11)."""
    rest = (
        11
        - sum(int(digit) * weight for digit, weight in zip(digits, _RUC_WEIGHTS, strict=True)) % 11
    )
    return f"{digits}{rest % 10}"


def _former_plan(_kind: FieldNoise, text: str, chance: _Chance) -> str:
    """Ecuador's 0998765412 as it was before 2012: 098765412."""
    if chance.country != "EC" or not (text.startswith("099") and text.isdigit()):
        return ""
    return f"09{text[3:]}" if len(text) == 10 else ""


def _without_check_digit(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    return text[:14] if text.isdigit() and len(text) == 15 else ""


def _software_version(_kind: FieldNoise, text: str, chance: _Chance) -> str:
    if not text.isdigit() or len(text) != 15:
        return ""
    return f"{text[:14]}{1 + int(chance.rng.random() * 9):02}"


def _look_alike(_kind: FieldNoise, text: str, chance: _Chance) -> str:
    places = [place for place, letter in enumerate(text) if letter in _LOOKS]
    if not places:
        return ""
    place = pick(chance.rng, places)
    return text[:place] + _LOOKS[text[place]] + text[place + 1 :]


def _is_number(text: str) -> bool:
    """Whether a spreadsheet takes a text for a number and keeps all of its digits."""
    return text.isdigit() and text[0] != "0" and 3 < len(text) <= SHEET_DIGITS


def _float(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    return f"{text}.0" if _is_number(text) else ""


def _short_float(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    return f"{text}.0" if text.isdigit() else ""


def _float_noise(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    return f"{text}.000000002" if _is_number(text) and len(text) < 11 else ""


def _apostrophe(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    return f"'{text}"


def _exponent(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    """With every digit; a zero at the end would not be written."""
    return f"{text[0]}.{text[1:]}E{len(text) - 1}" if _is_number(text) and text[-1] != "0" else ""


def _short_exponent(_kind: FieldNoise, text: str, _chance: _Chance) -> str:
    if not text.isdigit() or len(text) < 8:
        return ""
    bare = text.lstrip("0")
    return f"{bare[0]}.{bare[1:6]}E+{len(bare) - 1:02}" if bare[6:].strip("0") else ""


_HOW: Mapping[str, Callable[[FieldNoise, str, _Chance], str]] = {
    "words": _words,
    "hide": _hide,
    "hide_end": _hide_end,
    "drop_zeros": _drop_zeros,
    "tax_number": _tax_number,
    "former_plan": _former_plan,
    "without_check_digit": _without_check_digit,
    "software_version": _software_version,
    "look_alike": _look_alike,
    "float": _float,
    "short_float": _short_float,
    "float_noise": _float_noise,
    "apostrophe": _apostrophe,
    "exponent": _exponent,
    "short_exponent": _short_exponent,
}
