"""Write one finding, thing or person into files that are passed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from consumers.cli.reader_options import Decorator, QueryContext, gathered, not_found
from consumers.exports.formats import ExportFile
from consumers.presentation.finding_files import (
    FindingFormat,
    finding_file,
    person_file,
    request_file,
    thing_file,
)
from consumers.query.finding_report import (
    Report,
    Subject,
    finding_report,
    person_report,
    request_report,
    thing_report,
)
from consumers.query.ids import IdKind
from consumers.query.query_layer import QueryLayer
from consumers.serving.cli_session import open_queries
from infra.command_line import option
from infra.errors import QuipuError
from infra.list_file import write_file
from schemas.i18n import _
from schemas.model import Reader, Use


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Into which files an item is written. `use`: file, or court."""

    files: Mapping[FindingFormat, Path]
    use: Use

    def write_item(self, context: QueryContext, kind: IdKind, id_: str) -> None:
        """Write a finding, or the network of a thing, into each file.

        Raises NotPassedOnError, QuipuError FILE and NOT_FOUND.
        """
        for format_ in self.files:
            if kind == "event" or (kind == "thing" and format_ != "graphml"):
                raise _no_such_file(format_)
        lang = context.lang
        if kind == "indicator":
            finding = self._read(context, id_, finding_report)
            for format_, path in self.files.items():
                _write(path, finding_file(finding, format_, lang), lang)
            return
        thing = self._read(context, id_, thing_report)
        _write(self.files["graphml"], thing_file(thing, lang), lang)

    def write_person(self, context: QueryContext, id_: str) -> None:
        """Write the network of a person into the file. Raises as `write_item`."""
        person = self._read(context, id_, person_report)
        _write(self.files["graphml"], person_file(person, context.lang), context.lang)

    def write_request(self, context: QueryContext, id_: str) -> None:
        """Write the form of a request for assistance. Raises as `write_item`."""
        report = self._read(context, id_, request_report)
        _write(self.files["pdf"], request_file(report, context.lang), context.lang)

    def _read(
        self,
        context: QueryContext,
        id_: str,
        ask: Callable[[QueryLayer, str, Reader, int | None, Use], Report[Subject] | None],
    ) -> Report[Subject]:
        with open_queries(context.settings) as queries:
            report = ask(queries, id_, context.reader, context.as_of, self.use)
        if report is None:
            raise not_found(id_)
        return report


def _write(path: Path, file: ExportFile, lang: str) -> None:
    write_file(path, file.parts)
    click.echo(_("{file} is written.", file=path).in_language(lang), err=True)


def _passed_on(
    pdf: Path | None, stix: Path | None, graphml: Path | None, for_court: bool
) -> PassedOn:
    files: dict[FindingFormat, Path | None] = {"pdf": pdf, "stix": stix, "graphml": graphml}
    given = {format_: path for format_, path in files.items() if path is not None}
    if given and click.get_current_context().params.get("as_json"):
        raise QuipuError(
            _("--json writes to the screen, and the other options into files."),
            _("Leave --json out."),
            "FILE",
        )
    return PassedOn(given, "court" if for_court else "file")


def _network(graphml: Path | None, for_court: bool) -> PassedOn:
    return _passed_on(None, None, graphml, for_court)


def _printed(pdf: Path | None, for_court: bool) -> PassedOn:
    return _passed_on(pdf, None, None, for_court)


def _no_such_file(format_: FindingFormat) -> QuipuError:
    return QuipuError(
        _("There is no {format} file of this.", format=format_),
        _("A match has --pdf, --stix and --graphml, a thing --graphml. Lists have --csv."),
        "FILE",
    )


_FILE = click.Path(dir_okay=False, path_type=Path)
_graphml = option("--graphml", type=_FILE, help=_("Write the network around it (GraphML)."))
_for_court = option("--for-court", is_flag=True, help=_("Leave H1 records out of the file."))
with_finding_files: Decorator = gathered(
    "passed_on",
    _passed_on,
    option("--pdf", type=_FILE, help=_("Write a report of a match (PDF).")),
    option("--stix", type=_FILE, help=_("Write a match as a STIX 2.1 bundle.")),
    _graphml,
    _for_court,
)
with_network_file: Decorator = gathered("passed_on", _network, _graphml, _for_court)
with_printed_form: Decorator = gathered(
    "passed_on",
    _printed,
    option("--pdf", type=_FILE, help=_("Write a request for assistance to print (PDF).")),
    _for_court,
)
