"""Start the process: `python -m consumers.hits`."""

import sys

from consumers.hits.process import main

sys.exit(main())
