"""How the embedded server reads the primitives of the protocol."""

import io

import pytest

from infra.clickhouse.embedded import wire


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 4096])
def test_skipping_strings_lands_where_reading_them_does_for_any_arrival(size: int) -> None:
    words = (
        [b"", b"CO", b"CO", b"x" * 127, b"y" * 128, b"z" * 300]
        + [b"PE"] * 700
        + [b"q" * i for i in range(200)]
    )
    data = b"".join(map(wire.text, words))
    source, caught = io.BytesIO(data + b"!"), io.BytesIO()
    reader = wire.Wire(source.readinto, size)
    reader.capture(caught)
    reader.skip_strings(len(words))
    reader.release()
    assert caught.getvalue() == data
    assert reader.read(1) == b"!"
