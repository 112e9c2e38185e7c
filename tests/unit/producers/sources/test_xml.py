"""XML: rows at a path, lists inside them, nothing of what makes XML dangerous; a small goAML report
as the worked example.
"""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producers.mapping.loader import parse_mapping
from producers.model import MappedRow, Refusal, SourceRow
from producers.sources.format import Source
from producers.sources.reader import read


def read_rows(
    tmp_path: Path, content: str | bytes, rows: str = "all/one", encoding: str = "utf-8"
) -> list[object]:
    path = tmp_path / "file.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [
        (or_refusal.number, dict(or_refusal.row))
        if isinstance(or_refusal, SourceRow)
        else (or_refusal.line, or_refusal.code)
        for or_refusal in read(path, Source("xml", encoding, rows=rows), frozenset())
    ]


def test_an_element_is_its_text_attributes_and_children(tmp_path: Path) -> None:
    text = """<all xmlns:q="urn:q">
 <one id="1"><a> x </a><q:b unit="g">2</q:b><c/></one>
 <other><one/></other>
 <one><a>y</a><a>z</a><d><e>&lt;5</e></d></one>
</all>"""
    assert read_rows(tmp_path, text) == [
        (2, {"@id": "1", "a": "x", "b": {"@unit": "g", ".": "2"}, "c": ""}),
        (4, {"a": ["y", "z"], "d": {"e": "<5"}}),
    ]


def test_a_path_that_is_not_there_says_what_the_root_is(tmp_path: Path) -> None:
    path = tmp_path / "file.xml"
    path.write_text("<report><x/></report>")
    refusal = next(iter(read(path, Source("xml", rows="reports/report"), frozenset())))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, "report" in str(refusal.detail)) == ("UNREADABLE_FILE", True)


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE all [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><all><one>&b;</one></all>',
        '<!DOCTYPE all SYSTEM "file:///etc/passwd"><all><one/></all>',
        '<!DOCTYPE all [<!ENTITY a SYSTEM "file:///etc/passwd">]><all><one>&a;</one></all>',
        "<all><one>&other;</one></all>",
        "<all>" * 200 + "</all>" * 200,
        "<all><one",
        "<all><one></all>",
        "",
        "<all><one a='" + "x" * 9_000_000,
    ],
    ids=["laughs", "external", "entity", "unknown", "deep", "cut", "crossed", "nothing", "token"],
)
def test_hostile_and_broken_xml_is_refused(tmp_path: Path, content: str) -> None:
    assert [row[1] for row in read_rows(tmp_path, content)] == ["UNREADABLE_FILE"]  # type: ignore[index]


def test_what_was_whole_before_an_error_is_kept_and_the_error_has_its_line(tmp_path: Path) -> None:
    assert read_rows(tmp_path, "<all>\n<one><a>1</a></one>\n<one><a></one>\n</all>") == [
        (2, {"a": "1"}),
        (3, "UNREADABLE_FILE"),
    ]


def test_an_element_too_large_is_broken_alone(tmp_path: Path) -> None:
    large = "<one><a>" + "x" * 5_000_000 + "</a></one>"
    assert read_rows(tmp_path, f"<all>{large}<one><a>1</a></one></all>") == [
        (1, "BROKEN_LINE"),
        (2, {"a": "1"}),
    ]


def test_encodings_declared_and_wrong(tmp_path: Path) -> None:
    declared = '<?xml version="1.0" encoding="windows-1252"?><all><one><a>Ibañez €</a></one></all>'
    assert read_rows(tmp_path, declared.encode("windows-1252")) == [(1, {"a": "Ibañez €"})]
    silent = "<all><one><a>Ibañez</a></one></all>".encode("latin-1")
    assert read_rows(tmp_path, silent) == [(1, "BAD_ENCODING")]
    assert read_rows(tmp_path, silent, encoding="latin-1") == [(1, {"a": "Ibañez"})]
    assert read_rows(tmp_path, "<all><one><a>Ibañez</a></one></all>".encode("utf-16")) == [
        (1, {"a": "Ibañez"})
    ]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.xml"
        path.write_text("<all>" + "<one><a>some text</a><b x='1'/></one>\n" * count + "</all>")
        tracemalloc.start()
        assert sum(1 for _ in read(path, Source("xml", rows="all/one"), frozenset())) == count
        try:
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(6_000) < 1.5 * peak(2_000)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet="<>/ae=\"'&;![]D \n", max_size=120).map(str.encode),
    )
)
def test_no_xml_ever_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    assert all(
        isinstance(or_refusal, SourceRow | Refusal)
        for or_refusal in read(path, Source("xml", rows="a"), frozenset())
    )


LISTS = {
    "type": "suspicious_flow",
    "source": {"format": "xml", "rows": "report"},
    "lists": {
        "transactions": "transaction",
        "report.indicators": "report_indicators/indicator",
        "transactions[*].notes": "memo",
    },
    "fields": {
        "report.entity": "rentity_id",
        "report.indicators[*]": ".",
        "transactions[*].amount": {"column": "amount_local", "steps": [{"number": "."}]},
        "transactions[*].currency": "/currency_code_local",
        "transactions[*].notes[*].text": "text",
    },
}
REPORT = """<report><rentity_id>7</rentity_id><currency_code_local>PEN</currency_code_local>
<transaction><amount_local>10.5</amount_local><memo><text>a</text></memo><memo><text>b</text></memo></transaction>
<transaction><amount_local>%s</amount_local></transaction>
<report_indicators><indicator>ML01</indicator></report_indicators></report>"""


def report_row(tmp_path: Path, content: str) -> SourceRow:
    path = tmp_path / "report.xml"
    path.write_text(content)
    row = next(iter(read(path, Source("xml", rows="report"), frozenset())))
    assert isinstance(row, SourceRow)
    return row


def test_repeated_elements_become_lists_and_lists_in_lists(tmp_path: Path) -> None:
    row = report_row(tmp_path, REPORT % "20")
    result = parse_mapping(LISTS, Path("m.toml")).apply(row.row, row.number)
    assert isinstance(result, MappedRow)
    assert result.payload == {
        "report": {"entity": "7", "indicators": ["ML01"]},
        "transactions": [
            {"amount": 10.5, "currency": "PEN", "notes": [{"text": "a"}, {"text": "b"}]},
            {"amount": 20.0, "currency": "PEN"},
        ],
    }


def test_an_error_in_a_list_names_the_element(tmp_path: Path) -> None:
    mapping = parse_mapping(LISTS, Path("m.toml"))
    row = report_row(tmp_path, REPORT % "varios")
    result = mapping.apply(row.row, row.number)
    assert isinstance(result, list)
    assert [
        (refusal.code, refusal.field, refusal.column, refusal.offending_value) for refusal in result
    ] == [("BAD_NUMBER", "transactions[1].amount", "transaction[2]/amount_local", "varios")]
    assert mapping.column_of("transactions[1].amount") == "transaction[2]/amount_local"
    assert mapping.column_of("transactions[0].notes[1].text") == "transaction[1]/memo[2]/text"
