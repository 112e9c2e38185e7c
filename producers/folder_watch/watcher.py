"""Ingest the files of a watched folder that stopped growing.

They move to `done/` with a report next to them, or to `failed/`.

    done/armas.csv               the file, unchanged
    done/armas.csv.report.json   what became of it (`Report.as_json`); completed with each answer
    done/armas.csv.report.txt    the same for people
    done/armas.csv.refused.csv   the refused rows: correct them and drop the file in again
    done/armas.csv.conflicts.csv   those of them that were sent with other content: decide of each

It lists the folder, because network shares do not report changes. The file itself is moved last:
after a crash it is ingested once more, and its records are recognised. A file that changed while it
was read is left to be read again.
"""

import errno
import json
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import structlog

from infra.data_folder import write_atomically
from infra.errors import QuipuError
from producers.ingest.conflicts import write_conflicts
from producers.ingest.report import RunReport
from producers.mapping.file_mapping import FileMapping
from producers.mapping.mapping import RowMapping
from producers.node import CountryNode
from producers.sources.rejected_rows import RejectedRows, write_rejected_rows
from schemas.i18n import LANGUAGES, _

log = structlog.get_logger(__name__)

POLL_EVERY_S = 1.0
SETTLED_S = 3.0
EMPTY_FILE_SETTLED_S = 60.0  # an empty file is one that somebody is about to fill, for so long
REPORT_EVERY_S = 2.0  # between looks at what was answered
RETRY_S = 10.0
_PARTIAL = (".*", "~*", "*~", "*.part", "*.partial", "*.tmp", "*.crdownload", "*.filepart")
_SYSTEM_TROUBLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ESTALE})
"""Trouble of the disk or share, not of one file: all files wait."""
_UNREADABLE = frozenset({"EMPTY_FILE", "UNREADABLE_FILE"})


@dataclass(frozen=True, slots=True)
class Route:
    """Which mapping, or mappings, files of a name have.

    `correcting` is the reason if their rows correct known items.
    """

    pattern: str
    mapping: RowMapping | FileMapping
    correcting: str | None = None

    def __post_init__(self) -> None:
        """Have the mapping's reader open no link, whatever it is elsewhere."""
        object.__setattr__(self, "mapping", FileMapping.of(self.mapping).without_links())


@dataclass(frozen=True, slots=True)
class ProcessedFile:
    """A file that was moved.

    `refused` is the file with its refused rows. `reason` is the code for which all of it failed, or
    empty.
    """

    name: str
    moved: Path
    report: RunReport
    refused: Path | None
    reason: str


@dataclass(slots=True)
class _Seen:
    size: int
    changed: int
    since: float


def _no_housework() -> None:
    """Stand for a watcher that has nothing to do besides its folder."""


@dataclass
class FolderWatcher:
    """Watches one folder for an open node that is running.

    `tell` is called with each file; `render` makes the report for people. `clock` gives seconds,
    monotonic. `keep_house` is called after each look at the folder.
    """

    node: CountryNode
    folder: Path
    routes: Sequence[Route]
    tell: Callable[[ProcessedFile], None]
    render: Callable[[RunReport], str]
    settled_s: float = SETTLED_S
    clock: Callable[[], float] = time.monotonic
    keep_house: Callable[[], object] = _no_housework
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _unknown: set[str] = field(default_factory=set)
    _open: list[Path] = field(default_factory=list)
    _answered: int = -1
    _told_at: float = 0.0

    def begin(self) -> None:
        """Make the folders, and find the reports that wait for answers. Raises OSError."""
        for name in ("done", "failed"):
            (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        self._check_folders()
        self._open = [path for path in (self.folder / "done").glob("*.report.json") if _waits(path)]

    def run_forever(self) -> None:
        """Repeat without end: list, ingest, complete reports.

        What fails (a missing share, a full disk, an outbox in trouble) is tried again.
        """
        while True:
            try:
                self.scan()
                self.update_reports()
                self.keep_house()
                time.sleep(POLL_EVERY_S)
            except (OSError, QuipuError) as error:
                log.warning("folder_waits", folder=str(self.folder), why=str(error))
                time.sleep(RETRY_S)

    def scan(self) -> int:
        """Ingest every file that has settled, oldest first. Returns how many have not.

        Raises OSError, QuipuError.
        """
        paths = {path.name: path for path in self._files()}
        self._seen = {name: seen for name, seen in self._seen.items() if name in paths}
        ready = [
            (changed, path, route)
            for path in paths.values()
            if (route := self._route(path.name)) and (changed := self._settled(path))
        ]
        for _mtime, path, route in sorted(ready, key=lambda entry: (entry[0], entry[1].name)):
            self._ingest_apart(path, route)
        return sum(self._route(name) is not None for name in paths) - len(ready)

    def update_reports(self, now: bool = False) -> None:
        """Write the reports again that have new answers.

        With `now` it does not wait for more answers.
        """
        answered = self.node.delivery.status.answered
        if not now and (
            answered == self._answered or self.clock() - self._told_at < REPORT_EVERY_S
        ):
            return
        self._answered, self._told_at = answered, self.clock()
        for path in list(self._open):
            content = json.loads(path.read_text(encoding="utf-8"))
            report = RunReport.from_json(content, self.node.outbox.path)
            if report.counts() != content["counts"]:
                self._write_report(path.with_name(path.name.removesuffix(".report.json")), report)
            if not _waits(path):
                self._open.remove(path)

    def _files(self) -> Iterator[Path]:
        """Yield the regular files. Links are left: who drops one must not choose what is read."""
        for path in self.folder.iterdir():
            if any(fnmatch(path.name, pattern) for pattern in _PARTIAL):
                continue
            status = _status(path)
            if status is None or stat.S_ISDIR(status.st_mode):
                continue
            if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
                yield path
            elif path.name not in self._unknown:
                self._unknown.add(path.name)
                log.warning("not_a_plain_file", folder=str(self.folder), file=path.name)

    def _check_folders(self) -> None:
        """Raise OSError where done/ or failed/ is a link: files would be moved to elsewhere."""
        for name in ("done", "failed"):
            status = _status(self.folder / name)
            if status is None or not stat.S_ISDIR(status.st_mode):
                raise NotADirectoryError(20, "is missing, or a link", str(self.folder / name))

    def _route(self, name: str) -> Route | None:
        match = next((route for route in self.routes if fnmatch(name, route.pattern)), None)
        if match is None and name not in self._unknown:
            self._unknown.add(name)
            log.warning(
                "no_mapping_for_file",
                folder=str(self.folder),
                file=name,
                patterns=[route.pattern for route in self.routes],
            )
        return match

    def _settled(self, path: Path) -> float:
        """Return the time of change if it and the size have stayed for long enough, else 0."""
        status, now = _status(path), self.clock()
        if status is None:
            return 0
        seen = self._seen.get(path.name)
        if seen is None or (seen.size, seen.changed) != (status.st_size, status.st_mtime_ns):
            self._seen[path.name] = seen = _Seen(status.st_size, status.st_mtime_ns, now)
        long_enough = (
            self.settled_s
            if status.st_size
            else max(self.settled_s, min(EMPTY_FILE_SETTLED_S, 20 * self.settled_s))
        )
        return max(status.st_mtime, 1e-9) if now - seen.since >= long_enough else 0

    def _ingest_apart(self, path: Path, route: Route) -> None:
        """Ingest a file so that its trouble stays its own. Raises QuipuError: the node's trouble.

        A file that cannot be moved is tried again later; one that meets an error nobody foresaw
        goes to failed/.
        """
        self._check_folders()
        try:
            self._ingest(path, route)
        except QuipuError:
            raise
        except OSError as error:
            if error.errno in _SYSTEM_TROUBLE:
                raise
            log.warning("file_waits", file=path.name, why=str(error))
            self._seen.pop(path.name, None)
        except Exception as error:
            log.exception("file_failed", file=path.name)
            target = _free(self.folder / "failed", path.name)
            why = _("The program met an error that nobody foresaw: {error}.", error=repr(error))
            rest = _("Send the file's report and the program's log to support.")
            write_atomically(
                target.with_name(f"{target.name}.report.txt"),
                "".join(
                    f"{why.in_language(lang)} {rest.in_language(lang)}\n" for lang in LANGUAGES
                ),
            )
            _move(path, target)

    def _ingest(self, path: Path, route: Route) -> None:
        before = path.lstat()
        report = self.node.ingest_file(path, route.mapping, route.correcting)
        if report.interrupted:
            raise KeyboardInterrupt
        after = path.lstat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            log.warning("file_changed_while_read", file=path.name)
            del self._seen[path.name]
            return
        reason = _failed(report)
        target = _free(self.folder / ("failed" if reason else "done"), path.name)
        refused = None if reason else _write_refused(path, route.mapping, report, target)
        if not reason:
            write_conflicts(
                path, route.mapping, report, target.with_name(f"{target.name}.conflicts")
            )
        self._write_report(target, report)
        _move(path, target)
        if not reason and _waits(_report_of(target)):
            self._open.append(_report_of(target))
        self.tell(ProcessedFile(path.name, target, report, refused, reason))

    def _write_report(self, target: Path, report: RunReport) -> None:
        text = self.render(report)
        write_atomically(target.with_name(f"{target.name}.report.txt"), text)
        write_atomically(
            _report_of(target),
            json.dumps(report.as_json(every=False), ensure_ascii=False, indent=1),
        )


def _write_refused(
    path: Path, mapping: RowMapping | FileMapping, report: RunReport, target: Path
) -> Path | None:
    """Copy the refused rows of a file next to where it goes. Returns the copy, if there is one."""
    indexes = frozenset(report.ingested.row_indexes)
    rejected = RejectedRows(path, mapping.source, mapping.columns, indexes)
    return write_rejected_rows(rejected, target.with_name(f"{target.name}.refused"))


def _status(path: Path) -> os.stat_result | None:
    """Return what is at a path, a link itself; None where nothing is there any more."""
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _move(path: Path, target: Path) -> None:
    """Move a file to where only its owner reads it."""
    with suppress(PermissionError):  # another's file in a shared folder: done/ itself is 0700
        path.chmod(0o600)
    path.replace(target)


def _failed(report: RunReport) -> str:
    """Give the code for which the file could not be read, or not to its end.

    Empty if every row had its answer.
    """
    code = next(
        (
            refusal.code
            for refusal in report.ingested.refusals
            if refusal.code in _UNREADABLE or not refusal.line
        ),
        "",
    )
    if (
        not code
        and report.ingested.refused == report.ingested.rows
        and all(refusal.code == "BAD_ENCODING" for refusal in report.ingested.refusals)
    ):
        return "BAD_ENCODING"
    return code


def _free(folder: Path, name: str) -> Path:
    """A name in this folder that no file has."""
    stem, dot, ending = name.partition(".")
    for number in range(1, 1_000_000):
        path = folder / (name if number == 1 else f"{stem}~{number}{dot}{ending}")
        if not path.exists():
            return path
    raise FileExistsError(folder / name)


def _report_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.report.json")


def _waits(report: Path) -> bool:
    """Whether answers are missing in a written report."""
    try:
        counts = json.loads(report.read_text(encoding="utf-8"))["counts"]
    except (ValueError, KeyError) as error:
        log.warning("report_unreadable", file=report.name, why=repr(error))
        return False
    return bool(counts["unanswered"] or counts["pending"])
