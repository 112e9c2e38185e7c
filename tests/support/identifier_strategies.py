"""Clean identifiers, and how officers and programs wrap them, for the law tests of every kind."""

import json
from pathlib import Path

import stdnum.luhn
from hypothesis import strategies as st

from schemas.normalise.reading import JOINT
from schemas.observation import Observation

CASES = Path(__file__).parents[1] / "cases"
Keys = set[tuple[str, str, str]]


def keys(observations: list[Observation]) -> Keys:
    """Issuer, value and certainty of each; what several readings have in common is left out."""
    return {
        (thing.issuer, thing.value, thing.certainty)
        for thing in observations
        if JOINT not in thing.value
    }


def certain(things: Keys) -> set[tuple[str, str]]:
    return {thing[:2] for thing in things if thing[2] == "certain"}


def right_values(case: str) -> dict[str, Keys]:
    """The right things of each row of a case, by REF."""
    table = json.loads((CASES / f"{case}.right.json").read_text(encoding="utf-8"))
    return {ref: {(row[0], row[1], row[2]) for row in rows} for ref, rows in table.items()}


def digits(low: int, high: int | None = None) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=low, max_size=high or low)


def separated(mark: str, signs: str = " .-") -> st.SearchStrategy[str]:
    """The same in groups of three from behind, or four and the rest."""
    threes = [mark[max(0, end - 3) : end] for end in range(len(mark), 0, -3)][::-1]
    return st.sampled_from(
        [mark, *(sign.join(threes) for sign in signs), f"{mark[:4]} {mark[4:]}".strip()]
    )


def damaged(mark: str) -> st.SearchStrategy[str]:
    """What a spreadsheet makes of digits."""
    number = mark.lstrip("0") or "0"
    scientific = f"{number[0]}.{number[1:]}E+{len(number) - 1:02}"
    texts = [mark, f"'{mark}", f'="{mark}"', f"{number}.0", f"{number}.00", f"{number},0"]
    texts += [f"{number}.000000001", scientific, f" {mark} ", f"{mark}\u00a0"]
    return st.sampled_from(texts)


def labelled(text: str, before: list[str], behind: list[str]) -> st.SearchStrategy[str]:
    """A text with a label before it, words behind it, perhaps in small letters."""

    def write(label: str, gap: str, end: str, small: bool) -> str:
        line = f"{label}{gap if label else ''}{text}{end}"
        return line.lower() if small else line

    return st.builds(
        write,
        st.sampled_from(["", *before]),
        st.sampled_from([" ", ": ", " N° ", " Nº ", " No. ", " nro. ", ". "]),
        st.sampled_from(["", *behind]),
        st.booleans(),
    )


ec_cedulas = st.builds(
    lambda province, third, rest: (
        (base := f"{province:02}{third}{rest}") + stdnum.luhn.calc_check_digit(base)
    ),
    st.integers(1, 24),
    st.integers(0, 5),
    digits(6),
)
