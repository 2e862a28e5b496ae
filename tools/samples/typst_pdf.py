"""Renders a sample as PDF with Typst: hyphenation, footnotes, contents, running heads, columns, outline."""

import typst

from corpus.model import Language
from tools.samples.notice import CONTENTS, NOTICES, PAGE
from tools.samples.source import Layout, Source
from tools.samples.tree import Block, Heading, Inline, Items, PageBreak, Paragraph, Run, Style, Table, plain

WIDE_TABLE = 4  # columns from which a table spans both columns of a page

REPORT = """
#set page(paper: "a4", margin: (x: 2.7cm, top: 2.8cm, bottom: 2.6cm))
#set text(font: "Libertinus Serif", size: 11.5pt)
#set par(justify: true, leading: 0.72em, spacing: 1.05em)
#show heading.where(level: 1): set block(above: 2em, below: 1.1em)
#show heading: set block(above: 1.6em, below: 0.9em)
"""
TWO_COLUMN = """
#set page(paper: "iso-b5", margin: (x: 2cm, top: 2.4cm, bottom: 2.2cm), columns: 2)
#set columns(gutter: 0.7cm)
#set text(font: "New Computer Modern", size: 11.5pt)
#set par(justify: true, leading: 0.8em, spacing: 1.2em)
#show heading: set block(above: 1.4em, below: 0.7em)
#show heading: set text(size: 0.95em)
"""
PLAN = """
#set page(paper: "a4", margin: (x: 2cm, top: 2.5cm, bottom: 2.2cm))
#set text(font: "Libertinus Serif", size: 11pt)
#set par(justify: false, leading: 0.68em, spacing: 1em)
#show heading: set block(above: 1.6em, below: 0.8em)
#show heading: set text(fill: rgb("#1f4e5f"))
"""
SETTINGS = {Layout.REPORT: REPORT, Layout.TWO_COLUMN: TWO_COLUMN, Layout.PLAN: PLAN, Layout.NOTE: REPORT}
TABLES = """
#show heading: set text(hyphenate: false)
#show heading: set par(justify: false)
#set table(stroke: 0.5pt + gray, inset: 5pt, align: left)
#show table: set par(justify: false)
#show table: set text(size: 0.86em)
#set footnote.entry(gap: 0.6em)
"""


def render_typst(source: Source, keep: frozenset[str]) -> bytes:
    """The PDF. A paragraph that holds one of `keep` is not broken over pages."""
    year = source.metadata.get("year", 2024)
    head = [
        f"#set document(title: {_string(source.tree.title)}, date: datetime(year: {year}, month: 2, day: 1))",
        f'#set text(lang: "{source.language}", region: {_region(source)}, hyphenate: true)',
        SETTINGS[source.layout],
        TABLES,
        _furniture(source),
    ]
    markup = "\n".join(head + _body(source, keep))
    return typst.compile(markup.encode(), format="pdf", ignore_system_fonts=True)


def _region(source: Source) -> str:
    return '"GB"' if source.language is Language.EN else '"NO"'


def _furniture(source: Source) -> str:
    """The running head from page 2, outermost on each page, and the page number below."""
    return f"""
#set page(
  header: context if here().page() > 1 {{
    set text(size: 0.8em, fill: luma(30%))
    let side = if calc.even(here().page()) {{ left }} else {{ right }}
    align(side, {_string(source.running_head)})
  }},
  footer: context if here().page() > 1 {{
    set text(size: 0.8em)
    align(center, [{PAGE[source.language]} #counter(page).display()])
  }},
)"""


def _body(source: Source, keep: frozenset[str]) -> list[str]:
    front, rest = split_front(source)
    parts = [_front(source, front, keep)]
    if source.toc:
        parts.append("" if source.layout is Layout.TWO_COLUMN else "#pagebreak(weak: true)")
        parts.append(
            f"#text(size: 0.9em, outline(title: {_string(CONTENTS[source.language])}, depth: 2, indent: 1.2em))"
        )
        parts.append("#pagebreak()")
    return parts + [_block(block, source, keep) for block in rest]


def split_front(source: Source) -> tuple[list[Block], list[Block]]:
    """The blocks of the front (up to the first page break or chapter; the title when there is none) and all others."""
    blocks = list(source.tree.blocks)
    chapter = (isinstance(block, PageBreak) or (isinstance(block, Heading) and block.level > 1) for block in blocks)
    at = next((number for number, found in enumerate(chapter) if found), 1)
    return blocks[:at], blocks[at:]


def _front(source: Source, front: list[Block], keep: frozenset[str]) -> str:
    title = f"#text(size: 2em, weight: 700, hyphenate: false)[#par(justify: false, {_string(source.tree.title)})]"
    lines = [_block(block, source, keep) for block in front[1:]]
    notice = (
        "#rect(width: 100%, stroke: 0.6pt, inset: 8pt)"
        f"[#set par(justify: false)\n#text(size: 0.9em)[#{_string(NOTICES[source.language])}]]"
    )
    if source.layout is Layout.TWO_COLUMN:
        parts = "\n\n".join([notice, title, *lines])
        return f'#place(top, float: true, scope: "parent", clearance: 1.6em)[#set align(left)\n{parts}]'
    drop = "#v(5cm)" if source.layout is Layout.REPORT else ""
    return "\n\n".join([drop, title, "#v(1em)", *lines, "#v(1.5em)", notice, ""])


def _block(block: Block, source: Source, keep: frozenset[str]) -> str:
    match block:
        case Heading(level, content):
            return f"\n#heading(level: {max(level - 1, 1)})[{_inline(content, source)}]\n"
        case Paragraph(content, quoted):
            return _paragraph(_inline(content, source), quoted, any(quote in plain(content) for quote in keep))
        case Items(items, ordered):
            kind = "enum" if ordered else "list"
            return f"\n#{kind}({', '.join(f'[{_inline(item, source)}]' for item in items)})\n"
        case Table():
            return _table(block, source)
        case PageBreak():
            return "\n#pagebreak(weak: true)\n"


def _paragraph(text: str, quoted: bool, whole: bool) -> str:
    if quoted:
        return f"\n#quote(block: true)[{text}]\n"
    return f"\n#block(breakable: false)[{text}]\n" if whole else f"\n{text}\n"


def _table(table: Table, source: Source) -> str:
    head = ", ".join(f"[*{_inline(cell, source)}*]" for cell in table.head)
    rows = ",\n  ".join(", ".join(f"[{_inline(cell, source)}]" for cell in row) for row in table.rows)
    widths = ", ".join(f"{width}fr" for width in column_widths(table))
    caption = f"#block(sticky: true)[#text(size: 0.9em)[*{_inline(table.caption, source)}*]]\n" if table.caption else ""
    drawn = (
        f"{caption}#table(columns: ({widths},), fill: (_, y) => if y == 0 {{ luma(90%) }},\n"
        f"  table.header({head}),\n  {rows})"
    )
    if source.layout is Layout.TWO_COLUMN and len(table.head) >= WIDE_TABLE:
        return f'\n#place(auto, float: true, scope: "parent", clearance: 1em)[#set align(left)\n{drawn}]\n'
    return f"\n{drawn}\n"


def column_widths(table: Table) -> list[int]:
    """How wide each column should be next to the others: by its longest word and the root of its longest cell."""
    columns = [[table.head[at], *(row[at] for row in table.rows)] for at in range(len(table.head))]
    return [max(_width(plain(cell)) for cell in column) for column in columns]


def _width(text: str) -> int:
    return max(int(2.2 * len(text) ** 0.5) + 1, *(len(word) for word in text.split() or [""])) + 3


def _inline(content: Inline, source: Source) -> str:
    return "".join(_run(run, source) for run in content)


def _run(run: Run, source: Source) -> str:
    if run.note is not None:
        return f"#footnote[{_inline(source.tree.notes[run.note - 1], source)}]"
    text = f"#{_string(run.text)};"
    return {Style.PLAIN: text, Style.STRONG: f"#strong[{text}]", Style.EMPHASIS: f"#emph[{text}]"}[run.style]


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
