"""Renders a sample as PDF with Chromium's printing (Skia), from HTML and CSS."""

import re
import shutil
from html import escape

from playwright.sync_api import sync_playwright

from tools.samples.find import page_texts, squeezed
from tools.samples.html_file import block_html, inline_html
from tools.samples.hyphenate import soften
from tools.samples.notice import CONTENTS, NOTES, NOTICES, PAGE
from tools.samples.source import Format, Layout, Source
from tools.samples.tree import Block, Heading, Items, Paragraph, plain

DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
PAGE_BREAK = re.compile(r'<div class="page-break"></div>\s*<(\w+)')
MARGIN_TEXT = "font-size:7.5pt;width:100%;margin:0 2.2cm;font-family:Liberation Sans"
CSS = """
body{font:10.5pt/1.5 'Liberation Serif',serif;margin:0;hyphens:manual}
.report p,.report li{text-align:justify}
h1{font:bold 24pt/1.2 'Liberation Sans',sans-serif;margin:3cm 0 1cm}
h2,h3,h4{font-family:'Liberation Sans',sans-serif;break-after:avoid}
.plan{font-family:'Liberation Sans',sans-serif;font-size:9.5pt}.plan h1{margin-top:1cm;color:#244}
.plan td{padding:7px 4px}
table{border-collapse:collapse;width:100%;font-size:.85em;margin:1em 0}caption{text-align:left;font-weight:bold}
td,th{border:1px solid #666;padding:4px;text-align:left;vertical-align:top}th{background:#dde6ea}
thead{display:table-header-group}tr{break-inside:avoid}
.new-page{break-before:page}.whole{break-inside:avoid}.notice{border:2px solid #244;padding:6px;font-size:9pt}
.notes{font-size:8.5pt}.contents{break-before:page;break-after:page}.contents ul{list-style:none;padding:0}
.contents li{display:flex;text-align:left}
.contents .dots{flex:1;border-bottom:1px dotted #666;margin:0 4px 4px}
.level-3{padding-left:1.2em}
"""


def render_chromium(source: Source, keep: frozenset[str]) -> bytes:
    """The PDF; printed twice when it has contents, since their page numbers come from the first print."""
    first = _print(source, _page(source, keep, {}))
    if not source.toc:
        return first
    return _print(source, _page(source, keep, _heading_pages(source, first)))


def _print(source: Source, html: str) -> bytes:
    number = f'{PAGE[source.language]} <span class="pageNumber"></span>'
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page()
        page.set_content(html)
        data = page.pdf(
            format="A4",
            landscape=source.layout is Layout.PLAN,
            print_background=True,
            display_header_footer=True,
            header_template=f'<div style="{MARGIN_TEXT}">{escape(source.running_head)}</div>',
            footer_template=f'<div style="{MARGIN_TEXT};text-align:right">{number}</div>',
            margin={"top": "2.2cm", "bottom": "2cm", "left": "2.2cm", "right": "2.2cm"},
            outline=True,
            tagged=True,
        )
        browser.close()
    return DATES.sub(rb"\g<1>20240201000000", data)


def _page(source: Source, keep: frozenset[str], numbers: dict[str, int]) -> str:
    body = "\n".join(_block(block, keep) for block in source.tree.blocks)
    if source.toc:
        body = re.sub(r'<div class="page-break"></div>|(?=<h2)', lambda _: _contents(source, numbers), body, count=1)
    body = PAGE_BREAK.sub(r'<\1 class="new-page"', body)
    notes = "".join(f"<li>{inline_html(note)}</li>" for note in source.tree.notes)
    tail = f'<section class="notes"><h3>{NOTES[source.language]}</h3><ol>{notes}</ol></section>' if notes else ""
    return (
        f'<html lang="{source.language}"><head><meta charset="utf-8"><title>{escape(source.tree.title)}</title>'
        f'<style>{CSS}</style></head><body class="{source.layout}">'
        f'<p class="notice">{NOTICES[source.language]}</p>{body}{tail}</body></html>'
    )


def _block(block: Block, keep: frozenset[str]) -> str:
    html = block_html(block)
    if not isinstance(block, Paragraph | Items):
        return html
    soft = re.sub(r"(<[^>]*>|&\w+;)|([^<&]+)", lambda found: found[1] or soften(found[2]), html)
    whole = isinstance(block, Paragraph) and any(quote in plain(block.content) for quote in keep)
    return soft.replace("<p>", '<p class="whole">') if whole else soft


def _contents(source: Source, numbers: dict[str, int]) -> str:
    rows = "".join(
        f'<li class="level-{level}">{escape(words)}<span class="dots"></span>{numbers.get(words, 0)}</li>'
        for level, words in _headings(source)
    )
    return f'<div class="contents"><p><strong>{CONTENTS[source.language]}</strong></p><ul>{rows}</ul></div>'


def _headings(source: Source) -> list[tuple[int, str]]:
    found = [(block.level, plain(block.content)) for block in source.tree.blocks if isinstance(block, Heading)]
    return [(level, words) for level, words in found if 1 < level < 4]


def _heading_pages(source: Source, data: bytes) -> dict[str, int]:
    """The last page that holds each heading: after the contents, where headings also stand."""
    pages = [squeezed(text) for text in page_texts(data, Format.PDF)]
    return {
        words: max((number for number, page in enumerate(pages, 1) if squeezed(words) in page), default=0)
        for _, words in _headings(source)
    }
