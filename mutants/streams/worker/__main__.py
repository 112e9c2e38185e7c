"""Start the process: `python -m streams.worker`."""

import sys

from streams.worker.main import main

sys.exit(main())
