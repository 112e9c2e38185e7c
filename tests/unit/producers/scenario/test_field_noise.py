"""The noise of fields: its table, its rates, and what a cell still says after it."""

import re
from collections import Counter
from pathlib import Path

import pytest

from producers.scenario.files.readme import noise_table
from producers.scenario.recording.field_noise import (
    CERTAIN,
    LAYERS,
    LEAVES,
    LOST,
    FieldNoise,
    FieldWriter,
    WrittenField,
    read_noise,
)

DRAWS = 12_000
FACTS = {
    "known": "yes",
    "department": "LP",
    "second": "3145550284",
    "desk": "yes",
    "calibre": "9mm",
    "model": "85",
}
# A country and a value of each field that every kind of the field's noise can befall, and a
# further one for noise of one country or of one form.
CELLS: dict[str, tuple[tuple[str, str], ...]] = {
    "document": (
        ("CO", "1034567823"),
        ("EC", "0912345675"),
        ("PE", "45812736"),
        ("BO", "5273911"),
    ),
    "passport": (("VE", "V14000001"),),
    "phone": (("CO", "3145550173"), ("EC", "0998765412")),
    "imei": (("", "356938035643809"), ("", "013263000522721")),
    "plate": (("CO", "EGH123"), ("BO", "1052XYZ")),
    "account": (("CO", "40555666774"), ("PE", "4055566677123")),
    "serial": (("CO", "TKX12345"), ("PE", "0837132"), ("BO", "5047188")),
    "make": (("CO", "TAURUS"),),
    "calibre": (("CO", "38"),),
    "lot": (("CO", "AB123456"),),
}
KINDS = [kind for kinds in read_noise().values() for kind in kinds]


@pytest.fixture(scope="module")
def written() -> dict[tuple[str, str], list[WrittenField]]:
    """Many values of each cell, by field and value."""
    return {
        (field, text): [writer.write(field, text, country, FACTS) for _ in range(DRAWS)]
        for field, cells in CELLS.items()
        for country, text in cells
        for writer in [FieldWriter(f"{field}/{text}")]
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_says_its_rate_its_reason_and_what_it_leaves(kind: FieldNoise) -> None:
    assert kind.layer in LAYERS and kind.leaves in LEAVES
    assert 0 < kind.rate <= 0.3
    assert len(kind.reason) > 20


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_befalls_as_many_cells_as_its_rate_says(
    kind: FieldNoise, written: dict[tuple[str, str], list[WrittenField]]
) -> None:
    """A little fewer, because a cell that has lost its value, say, gets no label any more."""
    shares = [
        sum(kind.name in item.noise for item in items) / DRAWS
        for (field, _), items in written.items()
        if field == kind.field
    ]
    slack = 4 * (kind.rate / DRAWS) ** 0.5
    assert 0.6 * kind.rate - slack <= max(shares) <= kind.rate + slack


def test_what_leaves_all_certain_drops_nothing_but_zeros_in_front(
    written: dict[tuple[str, str], list[WrittenField]],
) -> None:
    """Every letter and digit of the value stands in the cell, in its order."""
    for (_, text), items in written.items():
        for item in items:
            if item.leaves == CERTAIN:
                letters = re.sub("[^A-Z0-9]", "", item.text.upper())
                rest = iter(letters)
                assert all(letter in rest for letter in text.lstrip("0")), item


def test_what_is_lost_cannot_be_put_together_again(
    written: dict[tuple[str, str], list[WrittenField]],
) -> None:
    for (field, text), items in written.items():
        for item in items:
            if item.leaves == LOST and field != "calibre":
                assert text not in item.text, item


def test_careful_writing_leaves_all_certain() -> None:
    writer = FieldWriter("careful")
    for field, cells in CELLS.items():
        for country, text in cells:
            items = [writer.write(field, text, country, FACTS, careful=True) for _ in range(2_000)]
            assert {item.leaves for item in items} == {CERTAIN}


def test_noise_composes() -> None:
    """A label stands before a number with another in the cell, a tax number is a float …"""
    writer = FieldWriter("composed")
    layers = {kind.name: kind.layer for kind in KINDS}
    pairs: Counter[tuple[str, ...]] = Counter()
    for _ in range(DRAWS):
        item = writer.write("document", "0912345675", "EC", FACTS)
        pairs[tuple(layers[name] for name in item.noise)] += 1
    assert {("loss", "words"), ("loss", "sheet")} <= set(pairs)
    assert not any({"sheet", "words"} <= set(pair) for pair in pairs)


def test_a_seed_writes_the_same_and_another_one_differently() -> None:
    texts = [
        [writer.write("phone", "3145550173", "CO", FACTS).text for _ in range(500)]
        for writer in (FieldWriter("1"), FieldWriter("1"), FieldWriter("2"))
    ]
    assert texts[0] == texts[1] != texts[2]


def test_the_document_has_the_table() -> None:
    page = Path(__file__).parents[4] / "docs" / "scenario.md"
    assert noise_table() in page.read_text(encoding="utf-8")
