"""Which reader reads this file, or this piece of it? Runs in the child process only."""

from collections.abc import Callable

from corpus.config import Ocr
from corpus.errors import ExtractionFailed, Reason
from corpus.model import Extracted
from indexer.extract import docx, html, markdown, odt, plain
from indexer.extract.contents import Contents, without_text
from indexer.extract.message import Announce, Part, Task
from indexer.extract.pdf import reader as pdf
from indexer.extract.version import EXTRACTOR_VERSION
from indexer.media import MediaType

MEGABYTE = 2**20
_READERS: dict[str, Callable[[bytes, Task, Announce], Contents | Part]] = {
    MediaType.PDF: pdf.read,
    MediaType.DOCX: docx.read,
    MediaType.ODT: odt.read,
    MediaType.HTML: html.read,
    MediaType.MARKDOWN: markdown.read,
    MediaType.PLAIN: plain.read,
}


def read(task: Task, announce: Announce) -> Extracted | Part:
    """Read the task's file. Raises ExtractionFailed with its reason, and whatever a library lets slip."""
    contents = _contents(task, announce)
    if isinstance(contents, Part):
        return contents
    size = sum(len(page.text) for page in contents.pages)
    scanned = sum(notice.code == Reason.SCANNED_PAGE for notice in contents.notices)
    if size > task.config.output_mb * MEGABYTE:
        raise ExtractionFailed(Reason.OUTPUT_LIMIT, f"{size} characters of text")
    if not size and not task.scans and not (scanned and task.config.ocr is Ocr.ON):
        raise ExtractionFailed(Reason.NO_TEXT, without_text(scanned, len(contents.pages)))
    return Extracted(
        task.source,
        contents.engine,
        EXTRACTOR_VERSION,
        contents.paged,
        contents.pages,
        contents.docinfo,
        contents.notices,
    )


def _contents(task: Task, announce: Announce) -> Contents | Part:
    if task.parts:
        return pdf.read_parts(task, announce)
    reader = pdf.read_scans if task.scans else _READERS[task.source.media_type]
    return reader(task.file.read_bytes(), task, announce)
