"""Start the process: `python -m consumers.checkpoints`."""

import sys

from consumers.checkpoints.process import main

sys.exit(main())
