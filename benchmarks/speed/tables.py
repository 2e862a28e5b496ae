"""The figures as tables."""

from collections.abc import Sequence
from typing import Any

from benchmarks.speed.steps import BUILT, STEPS

Figures = dict[str, Any]
MODE_NAMES = {"top10": "Top 10", "top10_facets_filter": "Top 10, all 12 facets, one filter"}


def pipeline(found: Figures | None) -> None:
    """The whole pipeline on real files."""
    if found is None:
        return
    cpu, wall = found["cpu"], found["wall"]
    print(
        f"\nPipeline: {found['files']} files = {found['indexed']} indexed + {found['set_aside']} set aside,"
        f" {found['pages']} pages, {found['passages']} passages, {found['findings']} findings\n"
        f"  pages/s {found['pages'] / wall:.1f} by the clock, {found['pages'] / cpu:.1f} by processor;"
        f" passages/s {found['passages'] / wall:.1f}, {found['passages'] / cpu:.1f};"
        f" {cpu:.1f} s of processor in {wall:.1f} s\n"
        f"  peak memory {found['peak_mb']:.0f} MB in all processes, {found['largest_mb']:.0f} MB in the largest"
    )
    if found["yardstick"]:
        print(f"  processor time {cpu / found['yardstick']:.1f} times that of pdfium alone on the same files")


def index(figures: Figures) -> None:
    """Indexing the generated base."""
    built, count = figures["index"], figures["passages"]
    print(f"\nIndex: {count} passages, {figures['text'] / 1e6:.1f} MB of text, base {figures['digest'][:16]}")
    lines = [
        (
            name + ("" if held["now"] else " *"),
            f"{held['cpu']:.1f}",
            f"{count / held['cpu']:.0f}",
            f"{count / held['wall']:.0f}",
            f"{built['whoosh']['cpu'] / held['cpu']:.2f}",
            f"{held['cpu'] / built['tantivy']['cpu']:.1f}",
            f"{held['peak_mb']:.0f}",
            f"{held['size_ratio']:.2f}",
        )
        for name, held in built.items()
    ]
    heads = (
        "engine",
        "cpu s",
        "passages/cpu s",
        "passages/s",
        "x whoosh's speed",
        "x tantivy's cost",
        "peak MB",
        "size/text",
    )
    _table(heads, lines)
    if not all(held["now"] for held in built.values()):
        print("  * measured in an earlier run on this base")


def query(figures: Figures) -> None:
    """Asking."""
    asked = figures["query"]
    heads = (
        "engine", "cpu p50 ms", "cpu p95 ms", "clock p50", "clock p95",
        "x whoosh's speed p50", "p95", "x tantivy's time p50", "p95",
    )  # fmt: skip
    for mode, title in MODE_NAMES.items():
        held = asked[mode]
        print(f"\n{title}")
        _table(heads, [_line(name, times, held) for name, times in held.items()])
        print(f"  agreement: {', '.join(f'{name} {share:.0%}' for name, share in asked[f'{mode}_agreement'].items())}")
        worst = "; ".join(f"{text} ({ms:.1f} ms, {total} documents)" for text, ms, total in asked[f"{mode}_slowest"])
        print(f"  our slowest: {worst}")
    print(f"\nOpening our index: {asked['opening_ms']:.0f} ms.")
    print("Ours groups passages by document, marks words, adds findings, and counts every facet in both modes with its")
    print("own choice lifted, documents not passages; plan status follows the day. No peer does any of these here.")


def steps(figures: Figures) -> None:
    """What each step costs, beside words alone."""
    found, product = figures["steps"], figures["steps"]["product"]
    records = product["records_cpu"]
    words, alone = found["words"]["cpu"], found["words"]["sizes"]["index"]
    print("\nCost per step, without the records; beside words alone")
    lines = []
    for step, title in STEPS.items():
        held, built = found.get(step, product), step in BUILT
        cpu = held["cpu"] if built else figures["index"]["ours"]["cpu"]
        size = held["sizes"]["index"] + (held["sizes"]["marks"] if step == "marks" else 0)
        asked = held["asked"][step]
        lines.append((
            title, f"{size / 1e6:.1f}", f"{size / alone:.2f}", f"{cpu - records:.1f}",
            f"{(cpu - records) / (words - records):.2f}", f"{asked['p50']:.1f}", f"{asked['p95']:.1f}",
        ))  # fmt: skip
    _table(("step", "MB", "x words", "build cpu s", "x words", "cpu p50 ms", "p95"), lines)
    print(f"  the records: {product['sizes']['records'] / 1e6:.1f} MB, {records:.1f} s, alike in every step.")
    print("  The last three steps are built as one and asked in turns, the others in a process each.")
    size, build = (1 / figures["ratios"][f"words_alone_vs_{what}"] for what in ("size", "build"))
    print(f"  With the records the whole is {size:.2f} x words alone in size, {build:.2f} x in build time.")


def _line(name: str, times: Figures, held: Figures) -> tuple[str, ...]:
    figures = [f"{times[key]:.2f}" for key in ("cpu_p50", "cpu_p95", "wall_p50", "wall_p95")]
    places = ("cpu_p50", "cpu_p95")
    faster = [f"{held['whoosh'][place] / times[place]:.2f}" for place in places]
    slower = [f"{times[place] / held['tantivy'][place]:.2f}" for place in places]
    return (name, *figures, *faster, *slower)


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    widths = [max(len(line[place]) for line in (heads, *lines)) for place in range(len(heads))]
    for line in (heads, *lines):
        cells = [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]
        print(f"  {'  '.join(cells)}")
