"""What did reading one file cost?"""

from dataclasses import dataclass

from corpus.errors import ExtractionFailed, Reason


@dataclass(frozen=True, slots=True)
class Usage:
    """What the children that read one file used, retry included.

    `engine` names the reader that ran last ("" when none started), `pages` how many pages it gave,
    `seconds` the time on the clock, `memory_mb` the largest child's peak resident size in 2**20 bytes, `cpu_seconds`
    the time on the processor.
    """

    engine: str = ""
    pages: int = 0
    seconds: float = 0.0
    memory_mb: int = 0
    cpu_seconds: float = 0.0

    def and_then(self, later: "Usage") -> "Usage":
        """Both, one after the other; engine and pages are those of the later."""
        return Usage(
            later.engine or self.engine,
            later.pages,
            self.seconds + later.seconds,
            max(self.memory_mb, later.memory_mb),
            self.cpu_seconds + later.cpu_seconds,
        )


class ReadingFailed(ExtractionFailed):
    """A file gave no text; `usage` is what trying cost."""

    def __init__(self, reason: Reason, detail: str = "", usage: Usage | None = None) -> None:
        super().__init__(reason, detail)
        self.usage = usage or Usage()
