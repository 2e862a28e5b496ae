"""Clearance: may a new generation be made live without a person? Kept beside the generations, for the person."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from corpus.config import PublishConfig, Switch
from indexer.difference import Difference

KEPT = 50


@dataclass(frozen=True, slots=True)
class Clearance:
    """What is known of a generation before the switch.

    `before` is the one that was live, `difference` is None when there was none to compare with. `concerns` say why
    a person should look first; none when it may be made live at once.
    """

    generation: str
    before: str = ""
    difference: Difference | None = None
    concerns: tuple[str, ...] = ()

    def data(self) -> dict[str, object]:
        """The same for a program; the names are a public contract (docs/cli.md)."""
        built: dict[str, object] = msgspec.to_builtins(self)
        return built


class Clearances:
    """The clearances of an index folder, one JSON file each."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "clearances"

    def save(self, clearance: Clearance) -> None:
        """Keep a clearance, and the newest others."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(clearance.generation)
        part = path.with_suffix(".part")
        part.write_bytes(msgspec.json.format(msgspec.json.encode(clearance), indent=1))
        part.replace(path)
        for old in sorted(self._folder.glob("*.json"))[:-KEPT]:
            old.unlink(missing_ok=True)

    def read(self, generation: str) -> Clearance | None:
        """The clearance of a generation, or None when there is none that can be read."""
        try:
            return msgspec.json.decode(self._path(generation).read_bytes(), type=Clearance)
        except (OSError, msgspec.MsgspecError):
            return None

    def _path(self, generation: str) -> Path:
        return self._folder / f"{generation}.json"


def concerns(difference: Difference | None, settings: PublishConfig, withdrawn: str) -> tuple[str, ...]:
    """Why a person should look before the switch, in sentences."""
    if withdrawn:
        return (f"Generation {withdrawn} was rolled back by a person, so that a person decides what comes after.",)
    if settings.switch is Switch.ASK:
        return ("The settings ask for a person ([publish] switch).",)
    if settings.switch is Switch.ALWAYS or difference is None:
        return ()
    return tuple(_beyond(difference, settings))


def _beyond(difference: Difference, settings: PublishConfig) -> Iterator[str]:
    documents, findings = difference.before.documents, difference.before.findings
    counted = (
        (len(difference.gone), documents, settings.gone_percent, "documents whose file was removed"),
        (len(difference.lost), documents, settings.lost_percent, "documents whose file is there and gives none now"),
        (len(difference.shrunk), documents, settings.shrunk_percent, "documents that lost over a tenth of their text"),
        (len(difference.flipped), findings, settings.flipped_percent, "findings with another verdict"),
        (_changed(difference), documents, settings.metadata_percent, "documents with other metadata"),
    )
    for count, of, percent, what in counted:
        if count > (most := max(settings.few, of * percent // 100)):
            yield f"{count} {what}; {most} are within the limits."
    if (fallen := len({fall.question for fall in difference.golden})) > settings.golden_fallen:
        yield f"{fallen} golden questions that find less than before; {settings.golden_fallen} are within the limits."


def _changed(difference: Difference) -> int:
    return len({change.file for change in difference.metadata})
