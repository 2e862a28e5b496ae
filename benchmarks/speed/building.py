"""One engine indexes the base, in a process of its own: `python -m benchmarks.speed.building ENGINE FOLDER BASE`.

Reading the base and making what the engine is handed is timed alone first, and taken off.
"""

import importlib
import json
import sys
import time
from collections import deque
from pathlib import Path


def main() -> None:
    name, folder, base = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    kind = importlib.import_module(f"benchmarks.speed.{name}")
    cpu, wall = time.process_time(), time.perf_counter()
    deque(kind.prepared(base), maxlen=0)
    own_cpu, own_wall = time.process_time() - cpu, time.perf_counter() - wall
    cpu, wall = time.process_time(), time.perf_counter()
    kind.build(folder, base)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(json.dumps({"cpu": cpu - own_cpu, "wall": wall - own_wall, "size": size}))


if __name__ == "__main__":
    main()
