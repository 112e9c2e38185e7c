"""Start the process: `python -m consumers.sink`."""

import sys

from consumers.sink.main import main

sys.exit(main())
