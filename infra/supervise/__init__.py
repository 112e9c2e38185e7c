"""Child processes: started in order, kept alive, stopped in reverse, and never left behind."""

from infra.supervise.supervisor import Child, Event, Supervisor, Task, Unit
from infra.supervise.watchdog import Pulse, Watchdog

__all__ = ["Child", "Event", "Pulse", "Supervisor", "Task", "Unit", "Watchdog"]
