"""Define the errors that people meet, in Spanish and English, each with what to do next.

All errors of the product, wherever they are defined:

QuipuError                    a person reads it: a message, a remedy and a stable code
├── SettingsError             what was configured cannot be used
├── HomeError                 the data folder cannot be used
├── NotRunningError           no engines run for this data folder
├── StartError                an engine or process did not come up
├── TopicError                a Kafka topic is not as it must be
├── KafkaAccessError          infra.kafka: Kafka refuses the login, or a permission is missing
├── MigrationError            a migration changed after it landed, or failed
├── KeyringError              a key is missing, unreadable, or there already
├── EnrolmentError            a node's request, or its answer, cannot be used
├── LogStalledError           a partition of the log gives nothing, though there is more
├── HistoryLostError          a topic of the log is missing, was made again, cut or changed
├── ProofError                a bundle cannot be proved to be in the log, or a proof cannot be read
├── OutboxUnreadableError     infra.outbox_reader: a node's outbox cannot be read
├── FoundingError             the mechanism or the node is not in config, or is there already
│   ├── NotFoundedError       the mechanism is not founded here
│   ├── ForeignLogError       the log belongs to a mechanism with other keys
│   └── LogUnavailableError   Kafka does not answer, or lacks the log
├── RuleAnnouncementError     a rule cannot be announced in config, or ended there
├── RateFileError             a file of exchange rates cannot be announced in config
├── NodeError                 producers.errors: what keeps a country node from working
│   ├── MappingError          a mapping file cannot be used
│   ├── IdentifyError         a text cannot be read as the kind that was named
│   ├── OutboxError           the outbox cannot be read or written
│   │   ├── OutboxBusyError   another process works with the node
│   │   └── OutboxNewerError  a newer release of Quipu wrote the outbox
│   └── SendError             Kafka or the log does not take what the node sends
├── ListMappingError          producers.list_matching: the columns of a list cannot be mapped
├── ListUnreadableError       producers.list_matching: a list cannot be read
├── MatchError                producers.list_matching: lists cannot be matched as asked
├── WorkerError               streams.worker.errors: a stream worker cannot go on
├── AccountError              consumers.identity: an account cannot be so, or there is none
├── WiderReaderError          consumers.identity: a query asks for more than its account may see
├── JustificationError        consumers.console: another purpose without a reason
├── GatewayRefusedError       consumers.access: identity headers that are not the gateway's
├── OidcRefusedError          consumers.access: the OIDC provider did not sign somebody in
├── ClaimsError               consumers.access: claims of the provider, or their file, are unusable
├── SignInRefusedError        consumers.identity: name and password were not accepted
├── PasswordsBusyError        consumers.identity: too many passwords are being checked
├── NoLocalTokenError         consumers.identity: this user of the machine has no valid token
├── IdentityStoreError        consumers.identity: the file of accounts cannot be used
├── LedgerUnavailableError    consumers.ledger: the disclosure ledger cannot be written
├── WorkbookFullError         consumers.exports: a table has more rows than a workbook holds
├── CursorRefusedError        consumers.query: a cursor is none that a list gave
├── UnknownNameError          consumers.query: there is no rule or type of event of this name
│   └── UnknownValueError     no list and no record of the reader has the value
├── DatesRefusedError         consumers.query: the dates of a question leave nothing to ask about
├── PersonQuestionError       consumers.query: too little is known of a person to look for them
├── LookupFileError           consumers.query: a file is no list that can be looked up
├── VerdictRefusedError       consumers: a verdict on two persons cannot be written
├── VerdictRoleError          consumers: this role writes no verdicts
├── SearchRefusedError        consumers.query: a search is too long, or has too many words
├── WorkRefusedError          consumers.query.work: an act on a case, note or list cannot be done
├── WorkRoleError             consumers.query.work: the act is for somebody else to do
├── NoAuthorityError          consumers.query: an account of no authority acknowledges for one
├── NotPassedOnError          consumers.query: nothing of a finding may be passed on
├── BlindIndexError           consumers.query.hit_lookup: a blind index or its key is unusable
├── HitBasisError             consumers.serving: no agreement gives this legal basis
├── HitRoleError              consumers.serving: this role makes no hit look-ups
├── LookupQuotaError          consumers.serving: one reader makes too many look-ups a minute
├── NoticeSettingsError       consumers.notices: settings of notices cannot be so
├── PageParameterError        consumers.console: an address has parameters that its page has not
├── QueueFullError            consumers.serving: too many questions wait
├── TooManyQuestionsError     consumers.serving: one account asks too much at a time
├── QuestionTooLongError      consumers.serving: a question takes longer than it may
├── QuestionCancelledError    consumers.serving: who asked has gone
├── ServingUnavailableError   consumers.runtime: nobody knows which generation serves
├── RebuildError              consumers.maintenance: a rebuild cannot go on
├── BackupError               consumers.maintenance.backup: a backup cannot be made or restored
└── ScenarioError             producers.scenario: made-up files cannot be made

QuipuFormatError              schemas.errors: a value of the shared language is wrong; its tree is
                              drawn there
RuleError                     streams.rules: a rule's file is wrong
ClickHouseError               infra.clickhouse.embedded: what the engine answers a client

Errors of one package that never leave it: BadValueError (producers.mapping: a value cannot be
mapped), FileRefusedError (producers.sources: a file is none of its format), KafkaUnavailableError
(producers.delivery), RequestError (producers.api), AmbiguousIdError (consumers.query), and the
compilers' UnusualBytesError and UnusualValueError (schemas.avro: left to fastavro).
"""

from __future__ import annotations

from schemas.i18n import UserMessage


class QuipuError(Exception):
    """Say what is wrong and where, what to do, and a stable `code`.

    The command line prints it as one line and a remedy, without a traceback, and ends with exit
    code 2.
    """

    code = "ERROR"

    def __init__(self, message: UserMessage, remedy: UserMessage, code: str | None = None) -> None:
        """Keep message and remedy, and the code where it is not that of the class."""
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy
        if code is not None:
            self.code = code


class SettingsError(QuipuError):
    """The environment or `quipu.toml` holds something that cannot be used."""

    code = "SETTINGS"


class HomeError(QuipuError):
    """The data folder is of another format, no data folder at all, or in use."""

    code = "HOME"


class NotRunningError(QuipuError):
    """An address is needed, but none is configured and no `quipu up` runs for this data folder."""

    code = "NOT_RUNNING"


class StartError(QuipuError):
    """A process ended, or was not ready in time, while starting."""

    code = "START"


class TopicError(QuipuError):
    """A topic differs from its specification in what cannot be altered."""

    code = "TOPIC"


class MigrationError(QuipuError):
    """A landed migration was changed, is missing, or a statement failed."""

    code = "MIGRATION"


class KeyringError(QuipuError):
    """A key is missing, unreadable, or there already."""

    code = "KEYRING"


class EnrolmentError(QuipuError):
    """A node's request, or the mechanism's answer to it, cannot be used."""

    code = "ENROLMENT"


class LogStalledError(QuipuError):
    """A partition of the log gives nothing for too long, though there is more."""

    code = "LOG_UNREADABLE"


class HistoryLostError(QuipuError):
    """A topic of the log is missing, was made again, cut or changed."""

    code = "LOG_LOST"


class ProofError(QuipuError):
    """A bundle cannot be proved to be in the log, or a proof cannot be read."""

    code = "PROOF"


class FoundingError(QuipuError):
    """The mechanism or a node is not in config, or is there already."""

    code = "FOUNDING"


class NotFoundedError(FoundingError):
    """The mechanism is not founded: its keys are not here, or config does not begin."""

    code = "NOT_FOUNDED"


class ForeignLogError(FoundingError):
    """The log was founded with another key than this data folder's, or names another recipient."""

    code = "FOREIGN_LOG"


class LogUnavailableError(FoundingError):
    """Kafka does not answer, or lacks the topics of the log."""

    code = "KAFKA_AWAY"


class RuleAnnouncementError(QuipuError):
    """A rule cannot be announced in config, or ended there."""

    code = "RULE_REFUSED"


class RateFileError(QuipuError):
    """A file of exchange rates cannot be announced in config."""

    code = "RATES_REFUSED"
