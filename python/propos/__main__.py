"""``python -m propos`` is the command ``propos``."""

import sys

from propos.cli import main

sys.exit(main())
