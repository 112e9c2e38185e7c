"""A serial whose remark says that a part of it was read is possible, and never lost."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.normalise.reading import Why
from schemas.normalise.reasons import explain_serial
from schemas.normalise.remarks import find_remark
from schemas.normalise.serial import serials
from tests.support.cases import read_rows

PLAIN = "ACDEFHJKLMNPQRTUVWXY"
REMARKS = [
    *("{} (LIMADO PARCIAL)", "{} PARCIALMENTE BORRADO", "SOLO SE LEE {}", "SE ALCANZA A LEER {}"),
    *("ULTIMOS 5 DIGITOS {}", "TERMINA EN {}", "{} ILEGIBLE EN PARTE", "EMPIEZA CON {}"),
    *("{}, EL RESTO LIMADO", "AL PARECER {}", "{} (POSIBLE)", "UNICAMENTE SE OBSERVA {}"),
    *("serie n° {} (limado parcial) cal 38", "{} desgastado", "primeros cuatro digitos {}"),
]
marks = st.builds(
    "{}{}".format,
    st.text(PLAIN, min_size=2, max_size=3),
    st.text("3479", min_size=4, max_size=6),
).filter(lambda mark: serials(mark) and serials(mark)[0].certainty == "certain")


@pytest.mark.parametrize("row", read_rows("partly-read-serials.csv"), ids=lambda row: row["REF"])
def test_a_part_that_was_read_is_possible(row: dict[str, str]) -> None:
    readings = explain_serial(row["SERIE"])
    values = {thing.value for thing in readings.things}
    assert all(thing.certainty == "possible" for thing in readings.things)
    if not row["RIGHT"]:
        assert not values
    elif "?" in row["RIGHT"]:
        assert len(values) > 1
        assert all(fnmatchcase(value, row["RIGHT"].replace("?", "*")) for value in values)
    else:
        assert values == {row["RIGHT"]}
        assert readings.things[0].why[0] is Why.PARTIAL_MARK


@given(marks, st.sampled_from(REMARKS))
def test_a_remark_leaves_the_mark_possible_and_no_other_thing_certain(
    mark: str, remark: str
) -> None:
    readings = explain_serial(remark.format(mark))
    assert mark in {thing.value for thing in readings.things}
    assert all(thing.certainty == "possible" for thing in readings.things)


@given(st.text("ABCDEKLRSTX0123456789 -().?", max_size=40))
def test_any_text_has_a_remark_or_none(text: str) -> None:
    remark = find_remark(text)
    assert remark is None or remark.rest.strip()
