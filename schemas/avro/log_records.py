"""The records of the log, as `log_format(name)` reads them.

Written by `python -m schemas.avro.record_types` from schemas/log/*.avsc; do not edit.
"""

from typing import TypedDict

from schemas.model import Certainty, Grade, ObservationOp


class CordRecord(TypedDict):
    """The record Cord of schemas/log/accepted.avsc."""

    node: str
    lane: str
    epoch: int


class AcceptedItemRecord(TypedDict):
    """The record AcceptedItem of schemas/log/accepted.avsc."""

    index: int
    id: bytes
    version: bytes
    verdict: str
    code: str
    field: str
    event: bytes | None
    target: bytes | None


class AcceptedRecord(TypedDict):
    """The record Accepted of schemas/log/accepted.avsc.

    A bundle's verdicts and the sealed events that were accepted: all that anything downstream
    reads.
    """

    appended_at: int
    topic: str
    partition: int
    offset: int
    cord: CordRecord
    sequence: int
    items: list[AcceptedItemRecord]


class BundleRecord(TypedDict):
    """The record Bundle of schemas/log/bundle.avsc.

    A knot: the events that a node sealed together, chained to the bundle before.
    """

    cord: CordRecord
    sequence: int
    previous: bytes
    events: list[bytes]


class FoundingRecord(TypedDict):
    """The record Founding of schemas/log/config_entry.avsc.

    First entry of all.
    """

    notice_ms: int


class FoundedRecord(TypedDict):
    """The record Founded of schemas/log/config_entry.avsc.

    Closes the founding: from here on entries need notice.
    """


class NodeRecord(TypedDict):
    """The record Node of schemas/log/config_entry.avsc."""

    node: str
    country: str
    authority: str
    partition: int
    succeeds: list[str]


class NodeKeyRecord(TypedDict):
    """The record NodeKey of schemas/log/config_entry.avsc."""

    node: str
    key_id: str
    public_key: bytes
    revoked: bool


class EpochRecord(TypedDict):
    """The record Epoch of schemas/log/config_entry.avsc.

    Approves an epoch above 1.
    """

    node: str
    lane: str
    epoch: int


class MechanismKeyRecord(TypedDict):
    """The record MechanismKey of schemas/log/config_entry.avsc."""

    recipient: str
    public_key: bytes


class EventSchemaRecord(TypedDict):
    """The record EventSchema of schemas/log/config_entry.avsc."""

    type: str
    text: str


class RuleTextRecord(TypedDict):
    """The record RuleText of schemas/log/config_entry.avsc."""

    rule: str
    text: str
    author: str
    reason: str


class CodeListRecord(TypedDict):
    """The record CodeList of schemas/log/config_entry.avsc."""

    list: str
    text: str


class GenerationRecord(TypedDict):
    """The record Generation of schemas/log/config_entry.avsc.

    The one that serves.
    """

    number: int
    thing_partitions: int


class TickRecord(TypedDict):
    """The record Tick of schemas/log/config_entry.avsc."""

    time: int


class ContactRecord(TypedDict):
    """The record Contact of schemas/log/config_entry.avsc.

    Whom to call of an authority; its newest entry holds.
    """

    country: str
    authority: str
    office: str
    phone: str
    mail: str
    hours: str
    alternate_mail: str
    escalate_after_minutes: int


class TopicNamesRecord(TypedDict):
    """The record TopicNames of schemas/log/config_entry.avsc.

    Topics and groups of these generations are named kind first, as in quipu.receipts.co.g2.
    """

    since_generation: int


class DerivedFormRecord(TypedDict):
    """The record DerivedForm of schemas/log/config_entry.avsc.

    What these generations derive, and in which topics: a number that a release knows.
    """

    form: int
    since_generation: int


class LedgerKeyRecord(TypedDict):
    """The record LedgerKey of schemas/log/config_entry.avsc.

    Signs the disclosure ledger from effective_from on; the key before it no more.
    """

    key_id: str
    public_key: bytes


class KeyHashesRecord(TypedDict):
    """The record KeyHashes of schemas/log/config_entry.avsc.

    Events of bundles appended from effective_from on carry key_hash.
    """


class SigningKeyRecord(TypedDict):
    """The record SigningKey of schemas/log/config_entry.avsc.

    Signs config, receipts and hits from effective_from on; the key before it no more. Only the
    newest key announces one.
    """

    key_id: str
    public_key: bytes


class ExchangeRateRecord(TypedDict):
    """The record ExchangeRate of schemas/log/config_entry.avsc."""

    currency: str
    day: str
    per_dollar: str


class ExchangeRatesRecord(TypedDict):
    """The record ExchangeRates of schemas/log/config_entry.avsc.

    What a US dollar is worth; a later entry replaces a rate of the same currency and day.
    """

    source: str
    rates: list[ExchangeRateRecord]


class LabelQuotaRecord(TypedDict):
    """The record LabelQuota of schemas/log/config_entry.avsc.

    Of bundles appended from effective_from on, no node may use more different labels.
    """

    labels: int


class AgreementRecord(TypedDict):
    """The record Agreement of schemas/log/config_entry.avsc.

    A legal basis, and for whom and what it holds; the newest entry of its code holds.
    """

    code: str
    title: str
    parties: list[str]
    offences: list[str]
    until: int | None


class PartnerRecord(TypedDict):
    """The record Partner of schemas/log/config_entry.avsc.

    A partner or observer that is admitted; the newest entry of its code holds.
    """

    code: str
    host: str
    sends: list[str]
    sees: str
    until: int | None


class RuleShadowRecord(TypedDict):
    """The record RuleShadow of schemas/log/config_entry.avsc.

    A rule on trial, whose findings its author alone sees; the newest entry of author and rule
    holds.
    """

    rule: str
    text: str
    author: str
    reason: str


class RetentionPeriodRecord(TypedDict):
    """The record RetentionPeriod of schemas/log/config_entry.avsc."""

    type: str
    field: str
    value: str
    months: int


class RetentionPeriodsRecord(TypedDict):
    """The record RetentionPeriods of schemas/log/config_entry.avsc.

    For how long records are kept before their owner must review them; the newest entry replaces
    all.
    """

    periods: list[RetentionPeriodRecord]
    author: str
    reason: str


class DeadlineTimeRecord(TypedDict):
    """The record DeadlineTime of schemas/log/config_entry.avsc."""

    name: str
    urgent: int | None
    normal: int | None


class DeadlineTimesRecord(TypedDict):
    """The record DeadlineTimes of schemas/log/config_entry.avsc.

    By when authorities must act on requests and alerts; the newest entry replaces all. A course has
    those in effect when its opening was appended.
    """

    deadlines: list[DeadlineTimeRecord]
    author: str
    reason: str


class ConfigEntryRecord(TypedDict):
    """The record ConfigEntry of schemas/log/config_entry.avsc.

    What all decide by. Holds for bundles appended from effective_from on, at least the notice
    period after its own append; 0 = from the beginning, only while founding.
    """

    effective_from: int
    entry: (
        FoundingRecord
        | FoundedRecord
        | NodeRecord
        | NodeKeyRecord
        | EpochRecord
        | MechanismKeyRecord
        | EventSchemaRecord
        | RuleTextRecord
        | CodeListRecord
        | GenerationRecord
        | TickRecord
        | ContactRecord
        | TopicNamesRecord
        | DerivedFormRecord
        | LedgerKeyRecord
        | KeyHashesRecord
        | SigningKeyRecord
        | ExchangeRatesRecord
        | LabelQuotaRecord
        | AgreementRecord
        | PartnerRecord
        | RuleShadowRecord
        | RetentionPeriodsRecord
        | DeadlineTimesRecord
    )


class AskerRecord(TypedDict):
    """The record Asker of schemas/log/disclosure.avsc."""

    person: str
    country: str
    authority: str | None
    roles: list[str]
    clearance: str
    groups: list[str]
    purpose: str | None
    exercise: str | None


class ShownIndicatorRecord(TypedDict):
    """The record ShownIndicator of schemas/log/disclosure.avsc."""

    id: bytes
    last_recorded: int


class ShownEventRecord(TypedDict):
    """The record ShownEvent of schemas/log/disclosure.avsc."""

    id: bytes
    version: bytes | None
    recorded_at: int
    country: str
    authority: str


class DisclosureAcceptedRecord(TypedDict):
    """The record Accepted of schemas/log/disclosure.avsc."""

    country: str
    text: str
    event: bytes | None


class PairVerdictRecord(TypedDict):
    """The record PairVerdict of schemas/log/disclosure.avsc."""

    first: bytes
    first_person: int
    second: bytes
    second_person: int
    word: str
    reason: str


class WorkReferenceRecord(TypedDict):
    """The record WorkReference of schemas/log/disclosure.avsc."""

    kind: str
    id: str


class WorkMemberRecord(TypedDict):
    """The record WorkMember of schemas/log/disclosure.avsc."""

    person: str
    country: str
    role: str


class WorkAudienceRecord(TypedDict):
    """The record WorkAudience of schemas/log/disclosure.avsc."""

    scope: str
    group: str


class WorkEntryRecord(TypedDict):
    """The record WorkEntry of schemas/log/disclosure.avsc."""

    object: bytes
    kind: str
    act: str
    about: list[WorkReferenceRecord]
    item: str
    member: WorkMemberRecord | None
    audience: WorkAudienceRecord | None
    code: str
    sealed: bytes | None


class DisclosureRecord(TypedDict):
    """The record Disclosure of schemas/log/disclosure.avsc.

    One answer: what was shown to whom, before it went out; a reader's acceptance of an owner's
    condition; a question that showed nothing; why a reader asks for another purpose; an analyst's
    verdict on who is who; or work on a case, a note, a watch-list, a saved search or a finding. The
    body of a Signed in quipu.disclosures.
    """

    writer: bytes
    sequence: int
    previous: bytes
    follows: int | None
    at: int
    act: str
    through: str
    questions: list[str]
    reader: AskerRecord
    as_of: int | None
    indicators: list[ShownIndicatorRecord]
    things: list[bytes]
    events: list[ShownEventRecord]
    tlp: str
    markings: list[str]
    condition: DisclosureAcceptedRecord | None
    question_hash: bytes | None
    verdict: PairVerdictRecord | None
    work: WorkEntryRecord | None
    justification: str | None


class EvaluationRecord(TypedDict):
    """The record Evaluation of schemas/log/event.avsc."""

    scheme: str
    source: str
    information: str


class EnvelopeRecord(TypedDict):
    """The record Envelope of schemas/log/event.avsc."""

    id: bytes
    version: bytes
    supersedes: bytes | None
    correction_reason: str | None
    type: str
    country: str
    authority: str
    node: str
    recipients: list[str]
    tlp: str
    handling: list[str]
    condition: str | None
    purpose: str
    legal_basis: str
    urgency: str
    justification: str | None
    crime: str
    case_reference: str | None
    exercise: str | None
    evaluation: EvaluationRecord
    occurred_from: int | None
    occurred_until: int | None
    occurred_precision: str
    reported_at: int
    place_country: str | None
    subdivision: str | None
    language: str
    review_date: str | None


class EventRecord(TypedDict):
    """The record Event of schemas/log/event.avsc.

    One item: an envelope without anything personal, and the payload sealed under a key of its own.
    """

    envelope: EnvelopeRecord
    schema: bytes
    sealed: bytes
    key_hash: bytes | None


class PositionRecord(TypedDict):
    """The record Position of schemas/log/evidence.avsc."""

    appended_at: int
    topic: str
    partition: int
    offset: int
    item: int


class EvidenceRowRecord(TypedDict):
    """The record EvidenceRow of schemas/log/evidence.avsc."""

    op: ObservationOp
    indicator: bytes
    rule: str
    rule_version: int
    grade: Grade
    kind: str
    thing: bytes
    event_id: bytes
    role: str
    certainty: Certainty
    weights: dict[str, float]
    position: PositionRecord
    type: str
    country: str
    label: bytes | None
    label_index: int | None
    occurred: int | None
    subdivision: str | None
    traits: dict[str, str]


class EvidenceRecord(TypedDict):
    """The record Evidence of schemas/log/evidence.avsc.

    Why an indicator is one.
    """

    labels: list[bytes]
    rows: list[EvidenceRowRecord]


class HitOwnRecord(TypedDict):
    """The record Own of schemas/log/hit.avsc."""

    event: bytes
    type: str
    roles: list[str]
    occurred: int | None
    recorded_at: int


class HitOtherRecord(TypedDict):
    """The record Other of schemas/log/hit.avsc."""

    country: str
    authority: str
    records: int
    markings: list[str]


class HitLiveRecord(TypedDict):
    """The record Live of schemas/log/hit.avsc."""

    rule: str
    rule_version: int
    grade: Grade
    severity: str
    kind: str
    title: dict[str, str]
    sentence: dict[str, str]
    first_recorded: int
    last_recorded: int
    own: list[HitOwnRecord]
    others: list[HitOtherRecord]
    tlp: str
    handling: list[str]
    conditions: list[str]


class HitRecord(TypedDict):
    """The record Hit of schemas/log/hit.avsc.

    Told to an authority whose own records take part in an indicator: that it is there, what it
    says, and who else has records in it, as far as those are released to it. Kafka key:
    authority/exercise/indicator.
    """

    country: str
    authority: str
    exercise: str | None
    indicator: bytes
    live: HitLiveRecord | None


class RecipientRecord(TypedDict):
    """The record Recipient of schemas/log/key_list.avsc."""

    recipient: str
    wrapped: bytes


class ErasedRecord(TypedDict):
    """The record Erased of schemas/log/key_list.avsc."""

    verdict: str
    code: str
    field: str


class KeyListRecord(TypedDict):
    """The record KeyList of schemas/log/key_list.avsc.

    The keys of one bundle's events, each under the list's key; the list's key wrapped by HPKE for
    each recipient. An erased entry keeps its verdict, not its key.
    """

    cord: CordRecord
    sequence: int
    recipients: list[RecipientRecord]
    keys: list[bytes | ErasedRecord]


class LabelRecord(TypedDict):
    """The record Label of schemas/log/label.avsc.

    What an item carries for need-to-know. Written once for each different one; observations and
    evidence carry its bytes.
    """

    country: str
    authority: str
    recipients: list[str]
    tlp: str
    handling: list[str]
    condition: str | None
    purpose: str
    exercise: str | None


class LinkEndRecord(TypedDict):
    """The record LinkEnd of schemas/log/link.avsc."""

    person: int
    type: str
    country: str
    label: bytes | None


class LinkRowRecord(TypedDict):
    """The record LinkRow of schemas/log/link.avsc."""

    op: ObservationOp
    first: LinkEndRecord
    second: LinkEndRecord
    probability: float
    features: dict[str, float]
    cannot_be_same: bool
    position: PositionRecord


class GoneLinkRecord(TypedDict):
    """The record GoneLink of schemas/log/link.avsc."""

    first: int
    second: int
    position: PositionRecord


class LinksRecord(TypedDict):
    """The record Links of schemas/log/link.avsc.

    All that links two events in one partition of blocking keys. A later message of the same key
    replaces it.
    """

    kind: str
    model: str
    first: bytes
    second: bytes
    rows: list[LinkRowRecord]
    gone: list[GoneLinkRecord]


class MemberRecord(TypedDict):
    """The record Member of schemas/log/member.avsc.

    A process of the mechanism that works now, as it writes of itself every few seconds.
    """

    name: str
    kind: str
    release: str
    generation: int
    partitions: int
    started_at: int
    written_at: int


class SealedRecord(TypedDict):
    """The record Sealed of schemas/log/observations.avsc."""

    cord: str
    sequence: int
    item: int
    content: bytes


class ObservationRecord(TypedDict):
    """The record Observation of schemas/log/observations.avsc."""

    op: ObservationOp
    index: int
    kind: str
    key: bytes
    event_id: bytes
    certainty: Certainty
    type: str
    country: str
    label: bytes | None
    label_index: int | None
    occurred: int | None
    subdivision: str | None
    traits: dict[str, str]
    sealed: SealedRecord | None


class ObservationsRecord(TypedDict):
    """The record Observations of schemas/log/observations.avsc.

    What the events of one bundle say about things: rows of one partition. The rows' position is the
    bundle's, with the row's index.
    """

    appended_at: int
    topic: str
    partition: int
    offset: int
    labels: list[bytes]
    rows: list[ObservationRecord]


class ReceiptItemRecord(TypedDict):
    """The record ReceiptItem of schemas/log/receipt.avsc."""

    index: int
    id: bytes
    version: bytes
    verdict: str
    code: str
    field: str


class ReceiptRecord(TypedDict):
    """The record Receipt of schemas/log/receipt.avsc.

    What came of a bundle, told to its node.
    """

    cord: CordRecord
    sequence: int
    code: str
    missing: list[int]
    appended_at: int
    offset: int
    items: list[ReceiptItemRecord]


class RejectRecord(TypedDict):
    """The record Reject of schemas/log/reject.avsc.

    A message that could not be taken at all: told, counted, never lost (the message stays in its
    topic).
    """

    topic: str
    partition: int
    offset: int
    appended_at: int
    code: str
    detail: str
    size: int
    node: str | None


class SignedRecord(TypedDict):
    """The record Signed of schemas/log/signed.avsc.

    What stands in quipu.bundles.*, quipu.keys.* and quipu.config: exact body bytes and an Ed25519
    signature over DSSE's PAE(topic, body).
    """

    body: bytes
    key_id: str
    signature: bytes


class StatedCordRecord(TypedDict):
    """The record StatedCord of schemas/log/statement.avsc."""

    cord: str
    through: int
    sealed: int
    accepted: int
    duplicate: int
    pending: int
    rejected: int
    stored: int
    sealed_sum: str
    accepted_sum: str
    stored_sum: str


class StatementRecord(TypedDict):
    """The record Statement of schemas/log/statement.avsc.

    What the mechanism holds of a node, signed, so that the node proves its own records.
    """

    node: str
    generation: int
    release: str
    written_at: int
    cords: list[StatedCordRecord]


class WrappedWorkKeyRecord(TypedDict):
    """The record WrappedWorkKey of schemas/log/work_key.avsc."""

    recipient: str
    wrapped: bytes


class WorkKeyRecord(TypedDict):
    """The record WorkKey of schemas/log/work_key.avsc.

    The key of an object of work, wrapped for the mechanism, or that it was erased. The body of a
    Signed in quipu.work-keys; the newest of an object counts.
    """

    object: bytes
    recipients: list[WrappedWorkKeyRecord]
    erased: bool
