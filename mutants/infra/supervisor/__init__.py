"""Child processes: started in order, kept alive, stopped in reverse, and never left behind."""

from infra.supervisor.supervisor import Child, Supervisor, Task, Unit, UnitEvent
from infra.supervisor.watchdog import LivenessReading, Watchdog

__all__ = ["Child", "LivenessReading", "Supervisor", "Task", "Unit", "UnitEvent", "Watchdog"]
