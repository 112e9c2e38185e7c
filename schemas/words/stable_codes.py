"""Say what each stable code means and what to do about it, and what each verdict is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from schemas.i18n import UserMessage, _


class StableCode(NamedTuple):
    """A code that never changes: what is wrong, and what to do."""

    title: UserMessage
    remedy: UserMessage


STABLE_CODES: Mapping[str, StableCode] = {
    "EMPTY_FILE": StableCode(
        _("The file is empty"),
        _("Check the national system's export and publish again."),
    ),
    "UNREADABLE_FILE": StableCode(
        _("The file cannot be read"),
        _("Check that it exists, that you may read it, and that it has the format of the mapping."),
    ),
    "BAD_ENCODING": StableCode(
        _("The text is not in the declared encoding"),
        _("Declare the true encoding in the mapping (for example latin-1) or export as UTF-8."),
    ),
    "BROKEN_LINE": StableCode(
        _("The line cannot be split into columns"),
        _("Correct the quotes and separators of that line; the others continue."),
    ),
    "NO_RECORD": StableCode(
        _("The row is no record"),
        _(
            "Delete it at the source. To pass over totals and notes, write footers = `leave_out` "
            "under [rows] of the mapping; the records continue."
        ),
    ),
    "MAPPING_CHANGED": StableCode(
        _("The mapping changed since its last file, and it had no [reference]"),
        _(
            "Rows that it reads otherwise are new records now. Retract the old ones with the old "
            "mapping (`quipu retract --file`), and give the mapping a [reference]."
        ),
    ),
    "ROWS_LEFT_OUT": StableCode(
        _("Rows of another shape are left out, as the mapping says"),
        _("If they are records too, publish the file with a further --mapping for them."),
    ),
    "FOOTERS_LEFT_OUT": StableCode(
        _("Totals and notes are left out, as the mapping says"),
        _("Look at those rows once; if one is a record, write footers = `take` under [rows]."),
    ),
    "ABOVE_HEADER": StableCode(
        _("Rows above the header are not read"),
        _("Do nothing if they are titles; else name the header's row with header_row."),
    ),
    "SHEETS_LEFT_OUT": StableCode(
        _("Other sheets of the workbook are not read"),
        _("If they have records, name them under [source]: sheet = [...], or `*` for all."),
    ),
    "MERGED_CELLS": StableCode(
        _("A merged cell counts for each of its rows"),
        _("Check amounts: one that is written once for several rows is now in each of them."),
    ),
    "OLD_SPREADSHEET": StableCode(
        _("An old XLS: a cell with an error, or a formula without a value, reads as empty"),
        _("To have such cells reported, save the file as XLSX."),
    ),
    "ELEMENTS_COUNTED": StableCode(
        _("The file has its records on one line: their numbers count records"),
        _("Look for record 12 where the report says line 12."),
    ),
    "MISSING_FIELD": StableCode(
        _("A required field is missing"),
        _("Fill it in at the source, or map the column that has it."),
    ),
    "NAME_REFUSED": StableCode(
        _("The name or document of a protected person"),
        _(
            "Victims, witnesses and minors have no name here. Send a pseudonym such as V-2018-0031 "
            "and numbers, and keep the list of names yourselves. Say the role of whom you name."
        ),
    ),
    "NO_AGREEMENT": StableCode(
        _("The legal basis does not hold for this country or offence"),
        _(
            "See the agreements with `quipu agreement list`, and name one of your country that "
            "covers the offence."
        ),
    ),
    "TYPE_NOT_ADMITTED": StableCode(
        _("The partner may not send this type of event"),
        _("See with `quipu partner list` what it may send, and ask the mechanism for more."),
    ),
    "UNKNOWN_CODE": StableCode(
        _("A code that is not in its list"),
        _("Use a code of the list, or add what it corresponds to in the mapping."),
    ),
    "HIDDEN_CHARACTER": StableCode(
        _("A hidden character: a control, a direction mark, or one without width"),
        _("Delete the character at the source; the detail names it (U+…)."),
    ),
    "IMPOSSIBLE_DATE": StableCode(
        _("An impossible date"),
        _("Correct the date at the source, or the date format in the mapping."),
    ),
    "DATE_IN_DOUBT": StableCode(
        _("A date is in doubt, so only what is certain of it is taken"),
        _("Complete the date at the source if it is known. The event keeps the text as written."),
    ),
    "BAD_NUMBER": StableCode(
        _("Not a number, or out of range"),
        _("Correct the number; check the decimal separator declared in the mapping."),
    ),
    "UNKNOWN_PLACE": StableCode(
        _("A place that is not known"),
        _("Use the place's official code, or add it to the mapping's table."),
    ),
    "FROM_FUTURE": StableCode(
        _("Dated more than 24 hours in the future"),
        _("Correct the date, or the clock of the source system."),
    ),
    "EVENT_TOO_LARGE": StableCode(
        _("The event is over 256 KiB"),
        _("Shorten the free text; send the hashes of images, not the images."),
    ),
    "ALREADY_TAKEN": StableCode(
        _("Received before, unchanged"),
        _("Do nothing: it does not count twice."),
    ),
    "OLDER_VERSION": StableCode(
        _("An older version of a record that was sent"),
        _("Do nothing: the newest version counts."),
    ),
    "ALREADY_RETRACTED": StableCode(
        _("Retracted before"),
        _("Do nothing: nobody sees the record as valid."),
    ),
    "NEVER_SENT": StableCode(
        _("Annulled, and this node never sent it"),
        _("Do nothing, unless it was sent under another reference: then retract that one."),
    ),
    "TARGET_WITHDRAWN": StableCode(
        _("The record was withdrawn: nobody would see another version of it"),
        _("If the fact holds, publish it under a new reference."),
    ),
    "CAPITALS_ONLY": StableCode(
        _("Sent before; only capitals or spaces differ"),
        _("Do nothing. With [reference] in the mapping a record stays itself when a step changes."),
    ),
    "CONFLICT": StableCode(
        _("The same reference with other content"),
        _(
            "If it is a correction, send it with `quipu correct`; if it is another "
            "fact, give it a reference of its own."
        ),
    ),
    "UNKNOWN_TARGET": StableCode(
        _("The event that it acts on is not known"),
        _("Check the id or the reference, and the node."),
    ),
    "BROKEN_FORMAT": StableCode(
        _("Not of the right form"),
        _("Correct the value; if the program wrote it, update the node and notify the mechanism."),
    ),
    "UNKNOWN_SCHEMA": StableCode(
        _("Pending: the mechanism does not know this event type yet"),
        _("Send nothing again: it is processed when config brings the schema."),
    ),
    "NOT_OWNER": StableCode(
        _("Only the node that owns the item may do this"),
        _("Ask the owner to correct, retract or erase it."),
    ),
    "CANNOT_OPEN": StableCode(
        _("The sealed content does not open with its key"),
        _("Publish the record again; if it happens again, tell the operator."),
    ),
    "KEY_MISSING": StableCode(
        _("The event's key has not arrived"),
        _("Publish the record again: a key list that comes late does not change the verdict."),
    ),
    "WRONG_ORIGIN": StableCode(
        _("The origin is not that of the signing node"),
        _("Publish from the node of the country and authority that the event names."),
    ),
    "UNKNOWN_KEY": StableCode(
        _("Signed by a key that config does not name"),
        _("Register the node's key: `quipu node add` or `quipu node rotate`."),
    ),
    "KEY_REVOKED": StableCode(
        _("Signed by a revoked key"),
        _("Rotate the key: `quipu node rotate`. If you did not revoke it, call the operator."),
    ),
    "KEY_REPLACED": StableCode(
        _("An entry of the ledger is signed by a key that another one has replaced"),
        _(
            "Treat it as an attack, unless a machine of the mechanism works with old keys: it "
            "needs the folder keys/ with mechanism/ledger.pem."
        ),
    ),
    "BAD_SIGNATURE": StableCode(
        _("The signature does not match the content"),
        _("Nothing was accepted. Send again from the node; if it repeats, treat it as an attack."),
    ),
    "WRONG_TOPIC": StableCode(
        _("The node wrote to a topic that is not its own"),
        _("Check the node's country and partition in config."),
    ),
    "EPOCH_NOT_APPROVED": StableCode(
        _("The epoch is not approved"),
        _("If the node was restored from a copy, approve the epoch: `quipu node epoch`."),
    ),
    "BROKEN_CHAIN": StableCode(
        _("The chain is broken: the previous hash does not match"),
        _("Tell the operator: a bundle was altered or lost."),
    ),
    "FORK": StableCode(
        _("Two different bundles of the same number"),
        _("Does the node run twice, or from an old copy? Stop one and open a new epoch."),
    ),
    "REPEAT": StableCode(
        _("The same bundle again"),
        _("Do nothing: it does not count twice."),
    ),
    "GAP": StableCode(
        _("Earlier bundles are missing"),
        _("The node sends them again by itself; if not, `quipu send`."),
    ),
    "BUNDLE_TOO_LARGE": StableCode(
        _("The bundle is over 900 KiB"),
        _("Update the node's program: it must split its bundles."),
    ),
    "TOO_MANY_ENTRIES": StableCode(
        _("The list has too many entries"),
        _("Split the record into several, each with a reference of its own."),
    ),
    "TEXT_TOO_LONG": StableCode(
        _("The text is too long for its field"),
        _("Shorten it, and put the rest into the free text of the record."),
    ),
    "TOO_MANY_OBSERVATIONS": StableCode(
        _("The record names too many things"),
        _(
            "Split the record into several, each with a reference of its own. "
            "State country and type of each document."
        ),
    ),
    "TOO_MANY_READINGS": StableCode(
        _("Accepted, but its illegible serials are not compared: they have too many readings"),
        _("Have the marks restored if you can, or publish these weapons one by one."),
    ),
    "TOO_MANY_EVENTS": StableCode(
        _("The bundle has over 1000 events"),
        _("Update the node's program: it must split its bundles."),
    ),
    "TOO_MANY_VERSIONS": StableCode(
        _("The record has been corrected too often"),
        _("Retract it, and publish its content under a new reference."),
    ),
    "TOO_MANY_PENDING": StableCode(
        _("Too many records of the node wait for a new event type"),
        _("Wait until config brings the event type, then publish the record again."),
    ),
    "TOO_MANY_LABELS": StableCode(
        _("The node has used too many different labels"),
        _("Use recipients, levels and conditions that the node used before; publish it again."),
    ),
    "TOO_FAR": StableCode(
        _("Too many earlier bundles are missing"),
        _("Send the missing bundles first. If the node lost them, open a new epoch."),
    ),
    "CONFIG_REFUSED": StableCode(
        _("A config entry was refused"),
        _("Read the detail; correct the entry and write it again."),
    ),
    "NOT_SIGNED_IN": StableCode(
        _("Sign in first"),
        _("Sign in as yourself."),
    ),
    "ROLE": StableCode(
        _("Your role does not see content"),
        _("Request the role of analyst, prosecutor or officer from your authority."),
    ),
    "EXERCISE": StableCode(
        _("Exercise and real never mix"),
        _("Ask within that exercise, or outside any."),
    ),
    "RECIPIENTS": StableCode(
        _("Not among the recipients"),
        _("Ask the owner to include you."),
    ),
    "COMMUNITY": StableCode(
        _("For member countries and admitted partners only"),
        _("Ask through a member country."),
    ),
    "CLEARANCE": StableCode(
        _("Your clearance is not enough"),
        _("Ask with the clearance that you have, or request a higher one."),
    ),
    "PURPOSE": StableCode(
        _("The query has no purpose"),
        _("State the purpose of the query."),
    ),
    "NOT_NAMED": StableCode(
        _("For the named authority or persons only"),
        _("Ask the owner to name you."),
    ),
    "H0_PURPOSE": StableCode(
        _("Only to prevent or investigate crime (H0)"),
        _("Ask for the purpose of prevention or investigation."),
    ),
    "H1_COURT": StableCode(
        _("Not for use in court (H1)"),
        _("Ask the owner's permission to use it in court."),
    ),
    "H2_PASSING_ON": StableCode(
        _("Not to be passed on (H2)"),
        _("Ask the owner's permission to pass it on; read it here until then."),
    ),
    "H3_CONDITION": StableCode(
        _("The owner's condition must be accepted first (H3)"),
        _("Read the condition and accept it; that is recorded."),
    ),
}

VERDICTS: Mapping[str, UserMessage] = {
    "accepted": _("Accepted"),
    "duplicate": _("Duplicate"),
    "pending": _("Pending"),
    "rejected": _("Rejected"),
    "refused": _("Refused"),
    "unanswered": _("Unanswered"),
}
