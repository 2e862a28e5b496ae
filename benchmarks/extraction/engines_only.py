"""The reader the engine figures are measured with: one PDF engine, no layout, no cleaning."""

from corpus.model import DocInfo, Extracted, Page, PageStatus
from indexer.extract.message import Announce, Task
from indexer.extract.pdf.engines import read_sheets


def read(task: Task, announce: Announce) -> Extracted:
    """The engine's own text of every page."""
    readings = read_sheets(task.file.read_bytes(), task.config, announce)
    pages = tuple(
        Page(
            number=sheet.number,
            text=sheet.source,
            blocks=(),
            source=sheet.source,
            segments=(),
            status=PageStatus.TEXT if sheet.source else PageStatus.EMPTY,
            engine=sheet.engine,
        )
        for sheet in readings.sheets
    )
    return Extracted(task.source, readings.engine, 0, True, pages, DocInfo())
