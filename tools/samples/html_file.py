"""Renders a sample as the web page of a kommune or an institute, with all that stands around the text on one."""

from html import escape

from corpus.model import Language
from tools.samples.notice import NOTES, NOTICES
from tools.samples.source import Source
from tools.samples.tree import Block, Heading, Inline, Items, PageBreak, Paragraph, Run, Style, Table

MENU = {
    Language.NB: (
        "Hopp til hovedinnhold",
        "Tjenester",
        "Politikk og planer",
        "Aktuelt",
        "Kontakt oss",
        "Søk",
        "Forsiden",
    ),
    Language.NN: (
        "Hopp til hovudinnhald",
        "Tenester",
        "Politikk og planar",
        "Aktuelt",
        "Kontakt oss",
        "Søk",
        "Framsida",
    ),
    Language.EN: ("Skip to content", "Research", "Publications", "News", "Contact", "Search", "Home"),
}
COOKIES = {
    Language.NB: "Vi bruker informasjonskapsler for å telle besøk på nettstedet. Godta alle | Bare nødvendige",
    Language.NN: "Vi bruker informasjonskapslar for å telje besøk på nettstaden. Godta alle | Berre naudsynte",
    Language.EN: "We use cookies to count visits to this site. Accept all | Only necessary",
}
FOOTER = {
    Language.NB: "Fant du det du lette etter? Ja Nei · Personvern · Tilgjengelighet · Sentralbord 00 00 00 00",
    Language.NN: "Fann du det du leita etter? Ja Nei · Personvern · Tilgjenge · Sentralbord 00 00 00 00",
    Language.EN: "Was this page useful? Yes No · Privacy · Accessibility · Telephone 00 00 00 00",
}
STYLE = (
    "body{font:16px/1.5 sans-serif;margin:0}main{max-width:44rem;margin:2rem auto}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3rem;text-align:left}"
    ".cookie{position:fixed;bottom:0;background:#eee;padding:1rem}nav li{display:inline;margin-right:1rem}"
)


def render_html(source: Source) -> bytes:
    """A whole page: head, menu, crumbs, cookie banner, the document, footer."""
    language, title = source.language, escape(source.tree.title)
    publisher = escape(source.metadata.get("publisher", ""))
    skip, *menu, home = MENU[language]
    links = "".join(f'<li><a href="#">{name}</a></li>' for name in menu)
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title} - {publisher}</title>
<meta property="og:site_name" content="{publisher}">
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#main">{skip}</a>
<div class="cookie" role="dialog" aria-label="cookies">{escape(COOKIES[language])}</div>
<header><a href="#">{publisher}</a><nav aria-label="menu"><ul>{links}</ul></nav></header>
<nav class="breadcrumb"><ol><li><a href="#">{home}</a></li><li><a href="#">{menu[1]}</a></li><li>{title}</li></ol></nav>
<main id="main">
<p class="notice"><strong>{NOTICES[language]}</strong></p>
{body_html(source)}
</main>
<footer><p>{publisher}</p><p>{FOOTER[language]}</p></footer>
</body>
</html>
""".encode()


def body_html(source: Source) -> str:
    """The document itself as HTML, with its notes last."""
    blocks = "\n".join(map(block_html, source.tree.blocks))
    if not source.tree.notes:
        return blocks
    notes = "\n".join(
        f'<li id="note-{number}">{inline_html(note)}</li>' for number, note in enumerate(source.tree.notes, 1)
    )
    return f'{blocks}\n<section class="notes"><h2>{NOTES[source.language]}</h2>\n<ol>\n{notes}\n</ol></section>'


def block_html(block: Block) -> str:
    """One block as HTML."""
    match block:
        case Heading(level, content):
            return f"<h{level}>{inline_html(content)}</h{level}>"
        case Paragraph(content, quoted):
            text = f"<p>{inline_html(content)}</p>"
            return f"<blockquote>{text}</blockquote>" if quoted else text
        case Items(items, ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{inline_html(item)}</li>' for item in items)}</{tag}>"
        case Table():
            return _table(block)
        case PageBreak():
            return '<div class="page-break"></div>'


def _table(table: Table) -> str:
    caption = f"<caption>{inline_html(table.caption)}</caption>" if table.caption else ""
    head = "".join(f'<th scope="col">{inline_html(cell)}</th>' for cell in table.head)
    rows = "\n".join(f"<tr>{''.join(f'<td>{inline_html(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    return f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"


def inline_html(content: Inline) -> str:
    """Runs of words as HTML."""
    return "".join(map(_run, content))


def _run(run: Run) -> str:
    if run.note:
        return f'<sup><a href="#note-{run.note}">{run.note}</a></sup>'
    tag = {Style.PLAIN: "", Style.STRONG: "strong", Style.EMPHASIS: "em"}[run.style]
    return f"<{tag}>{escape(run.text)}</{tag}>" if tag else escape(run.text)
