"""Renders a sample as Markdown or as plain text."""

import textwrap

from tools.samples.notice import NOTES, NOTICES
from tools.samples.source import Source
from tools.samples.tree import Block, Heading, Inline, Items, PageBreak, Paragraph, Table, plain

LINE = 78


def render_markdown(source: Source) -> bytes:
    """The source's own Markdown with the notice as a quotation under the title."""
    title, rest = source.body.split("\n", 1)
    return f"{title}\n\n> {NOTICES[source.language]}\n{rest}".encode()


def render_text(source: Source) -> bytes:
    """Lines of at most 78 characters; headings underlined, the cells of a table row between bars."""
    lines = [NOTICES[source.language], ""]
    for block in source.tree.blocks:
        lines += [*_block(block), ""]
    if source.tree.notes:
        lines += [NOTES[source.language], ""]
    lines += [_line(f"[{number}] ", note) for number, note in enumerate(source.tree.notes, 1)]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _block(block: Block) -> list[str]:
    match block:
        case Heading(level, content):
            return [
                plain(content).upper() if level == 1 else plain(content),
                "=-."[min(level, 3) - 1] * len(plain(content)),
            ]
        case Paragraph(content, quoted):
            return [_line("    " if quoted else "", content)]
        case Items(items, ordered):
            return [_line(f"{number}. " if ordered else "- ", item) for number, item in enumerate(items, 1)]
        case Table(head, rows, caption):
            return [_words(caption)] * bool(caption) + [" | ".join(map(_words, row)) for row in (head, *rows)]
        case PageBreak():
            return ["\f"]


def _line(mark: str, content: Inline) -> str:
    return textwrap.fill(
        mark + _words(content), LINE, subsequent_indent=" " * len(mark), break_long_words=False, break_on_hyphens=False
    )


def _words(content: Inline) -> str:
    return "".join(f" [{run.note}]" if run.note else run.text for run in content)
