"""Read what somebody knows of a person into a record that others are compared with. Pure."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date

import msgspec

from infra.errors import QuipuError
from schemas.codes import code_sets
from schemas.i18n import UserMessage, _
from schemas.words.written_codes import find_code
from streams.matching import PersonRecord, read_person

_DATE_OF_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
LONGEST_VALUE = 200


class PersonQuestionError(QuipuError):
    """What is known of the person is too little to look for, or cannot be read."""

    code = "PERSON"


@dataclass(frozen=True, slots=True)
class PersonQuestion:
    """What is known of a person; empty where it is not.

    `name`: "Quispe Mamani, Juan", or in the order of speech. `born`: a year, a month (1984-03) or
    a day (1984-03-14 or 14/03/1984). `country`: ISO 3166-1 alpha-2, that issued the document, and
    whose numbering plan the telephone follows. `sex`: a code of the list sex.
    """

    name: str = ""
    born: str = ""
    document: str = ""
    country: str = ""
    phone: str = ""
    sex: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """Everything asked, by name, as the disclosure ledger hashes it."""
        return asdict(self)


def read_question(question: PersonQuestion) -> PersonRecord:
    """Return the record of a question.

    Raises PersonQuestionError where a value cannot be read, or where nothing is left to look for.
    """
    for name, value in question.fields.items():
        if len(value) > LONGEST_VALUE:
            raise PersonQuestionError(
                _("`{name}` is longer than {most} characters.", name=name, most=LONGEST_VALUE),
                _("Write one name, one date or one number."),
            )
    country = _code("country", question.country, _("country"))
    document = {"country": country or None, "type": None, "number": question.document.strip()}
    phone = {"number": question.phone.strip(), "country": country or None}
    person = {
        "name": question.name.strip() or None,
        "given_names": None,
        "first_surname": None,
        "birth_date": _birth(question.born.strip()),
        "sex": _code("sex", question.sex, _("sex")) or None,
        "document": document if document["number"] else None,
    }
    record = read_person(person, [phone] if phone["number"] else ())
    _require_something(question, record)
    return record


def readings_of(record: PersonRecord) -> list[PersonRecord]:
    """Return the ways in which a question's name can be meant.

    Two words without a comma may be a given name and a surname, or two surnames.
    """
    if not record.guessed:
        return [record]
    surnames_alone = msgspec.structs.replace(
        record, given=(), surnames=(*record.given, *record.surnames)
    )
    return [record, surnames_alone] if len(surnames_alone.surnames) == 2 else [record]


def _require_something(question: PersonQuestion, record: PersonRecord) -> None:
    """Refuse a question that would find everybody or nobody. Raises PersonQuestionError."""
    for value, is_read, reason in (
        (question.document, record.documents, _("The document's number cannot be read.")),
        (question.phone, record.phones, _("The telephone number cannot be read.")),
        (question.name, record.given or record.surnames, _("The name cannot be read.")),
    ):
        if value.strip() and not is_read:
            raise PersonQuestionError(
                reason, _("Check it, and say the country with it (--country, `country`).")
            )
    words = len(record.given) + len(record.surnames)
    if not record.documents and not record.phones and words + (record.birth is not None) < 2:
        raise PersonQuestionError(
            _("This is too little to look for a person."),
            _("Say two names, or a name and the year of birth, or a document or telephone number."),
        )


def _birth(born: str) -> str | None:
    """Return a date in ISO 8601; None where there is none. Raises PersonQuestionError."""
    match = _DATE_OF_DAY.fullmatch(born)
    written = "{2}-{1:0>2}-{0:0>2}".format(*match.groups()) if match is not None else born
    if written and not (_ISO_DATE.fullmatch(written) and _is_in_calendar(written)):
        raise PersonQuestionError(
            _("The date of birth `{born}` cannot be read.", born=born[:40]),
            _("Write it as 1984, 1984-03, 1984-03-14 or 14/03/1984."),
        )
    return written or None


def _is_in_calendar(written: str) -> bool:
    """Say whether there is such a year, month or day. `written`: in ISO 8601."""
    try:
        date.fromisoformat(written + "-01-01"[len(written) - 4 :])
    except ValueError:
        return False
    return True


def _code(code_list: str, value: str, name: UserMessage) -> str:
    """Return the code that a value is, or stands for in words. Raises PersonQuestionError."""
    value = value.strip()
    code = find_code(code_list, value) or value.upper()
    if code and code not in code_sets()[code_list]:
        raise PersonQuestionError(
            _("There is no {name} `{value}`.", name=name, value=value[:40]),
            _("The codes are: {codes}.", codes=", ".join(sorted(code_sets()[code_list]))),
        )
    return code
