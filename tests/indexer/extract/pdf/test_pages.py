"""Whole pages, from a document made on the fly to the blocks read from it."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.indexer.extract.pdf.making import PROSE, SETTING, drawn, pages, told, typeset

BODY = PROSE.strip()
NARROW = "#set page(width: 9cm)\n"


def turned(by: int) -> str:
    """The same words in another order, so that no two pages have a line in common."""
    words = BODY.split()
    return " ".join(words[by:] + words[:by])


def test_footnotes_stand_last_and_their_numbers_leave_the_text() -> None:
    (page,) = pages(typeset(f"{BODY}#footnote[Se rapport 3.] Neste setning om 20 m#super[2] gulv. {BODY}"))
    assert told(page) == [f"paragraph: {BODY} Neste setning om 20 m2 gulv. {BODY}", "footnote: 1 Se rapport 3."]


def test_two_columns_are_read_one_after_the_other() -> None:
    text = " ".join(f"Setning {number} handler om ungdom og vold i byen." for number in range(1, 40))
    (page,) = pages(typeset(f"= Tittel over begge\n#columns(2)[{text}]"))
    assert page.text == f"Tittel over begge\n{text}"


def test_columns_drawn_across_are_read_one_after_the_other() -> None:
    left = [
        "Evalueringen viser at tiltaket reduserte antall",
        "anmeldte voldshendelser i sentrum med tolv pro-",
        "sent, men resultatet er usikkert fordi det ikke",
        "finnes noen sammenlikningsgruppe. Vi kan derfor",
        "ikke utelukke at andre forhold forklarer ned-",
        "gangen i perioden fra 2018 til 2022.",
    ]
    right = [
        "I den andre byen fant vi ingen forskjell mellom",
        "ungdommene som deltok og de som ikke deltok.",
        "Begge gruppene hadde færre forhold etter et år,",
        "og det er grunn til å tro at dette hadde skjedd",
        "uansett. Resultatene er i tråd med tidligere",
        "forskning på området.",
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(60, 780 - 14 * number, one)
            canvas.drawString(330, 780 - 14 * number, other)

    (page,) = pages(drawn(draw))
    assert page.text.startswith("Evalueringen viser at tiltaket reduserte antall anmeldte voldshendelser i sentrum med")
    assert "tolv prosent, men" in page.text
    assert "forklarer nedgangen i perioden fra 2018 til 2022.\nI den andre byen fant vi" in page.text


def test_running_heads_and_page_numbers_are_left_out_and_kept_as_labels() -> None:
    head = "#set page(header: [Plan mot vold #h(1fr) Testvik], footer: context [Side #counter(page).display()])"
    bodies = [turned(9 * n) for n in range(4)]
    found = pages(typeset("\n#pagebreak()\n".join(bodies), f"{SETTING}{head}\n"))
    assert [page.text for page in found] == bodies
    assert [page.label for page in found] == ["1", "2", "3", "4"]


def test_on_two_pages_a_head_at_the_very_edge_runs() -> None:
    text = f"{turned(0)}\n#pagebreak()\n{turned(11)}"
    found = pages(typeset(text, SETTING + "#set page(header: [Testvik kommune])\n"))
    assert [page.text for page in found] == [turned(0), turned(11)]


def test_lines_that_are_all_a_document_says_are_not_running_heads() -> None:
    found = pages(typeset("\n#pagebreak()\n".join(f"#align(bottom)[Tiltak nummer {n}]" for n in range(4))))
    assert [page.text for page in found] == [f"Tiltak nummer {n}" for n in range(4)]


def test_a_clause_that_returns_is_not_a_running_head() -> None:
    found = pages(typeset("\n#pagebreak()\n".join([f"Endret ved lov 1. mai 2020 nr. 4.\n\n{BODY}"] * 4)))
    assert all(page.text.startswith("Endret ved lov") for page in found)


CELLS = (
    "[*Tiltak*], [*Beskrivelse*], [*Frist*],"
    "[Utekontakt], [Oppsøkende arbeid i helgene som dekker hele byen og mer til, i alle bydeler], [2025],"
    "[SLT-koordinator i full stilling], [Samordning av lokale tiltak], [Løpende],"
    "[Natteravner], [Voksne ute i helgene], [2026]"
)
ROWS = [
    "table_row: Tiltak | Beskrivelse | Frist",
    "table_row: Utekontakt | Oppsøkende arbeid i helgene som dekker hele byen og mer til, i alle bydeler | 2025",
    "table_row: SLT-koordinator i full stilling | Samordning av lokale tiltak | Løpende",
    "table_row: Natteravner | Voksne ute i helgene | 2026",
]


@pytest.mark.parametrize("engine", ["pdfium", "pdfminer"])
@pytest.mark.parametrize(
    "style",
    [
        "stroke: 0.5pt",
        "stroke: none",
        "stroke: (x, y) => (bottom: 0.5pt)",
        "stroke: (x, y) => (left: if x > 0 { 0.5pt }, top: if y > 0 { 0.5pt })",
    ],
)
def test_tables_by_any_lines(engine: str, style: str) -> None:
    (page,) = pages(typeset(f"{BODY}\n#table(columns: (1fr, 2fr, 1fr), {style}, {CELLS})\n{BODY}"), engine)
    assert told(page) == [f"paragraph: {BODY}", *ROWS, f"paragraph: {BODY}"]


def test_rows_between_shaded_ones_are_of_the_same_table() -> None:
    cells = "[Tiltak], [Frist], [Los], [2025], [Utekontakt på kveld], [2026]"
    (page,) = pages(
        typeset(f"#table(columns: (1fr, 1fr), stroke: none, fill: (x, y) => if calc.even(y) {{ red }}, {cells})")
    )
    assert told(page) == ["table_row: Tiltak | Frist", "table_row: Los | 2025", "table_row: Utekontakt på kveld | 2026"]


def test_merged_cells_leave_their_other_places_empty() -> None:
    cells = "[A], table.cell(colspan: 2)[bred], table.cell(rowspan: 2)[høy], [x], [y], [z], [w]"
    (page,) = pages(typeset(f"#table(columns: 3, {cells})"))
    assert told(page) == ["table_row: A | bred", "table_row: høy | x | y", "table_row:  | z | w"]


def test_a_table_goes_on_over_a_page_break() -> None:
    rows = ", ".join(f"[Tiltak {n}], [Ansvarlig {n}]" for n in range(60))
    first, second = pages(typeset(f"#table(columns: (1fr, 1fr), table.header([Tiltak], [Ansvarlig]), {rows})"))
    assert told(first)[0] == told(second)[0] == "table_row: Tiltak | Ansvarlig"
    read = [row for row in told(first) + told(second) if not row.endswith("Ansvarlig")]
    assert read == [f"table_row: Tiltak {n} | Ansvarlig {n}" for n in range(60)]


def test_a_frame_around_text_is_no_table() -> None:
    (page,) = pages(typeset(f"#rect(width: 100%)[{BODY}]"))
    assert told(page) == [f"paragraph: {BODY}"]


def test_two_framed_columns_of_long_text_are_page_layout() -> None:
    (page,) = pages(typeset(f"#table(columns: (1fr, 1fr), [{BODY * 3}], [{BODY * 3}])"))
    assert {block.kind.value for block in page.blocks} == {"paragraph"}
    assert page.text.startswith(BODY)


def test_contents_captions_and_references() -> None:
    text = (
        '#set heading(numbering: "1.1")\n#outline(title: [Innhold])\n= Bakgrunn\n== Mål\n'
        f"{BODY}\n#figure(table(columns: 2, [a], [b], [c], [d]), caption: [Oversikt])\n"
        "Tabell 1 viser at alt gikk bra.\n"
        "= Referanser\nNordmann, K. (2020). Om ting.\n\nTenkt, B. (2021). Om tang.\n"
    )
    (page,) = pages(typeset(text))
    assert told(page) == [
        "heading1: Innhold",
        "toc: 1 Bakgrunn 1",
        "toc: 1.1 Mål 1",
        "toc: 2 Referanser 1",
        "heading1: 1 Bakgrunn",
        "heading2: 1.1 Mål",
        f"paragraph: {BODY}",
        "table_row: a | b",
        "table_row: c | d",
        "caption: Tabell 1: Oversikt",
        "paragraph: Tabell 1 viser at alt gikk bra.",
        "heading1: 2 Referanser",
        "reference: Nordmann, K. (2020). Om ting.",
        "reference: Tenkt, B. (2021). Om tang.",
    ]


def plain_headings(canvas: Canvas) -> None:
    """No outline: headings told by size, weight and numbering."""
    y = 800
    for font, size, line in (
        ("Helvetica-Bold", 22, "Evaluering av Los i Testvik"),
        ("Helvetica-Bold", 14, "1 Innledning"),
        ("Helvetica", 10, "Dette er første avsnitt i innledningen, og det er ikke noen overskrift i det hele tatt."),
        ("Helvetica-Bold", 12, "1.1 Bakgrunn"),
        ("Helvetica", 10, "Her er bakgrunnen, som heller ikke er noen overskrift."),
        ("Helvetica-Bold", 10, "Uten nummer"),
        ("Helvetica", 10, "Et avsnitt under en overskrift som bare er fet."),
        ("Helvetica-Bold", 10, "En fet setning som slutter med punktum."),
        ("Helvetica", 10, "Det siste avsnittet på siden er kort."),
        ("Helvetica", 10, "§ 4. Virkeområde"),
        ("Helvetica", 10, "Planen gjelder for hele kommunen og alle som bor der."),
    ):
        canvas.setFont(font, size)
        canvas.drawString(70, y, line)
        y -= 30


def test_headings_without_an_outline() -> None:
    (page,) = pages(drawn(plain_headings))
    headings = [block for block in told(page) if block.startswith("heading")]
    assert headings == [
        "heading1: Evaluering av Los i Testvik",
        "heading1: 1 Innledning",
        "heading2: 1.1 Bakgrunn",
        "heading3: Uten nummer",
        "heading2: § 4. Virkeområde",
    ]


def test_clauses_in_a_row_are_a_list_of_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number in range(1, 6):
            canvas.drawString(70, 800 - 30 * number, f"§ {number}. Bestemmelse nummer {number}")
        canvas.drawString(70, 500, "Så kommer det vanlig tekst som går over nesten hele linjen på siden her.")

    (page,) = pages(drawn(draw))
    assert not any(block.startswith("heading") for block in told(page))


def test_an_outline_names_headings_that_look_like_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("Mål for arbeidet", "a", level=0)
        canvas.bookmarkPage("b")
        canvas.addOutlineEntry("Står ikke på siden", "b", level=0)
        canvas.drawString(70, 700, "Mål for arbeidet")
        canvas.drawString(70, 650, "Vanlig tekst som går over nesten hele linjen på siden, og som ikke er fet.")

    (page,) = pages(drawn(draw))
    assert told(page)[0] == "heading1: Mål for arbeidet"
    assert told(page)[1].startswith("paragraph: Vanlig")


def test_hyphens_at_line_ends() -> None:
    text = (
        "Kommunen har arbeidet med barne- og ungdomsvern i Nord-Norge, og SLT-koordinatoren har hatt ansvaret for "
        "samarbeidsmøtene, oppfølgingssamtalene og konsekvensutredningene som ble gjennomført. "
    )
    (page,) = pages(typeset(NARROW + "#set text(hyphenate: true)\n" + text * 4))
    assert page.text == (text * 4).strip()


def test_a_page_break_inside_a_sentence_leaves_each_page_its_part() -> None:
    first, second = pages(typeset((BODY + " ") * 20))
    assert f"{first.text} {second.text}" == ((BODY + " ") * 20).strip()


def test_the_way_back_on_every_page() -> None:
    for page in pages(typeset(f"= Tittel\n{BODY}#footnote[Note.]\n#table(columns: 2, {CELLS})\n- punkt")):
        for segment in page.segments:
            text = page.text[segment.start : segment.start + segment.length]
            source = page.source[segment.source_start : segment.source_start + segment.length]
            assert " ".join(source.split()) == " ".join(text.split()) or segment.length == 1
