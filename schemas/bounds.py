"""State the bounds that are part of the format, each with its reason.

A node checks them before it seals, and intake checks them again, because a node may be malicious.
Each check has a stable code, and its answer depends on the content of one bundle and on the log
before it. So a rebuild gives the same verdicts. docs/adr has the record of why these bounds hold
for the whole log, also for what was written before they existed.

A schema cannot hold itself (`schemas.event.event_type`), so the schema bounds the depth of a
payload.
"""

MAX_MESSAGE_BYTES = 1_500_000
"""Of one message of Kafka, unpacked. A broker limits only the compressed bytes of a batch."""
MAX_BUNDLE_BYTES = 900 * 1024
"""Of a signed bundle: it fits one message together with its verdicts."""
MAX_EVENT_BYTES = 256 * 1024
"""Of a framed event. Reports are shorter, and images do not belong in an event."""

MAX_EVENTS_PER_BUNDLE = 1_000
"""Of a bundle. Nodes seal 100, and the receipt of 1,000 still fits one message."""
MAX_OBSERVATIONS_PER_EVENT = 2_000
"""Things that an event may name. A cache of 2,000 legible rifles is one event."""
MAX_OBSERVATIONS_PER_BUNDLE = 100_000
"""Things of a bundle: a few seconds of work, in slices.

Each of 100 events may have a mark with unread positions then. The events of a bundle have equal
shares, so that the erasure of one event changes the verdict of no other.
"""
MAX_UNREAD_READINGS = 1_000
"""Readings of the marks of an event that have positions nobody could read.

Two unread letters give 900. More than that names no weapon: beyond it, no such mark of the event is
compared, and its verdict says so.
"""

MAX_LIST_LENGTH = 2_000
"""Entries of any list of a payload."""
MAX_MARK_LENGTH = 1_000
"""Characters of a text that belongs to a thing, such as a calibre. Observations may repeat it.

Any other text of a payload is stored once. The event's bytes bound it.
"""
SMALL_PAYLOAD_BYTES = 1_000
"""A payload of so few bytes keeps the bounds of its lists and texts: nobody needs to look."""

MAX_RECIPIENTS = 64
"""Of an event: all authorities of the four countries."""
MAX_RECIPIENTS_LENGTH = 2_048
"""Characters of all recipients of an event together: each observation keeps them in the state."""
MAX_HANDLING_CODES = 16
"""Of an event; the list of handling codes is shorter."""
MAX_ENVELOPE_TEXT = 200
"""Characters of a text of the envelope that is a name, a code or a reference."""
MAX_CONDITION_LENGTH = 1_000
"""Characters of the owner's condition, and of a justification."""

MAX_GAP_RANGES = 1_000
"""Ranges of missing bundles of a cord: its state, about 10 KB, is written for each bundle."""
MAX_SEQUENCE_STEP = 10_000_000
"""How far a bundle may be ahead of the last of its cord: no node writes more in its life."""

MAX_PENDING_EVENTS = 2_000
"""Events of one node that wait for their schema. The node publishes later ones again."""
MAX_PENDING_BYTES = 32 * 1024 * 1024
"""Of one node's events that wait for their schema."""
MAX_PENDING_SCHEMAS = 16
"""Schemas that events of one node wait for: each is looked up for each message."""

MAX_VERSIONS_PER_EVENT = 500
"""Versions of one event: all of them are read for each further one."""
MAX_DETACHED_OBSERVATIONS = 4_000
"""Observations of corrections of one event that came before what they correct."""
MAX_THINGS_PER_EVENT = 20_000
"""Things that any version of one event ever named; its erasure withdraws all of them."""

MAX_LABELS_PER_NODE = 200
"""Different labels of a node's events, and as many of its retractions and erasures.

A question reads of each label what decides, and asks the release rules for each label. A node uses
a few: the same recipients and levels again and again. It holds from the config entry LabelQuota on.
"""

MAX_FIELD_LENGTH = 200
"""Characters of the field that a verdict names."""


def observation_share(events: int) -> int:
    """Give how many observations each event of a bundle of so many events may have."""
    return min(MAX_OBSERVATIONS_PER_EVENT, MAX_OBSERVATIONS_PER_BUNDLE // max(events, 1))
