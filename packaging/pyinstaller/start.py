"""What the bundle's executable runs: the same start as `python -m retake_desktop`."""

import sys

from retake_desktop.__main__ import main

sys.exit(main())
