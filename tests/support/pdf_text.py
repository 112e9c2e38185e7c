"""Read the text of a PDF of ours, without the time that pypdf spends on its drawings."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

PATHS = re.compile(rb"(?:-?[0-9.]+ ){2,6}[mlc](?=\s)")
"""Parts of the lines that typst draws: a map has ten thousand of them, and no letter."""


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page, in one line."""
    texts = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        content = page["/Contents"].get_object()
        assert isinstance(content, StreamObject)
        without_paths = DecodedStreamObject()
        without_paths.set_data(PATHS.sub(b"", content.get_data()))
        page[NameObject("/Contents")] = without_paths
        texts.append(" ".join(page.extract_text().split()))
    return texts
