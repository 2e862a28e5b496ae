"""Differences: how a person reads what differs between two indexes, and why one waits."""

from collections.abc import Iterator, Sequence

from indexer.clearance import Clearance
from indexer.difference import Difference

SHOWN = 10


def lines(clearance: Clearance) -> list[str]:
    """All that is known before the switch, some of each kind by name."""
    found = [f"Waits: {concern}" for concern in clearance.concerns]
    if clearance.difference is None and clearance.before:
        told = f"Generation {clearance.before}, which was live, cannot be read, and there is no account of it:"
        return [*found, f"{told} nothing could be compared."]
    if clearance.difference is None:
        return [*found, f"There was nothing to compare generation {clearance.generation} with."]
    return [*found, f"Generation {clearance.generation} against {clearance.before}:", *_lines(clearance.difference)]


def _lines(difference: Difference) -> Iterator[str]:
    before, after = difference.before, difference.after
    yield (
        f"  documents {before.documents} to {after.documents}, pages {before.pages} to {after.pages}, "
        f"findings {before.findings} to {after.findings}"
    )
    yield from _some("new documents", difference.gained)
    yield from _some("file removed", difference.gone)
    yield from _some("file there, no document now", [f"{lost.file} ({lost.reason})" for lost in difference.lost])
    yield from _some("moved", [f"{moved.file} to {moved.now}" for moved in difference.moved])
    yield from _some("pages", [f"{each.file}: {each.before} to {each.after}" for each in difference.pages])
    yield from _some(
        "lost text", [f"{each.file}: {each.before} to {each.after} characters" for each in difference.shrunk]
    )
    yield from _some(
        "another verdict",
        [
            f"{flip.file}, page {flip.page}: {flip.before} to {flip.after}: “{flip.quote}”"
            for flip in difference.flipped
        ],
    )
    yield from _some(
        "other metadata",
        [f"{each.file}: {each.field} “{each.before}” to “{each.after}”" for each in difference.metadata],
    )
    yield from _some(
        "golden questions", [f"“{fall.question}” no longer finds {fall.file}" for fall in difference.golden]
    )
    yield from _some("pages held back", [f"{held.file}, page {held.page}: {held.why}" for held in difference.held])
    if difference.nothing:
        yield "  no difference"


def _some(what: str, named: Sequence[str]) -> Iterator[str]:
    if named:
        yield f"  {what}: {len(named)}"
        yield from (f"    {name}" for name in named[:SHOWN])
    if len(named) > SHOWN:
        yield f"    and {len(named) - SHOWN} more"
