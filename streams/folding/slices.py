"""Cut a fold into slices, so that others have their turn and no batch fills the memory.

A slice ends after a number of units of work: an observation or an evidence row is one unit. Units
depend on the content alone. So the slices, and what is written, are the same on every machine.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas.model import Output
from streams.folding.overlay import Get, Overlay, Scan, Step

SLICE_UNITS = 500
"""Work between two turns: about 10 ms."""
HANDED_OVER_UNITS = 20_000
"""Work whose outputs are kept in memory: about 20 MB."""
USUAL_UNITS = 2_000
"""Work of one message that is not counted as heavy. A usual bundle has about 1,000 units."""
NEVER_HEAVY = sys.maxsize
"""Usual units of a partition that all countries share: to slow it down would delay all of them."""


class Slice(NamedTuple):
    """A part of a batch's fold.

    `step`: outputs to send, then changes to write, before the next slice is taken; both may be
    empty. `messages`: how many messages of the batch are folded with it. `heavy`: units of work
    since the slice before beyond what is usual for a message.
    """

    step: Step
    messages: int
    heavy: int = 0


@dataclass(frozen=True, slots=True)
class SlicedFold:
    """A bound fold that works in slices; called as a function it gives one step."""

    slices: Callable[[Get, Scan], Iterator[Slice]]

    def __call__(self, get: Get, scan: Scan) -> Step:
        """Fold to the end at once."""
        return merge_slices(self.slices(get, scan))


def merge_slices(slices: Iterable[Slice]) -> Step:
    """Merge the slices of a fold into the step that all of them are together."""
    whole = Step()
    for part in slices:
        whole.changes.update(part.step.changes)
        whole.outputs.extend(part.step.outputs)
    return whole


class SlicedWork:
    """Collects what a batch gives, and cuts it into slices by the units of work done."""

    def __init__(self, overlay: Overlay, usual_units: int = USUAL_UNITS) -> None:
        """Begin before the first message. `usual_units`: beyond them its work is heavy."""
        self._usual_units = usual_units
        self._overlay = overlay
        self._outputs: list[Output] = []
        self._messages = 0
        self._since_turn = self._since_handed_over = self._of_message = 0
        self._heavy = 0

    def add(self, outputs: Sequence[Output]) -> None:
        """Take outputs in, in the order in which they are to be sent."""
        self._outputs += outputs

    def count(self, units: int) -> bool:
        """Count work; say whether it is time for a `turn`."""
        self._since_turn += units
        self._of_message += units
        return self._since_turn >= SLICE_UNITS

    def turn(self) -> Slice:
        """Let others have their turn in the middle of a message.

        Outputs go with it once they are many, or once the message is heavy: those of the messages
        before it must not wait. Changes stay until the message is complete: what is
        sent twice after a crash counts once, but half of a message's changes would be lost work.
        """
        outputs: list[Output] = []
        self._since_handed_over += self._since_turn
        is_heavy = self._of_message > self._usual_units
        if is_heavy or self._since_handed_over >= HANDED_OVER_UNITS:
            outputs, self._outputs = self._outputs, outputs
            self._since_handed_over = 0
        return self._slice(Step({}, outputs))

    def complete(self, messages: int) -> Iterator[Slice]:
        """End a message (or what is done between two), of which so many are complete then.

        Its outputs and changes are handed over once they are many.
        """
        self._messages = messages
        if self._since_turn + self._since_handed_over >= HANDED_OVER_UNITS:
            yield self.hand_over()
        self._of_message = self._heavy = 0

    def hand_over(self) -> Slice:
        """Hand over all outputs and changes so far."""
        outputs, self._outputs = self._outputs, []
        self._since_handed_over = 0
        return self._slice(Step(self._overlay.take_changes(), outputs))

    def _slice(self, step: Step) -> Slice:
        self._since_turn = 0
        beyond = max(0, self._of_message - self._usual_units)
        heavy, self._heavy = beyond - self._heavy, beyond
        return Slice(step, self._messages, heavy)
