"""Searches while indexes are built and switched: `python -m benchmarks.reliability.serving [--n 10000]`.

Two server processes answer two clients, first with nothing else going on, then while the index is built again and
switched, over and over with other documents. Failed: any answer but 200, a document that is always there and not
found, an answer from two indexes at once, or a process that goes on with an old index. Ends with 1 on a failure.
"""

import argparse
import http.client
import json
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from benchmarks.reliability.base import WORDS, Base, mark
from indexer.engines import open_generations

THINK_SECONDS = 0.01
STEADY = 5  # every fifth document is always there
TAKEN_UP_SECONDS = 10
WARM_UP = 40


@dataclass
class Tally:
    """How long each answer took, in ms; what failed; the generations that answered."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    generations: set[str] = field(default_factory=set)

    def p95(self) -> float:
        """The time that 95 of 100 answers took at most, in ms."""
        return statistics.quantiles(self.took, n=20)[-1]


def main() -> int:
    options = _options()
    print(f"seed {options.seed}, {options.n} searches, {options.documents} documents")
    with tempfile.TemporaryDirectory() as folder:
        base = Base(Path(folder), options.seed)
        base.write(range(options.documents))
        if (first := base.run("index")).returncode:
            raise SystemExit(first.stderr)
        return told(*measured(base, options.n, options.documents, options.servers))


def measured(base: Base, searches: int, documents: int, servers: int) -> tuple[Tally, Tally, int]:
    """What an idle and a busy site did, and how many switches there were."""
    started = [Server(base) for _ in range(servers)]
    try:
        ask(started, base, documents, WARM_UP, None)
        idle = ask(started, base, documents, max(searches // 10, 20), None)
        stop, switches = threading.Event(), [0]
        indexing = threading.Thread(target=_index_again, args=(base, documents, stop, switches))
        indexing.start()
        try:
            busy = ask(started, base, documents, searches, switches)
        finally:
            stop.set()
            indexing.join()
        busy.failed += [fault for server in started if (fault := _behind(server, base))]
        return idle, busy, switches[0]
    finally:
        for server in started:
            server.stop()


def told(idle: Tally, busy: Tally, switches: int) -> int:
    ratio = busy.p95() / idle.p95()
    print(f"idle  {len(idle.took)} searches, {len(idle.failed)} failed, p95 {idle.p95():.1f} ms")
    print(f"busy  {len(busy.took)} searches, {len(busy.failed)} failed, p95 {busy.p95():.1f} ms ({ratio:.2f} x idle)")
    print(f"{switches} switches, {len(busy.generations)} generations answered")
    for failure in sorted({*idle.failed, *busy.failed})[:20]:
        print(f"FAIL {failure}")
    if ratio > 2:
        print("FAIL p95 is more than twice that of an idle site")
    return 1 if idle.failed or busy.failed or ratio > 2 or switches == 0 else 0


class Server:
    """`hvavirker serve` in a process of its own."""

    def __init__(self, base: Base) -> None:
        self.port = _free_port()
        self.process = base.start("serve", "--port", str(self.port))
        assert self.process.stdout
        if not self.process.stdout.readline():
            raise RuntimeError(self.process.communicate()[1])

    def get(self, path: str) -> tuple[int, dict[str, object]]:
        """An answer's status, and what it says when that is JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
            return response.status, json.loads(body) if body.startswith(b"{") else {}
        finally:
            connection.close()

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()


def ask(servers: list[Server], base: Base, documents: int, searches: int, switches: list[int] | None) -> Tally:
    """Ask from one client a server, in turns of page and API; on until the second switch, if there are any."""
    tally, left = Tally(), threading.Semaphore(searches)

    def client(server: Server, chance: random.Random) -> None:
        while left.acquire(blocking=False) or (switches is not None and switches[0] < 2):
            _ask_once(server, base, documents, chance, tally)
            time.sleep(THINK_SECONDS)

    clients = [
        threading.Thread(target=client, args=(server, random.Random(f"{base.seed} {number}")))
        for number, server in enumerate(servers)
    ]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    return tally


def _ask_once(server: Server, base: Base, documents: int, chance: random.Random, tally: Tally) -> None:
    number = chance.randrange(0, documents, STEADY)
    alone = chance.random() < 0.5
    words = mark(number) if alone else " ".join(chance.sample(WORDS, 2))
    pages = chance.random() < 0.3
    began = time.perf_counter()
    try:
        status, answer = server.get(f"/{'sok' if pages else 'api/search'}?q={quote(words)}")
    except OSError as error:
        tally.failed.append(f"{type(error).__name__}: {error}")
        return
    tally.took.append((time.perf_counter() - began) * 1000)
    if status != 200:
        tally.failed.append(f"{status} for {words}")
    elif not pages:
        hits = answer.get("hits")
        files = [hit["file"] for hit in hits if isinstance(hit, dict)] if isinstance(hits, list) else []
        tally.generations.add(str(answer.get("generation")))
        if alone and base.path(number) not in files:
            tally.failed.append(f"{base.path(number)} not found")


def _index_again(base: Base, documents: int, stop: threading.Event, switches: list[int]) -> None:
    edition = 0
    while not stop.is_set():
        edition += 1
        others = [number for number in range(documents) if number % STEADY]
        base.remove(others[edition % 3 :: 3])
        base.write(others[(edition + 1) % 3 :: 3], edition)
        ended = base.run("index")
        if ended.returncode:
            print(f"FAIL index ended with {ended.returncode}: {ended.stderr}")
        else:
            switches[0] += 1


def _behind(server: Server, base: Base) -> str:
    """What is wrong when a server does not answer from the newest index soon after the switch, or ""."""
    wanted = open_generations(base.config).names()[-1]
    until = time.monotonic() + TAKEN_UP_SECONDS
    while time.monotonic() < until:
        if server.get("/helse")[1].get("generation") == wanted:
            return ""
        time.sleep(0.1)
    return f"a server did not take up {wanted} in {TAKEN_UP_SECONDS} s"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="searches while indexing")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--servers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
