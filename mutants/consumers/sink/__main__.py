"""Start the process: `python -m consumers.sink`."""

import sys

from consumers.sink.sink import main

sys.exit(main())
