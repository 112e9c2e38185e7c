"""Start the process: `python -m consumers.api`."""

from consumers.api.app import main

main()
