"""So that `python -m evidence.verifier BUNDLE` works where nothing is installed."""

import sys

from evidence.verifier.cli import main

sys.exit(main())
