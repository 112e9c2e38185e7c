"""Child processes: started in order, kept alive, stopped in reverse, and never left behind."""

from infra.supervise.supervisor import Child, Event, Supervisor, Task, Unit

__all__ = ["Child", "Event", "Supervisor", "Task", "Unit"]
