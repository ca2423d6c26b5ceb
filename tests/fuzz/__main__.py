"""`make fuzz`: the long run over all targets; FUZZ_INPUTS and FUZZ_SEED say how many inputs, and which."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from all_targets import TARGETS
from long_run import long_run

INPUTS, SEED = int(os.environ.get("FUZZ_INPUTS", "1000000")), int(os.environ.get("FUZZ_SEED", "0"))
sys.exit(long_run(TARGETS.values(), INPUTS, SEED, lambda line: sys.stdout.write(f"{line}\n")))
