"""Run child processes: start them in order, keep them alive, stop them in reverse.

None is ever left behind.
"""

from infra.supervisor.child_ends import ChildEnd, ChildState
from infra.supervisor.supervisor import Child, Supervisor, Task, Unit, UnitEvent
from infra.supervisor.watchdog import LivenessReading, Watchdog

__all__ = [
    "Child",
    "ChildEnd",
    "ChildState",
    "LivenessReading",
    "Supervisor",
    "Task",
    "Unit",
    "UnitEvent",
    "Watchdog",
]
