"""Child processes: started in order, kept alive, stopped in reverse, and never left behind."""

from infra.supervisor.supervisor import Child, Event, Supervisor, Task, Unit
from infra.supervisor.watchdog import Pulse, Watchdog

__all__ = ["Child", "Event", "Pulse", "Supervisor", "Task", "Unit", "Watchdog"]
