"""Write the rows whose record was sent with other content to a file, to work through."""

from pathlib import Path

from producers.ingest.report import RunReport
from producers.mapping.file_mapping import FileMapping
from producers.mapping.mapping import RowMapping
from producers.sources.rejected_rows import RejectedRows, write_rejected_rows


def write_conflicts(
    path: Path, mapping: RowMapping | FileMapping, report: RunReport, target: Path
) -> Path | None:
    """Copy the conflicting rows of a file to `target` with the format's ending added.

    The copy is of the file's own form: `quipu correct` takes it once the rows are decided. Returns
    where it is; None where there is no conflict, or where the format has no such copy. Raises
    OSError.
    """
    indexes = frozenset(report.ingested.conflict_indexes)
    rejected = RejectedRows(path, mapping.source, mapping.columns, indexes)
    return write_rejected_rows(rejected, target)
