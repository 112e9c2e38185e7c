"""Keep the hot state of one partition: a RocksDB that says as of which offset it is.

It can be dropped at any time and is rebuilt from the log. Rows: `h` is the header, `d` + key the
processor's own. Values are what a processor wrote; nothing here reads them.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

import structlog
from rocksdict import (
    BlockBasedOptions,
    BottommostLevelCompaction,
    Cache,
    CompactOptions,
    DBCompressionType,
    Options,
    Rdict,
    WriteBatch,
    WriteBufferManager,
)

from schemas.normalise import READING
from streams.folding.packing import LAYOUT

log = structlog.get_logger(__name__)

ROWS_FORMAT = 2
"""Of the rows that this module writes."""
FORMAT = f"{ROWS_FORMAT}/{LAYOUT}/python-{sys.version_info.major}.{sys.version_info.minor}"
"""What a state was written with; state of another format is dropped and rebuilt.

It names the rows of this module, the layout and encoding of the folds' values, and Python's
version: another Python may normalise text otherwise (`unicodedata`), and give things other keys.
"""
FIRST_READING = 1
"""Of a state that does not say its reading: an earlier release began it."""
DAMAGED = ".damaged"
"""Ending of a file beside a state's folder: RocksDB found that state damaged."""
HEADER = b"h"
DATA = b"d"
MEBIBYTE = 1024 * 1024
CACHE_BYTES = 64 * MEBIBYTE
WRITE_BUFFERS_BYTES = 48 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class StateHeader:
    """What a state is of, and how far it is.

    `reading`: how identifiers were read when it began (`schemas.normalise.READING`); the state is
    valid under any, because it holds what was observed, and not what would be observed now.
    `offset`: of the next message to be applied; `bookmark`: where the processor's other input (key
    lists) continues; `compaction_pending`: something was erased, and its former value is still on
    the disk.
    """

    topic_id: str
    generation: int
    format: str = FORMAT
    offset: int = 0
    bookmark: int = 0
    compaction_pending: bool = False
    reading: int = READING

    def matches(self, other: StateHeader) -> bool:
        """Whether both are of the same topic (not a namesake made later), generation and format."""
        mine = (self.topic_id, self.generation, self.format)
        return mine == (other.topic_id, other.generation, other.format)


class SharedBuffers:
    """One block cache and one limit of write buffers for all states of a process."""

    def __init__(self, cache: int = CACHE_BYTES, write_buffers: int = WRITE_BUFFERS_BYTES) -> None:
        """Set the limits, in bytes."""
        self._cache = Cache(cache)
        own = Cache(write_buffers)  # within the other, buffers would leave no room for what is read
        self._buffers = WriteBufferManager.new_write_buffer_manager_with_cache(
            write_buffers, False, own
        )

    def options(self) -> Options:
        """Make RocksDB's options under these limits."""
        blocks = BlockBasedOptions()
        blocks.set_block_cache(self._cache)
        blocks.set_bloom_filter(10, False)
        # in memory for good, 10 bits a key: nearly every look-up is of a key never seen
        blocks.set_cache_index_and_filter_blocks(False)
        options = Options(raw_mode=True)
        options.create_if_missing(True)
        options.set_block_based_table_factory(blocks)
        options.set_write_buffer_manager(self._buffers)
        options.set_write_buffer_size(8 * MEBIBYTE)
        options.set_max_write_buffer_number(3)
        options.set_compression_type(DBCompressionType.lz4())
        options.set_max_open_files(256)
        options.set_max_background_jobs(2)
        options.set_recycle_log_file_num(0)  # a recycled write-ahead log would keep what was erased
        # a list of tables names the first and last keys of former ones, so a new one begins
        options.set_max_manifest_file_size(1)
        options.set_keep_log_file_num(2)
        options.set_max_log_file_size(MEBIBYTE)
        return options


class StateStore:
    """The rows of one partition. Not for two threads at once; only `close` waits for `compact`."""

    def __init__(self, folder: Path, expected: StateHeader, buffers: SharedBuffers) -> None:
        """Open a state, or begin a new one where it is not of what is expected.

        The offset and the bookmark of `expected` are ignored.
        """
        self.folder = folder
        self.closed = False
        self._buffers = buffers
        self._compacting = Lock()
        self._db = _open(folder, buffers)
        self.header = self._read_header(expected)

    @property
    def offset(self) -> int:
        """The offset of the next message to be applied."""
        return self.header.offset

    def size(self) -> int:
        """Measure the bytes on the disk, about: files come and go meanwhile."""
        return sum(_size(path) for path in self.folder.iterdir())

    def get(self, key: bytes) -> bytes | None:
        """Look up the value of a key."""
        try:
            value: bytes | None = self._db.get(DATA + key)
        except Exception as error:
            self._note_damage(error)
            raise
        return value

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Read keys that begin with `prefix`, in their order, and their values, as of the call."""
        rows, whole = self._db.iter(), DATA + prefix
        try:
            rows.seek(whole)
            while rows.valid():
                key: bytes = rows.key()
                if not key.startswith(whole):
                    return
                yield key[1:], rows.value()
                rows.next()
            rows.status()  # an iterator that meets damage ends as if there were no more rows
        except Exception as error:
            self._note_damage(error)
            raise

    def write(
        self,
        changes: Mapping[bytes, bytes | None],
        offset: int,
        bookmark: int,
        erases: bool = False,
    ) -> None:
        """Apply the changes (None deletes) and go to `offset`, all of it or nothing.

        `erases`: former values must leave the disk, so a `compact` is due.
        """
        pending = self.header.compaction_pending or erases
        header = replace(self.header, offset=offset, bookmark=bookmark, compaction_pending=pending)
        self._write(changes, header)

    def _write(self, changes: Mapping[bytes, bytes | None], header: StateHeader) -> None:
        batch = WriteBatch(raw_mode=True)
        for key, value in changes.items():
            if value is None:
                batch.delete(DATA + key)
            else:
                batch.put(DATA + key, value)
        batch.put(HEADER, json.dumps(asdict(header)).encode())
        try:
            self._db.write(batch)
        except Exception as error:
            self._note_damage(error)
            raise
        self.header = header

    def _note_damage(self, error: Exception) -> None:
        """Note where RocksDB finds its files damaged: the next opening drops them.

        The caller raises the error again, which ends the process. Started again, it rebuilds the
        state from the log.
        """
        if _is_damage(error):
            (self.folder.parent / f"{self.folder.name}{DAMAGED}").touch()

    def compact(self) -> None:
        """Take former and deleted values off the disk. It may take seconds.

        Until then they stay in tables and in the write-ahead log.
        """
        force = CompactOptions()
        force.set_bottommost_level_compaction(BottommostLevelCompaction.force())
        with self._compacting:
            if self.closed:
                return
            self._db.flush(True)
            self._db.compact_range(None, None, force)
            self._write({}, replace(self.header, compaction_pending=False))
            self._db.flush(True)  # the list of tables begins again, without those that are gone

    def discard(self, reason: str) -> None:
        """Drop everything; it is rebuilt from the log."""
        log.warning(
            "state_dropped", state=self.folder.name, reason=reason, offset=self.header.offset
        )
        self._db.close()
        shutil.rmtree(self.folder)
        self._db = _open(self.folder, self._buffers)
        self.header = replace(
            self.header, offset=0, bookmark=0, compaction_pending=False, reading=READING
        )

    def close(self) -> None:
        """Close the database; a second call has no effect."""
        if self.closed:
            return
        self.closed = True
        with self._compacting:
            self._db.close()

    def _report_reading(self, header: StateHeader) -> None:
        """Warn that records before and after this release do not meet until a rebuild."""
        if header.reading != READING:
            log.warning(
                "another_reading",
                state=self.folder.name,
                reading=header.reading,
                present=READING,
                remedy="quipu rebuild --accept",
            )

    def _read_header(self, expected: StateHeader) -> StateHeader:
        fresh = replace(expected, offset=0, bookmark=0, compaction_pending=False)
        self.header = fresh
        row = self._db.get(HEADER)
        if row is None:
            return fresh
        header = read_header(row)
        if header is not None and header.matches(expected):
            self._report_reading(header)
            return header
        self.discard(f"it is of {header}, not of {fresh}")
        if header is None or not replace(header, format=expected.format).matches(expected):
            return fresh
        # what it wrote stays in its generation, so the warning stays until a rebuild
        self._report_reading(header)
        return replace(fresh, reading=header.reading)


def read_header(row: bytes) -> StateHeader | None:
    """Read the header in a row; None where another format wrote it."""
    try:
        return StateHeader(**{"reading": FIRST_READING, **json.loads(row)})
    except (ValueError, TypeError):
        return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # RocksDB has just removed it
        return 0


def _open(folder: Path, buffers: SharedBuffers) -> Any:
    """Open the database; one that is damaged is dropped, since the log has everything."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    mark = folder.parent / f"{folder.name}{DAMAGED}"
    if mark.exists():
        _drop_damaged(folder, "an earlier process found it damaged")
        mark.unlink()
    try:
        return Rdict(str(folder), buffers.options())
    except Exception as error:
        if not _is_damage(error):
            raise
        _drop_damaged(folder, str(error))
        return Rdict(str(folder), buffers.options())


def _drop_damaged(folder: Path, reason: str) -> None:
    log.warning(
        "state_damaged", folder=str(folder), reason=reason, consequence="rebuilt from the log"
    )
    shutil.rmtree(folder, ignore_errors=True)


def _is_damage(error: Exception) -> bool:
    """Say whether RocksDB calls its files damaged or misses one; it has no exception for that."""
    return str(error).startswith(("Corruption", "IO error: No such file"))
