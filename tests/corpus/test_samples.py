import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Language, Verdict
from corpus.vocabulary import Vocabulary, load_vocabulary
from tools.samples.__main__ import main
from tools.samples.find import QuoteError, page_texts, pages_of, squeezed
from tools.samples.hyphenate import soften
from tools.samples.make import make_all, make_one
from tools.samples.notice import NOTICES
from tools.samples.source import Format, GoldFinding, Producer, Source, SourceError, read_source
from tools.samples.tree import Heading, Items, PageBreak, Paragraph, Run, Style, Table, plain, read_markdown

FOLDER = Path(__file__).parents[2] / "corpus" / "samples"
SOURCES = sorted((FOLDER / "sources").glob("*.md"))
ENTRIES = {
    Path(entry["file"]).stem: entry
    for entry in json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["documents"]
}
by_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)

FRONT = """+++
format = "{format}"
producer = "{producer}"
{more}
[metadata]
title = "Lys i gatene"
doc_type = "evaluering"
language = "nb"
{findings}
+++
"""
FINDING = """
[[findings]]
quote = "{quote}"
verdict = "virker"
tiltak = "belysning"
"""
QUOTE = "Kriminalitetsforebyggende gatebelysning reduserte sykkeltyveriene."
BODY = f"""# Lys i gatene

Skrevet av *ingen*.

\\newpage

## 1 Resultat

{QUOTE}[^1] Det **var** alt.

> En sa: «Jeg ser nå.»

- Første punkt
- Andre punkt

1. Måle
2. Telle

Tabell 1. Tyverier

| År | Før | Etter |
|---|---|---|
| 2020 | 10 | 4 |

[^1]: Telt av politiet.
"""


def written(
    tmp_path: Path, made: str, body: str = BODY, producer: str = "typst", more: str = "", **quotes: str
) -> Path:
    findings = "".join(FINDING.format(quote=quote) for quote in quotes.values())
    path = tmp_path / "sources" / "lys.md"
    path.parent.mkdir(exist_ok=True)
    (tmp_path / "documents").mkdir(exist_ok=True)
    path.write_text(FRONT.format(format=made, producer=producer, more=more, findings=findings) + body, encoding="utf-8")
    return path


def first_page(data: bytes, source: Source) -> str:
    return page_texts(data, source.format)[0]


# What the repository holds


def test_the_manifest_has_exactly_the_sources() -> None:
    assert sorted(ENTRIES) == [path.stem for path in SOURCES]
    assert sorted(path.name for path in (FOLDER / "documents").iterdir()) == sorted(e["file"] for e in ENTRIES.values())


@by_source
def test_a_made_file_holds_every_gold_quote_on_its_page_and_the_notice_on_the_first(path: Path) -> None:
    source, entry = read_source(path), ENTRIES[path.stem]
    data = (FOLDER / "documents" / source.file).read_bytes()
    pages = page_texts(data, source.format)
    places = pages_of(source.findings, pages)
    assert [finding["page"] for finding in entry["findings"]] == [page if entry["pages"] else None for page in places]
    assert [finding["quote"] for finding in entry["findings"]] == [finding.quote for finding in source.findings]
    assert entry["metadata"] == source.metadata
    assert entry["pages"] == (len(pages) if source.format is Format.PDF else None)
    assert squeezed(NOTICES[source.language]) in squeezed(pages[0])
    assert len(data) < 300_000


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return load_vocabulary()


@by_source
def test_the_gold_uses_the_vocabulary(path: Path, known: Vocabulary) -> None:
    source = read_source(path)
    gold = source.metadata
    assert gold["doc_type"] in known.doc_types
    assert gold.get("study_design", "rct") in known.designs
    assert gold.get("plan_state", "horing") in known.plan_statuses
    lists = {
        "themes": known.themes,
        "target_groups": known.target_groups,
        "tiltak": known.tiltak,
        "kommuner": known.kommuner,
        "fylke": known.fylker,
    }
    assert [code for key, codes in lists.items() for code in gold.get(key, ()) if code not in codes] == []
    assert {known.kommuner[number].fylke for number in gold.get("kommuner", ())} <= set(gold.get("fylke", ()))
    for finding in source.findings:
        assert finding.tiltak is None or finding.tiltak in known.tiltak
        assert finding.outcome is None or finding.outcome in known.outcomes
        assert finding.design is None or finding.design in known.designs


@by_source
def test_what_the_gold_says_of_title_and_people_stands_in_the_document(path: Path) -> None:
    source = read_source(path)
    body = squeezed(source.body)
    assert source.metadata["title"] == source.tree.title
    told = [source.metadata.get("publisher", ""), *source.metadata.get("authors", ())]
    assert [words for words in told if squeezed(words) not in body] == []


def test_the_samples_are_as_many_and_as_various_as_real_files() -> None:
    entries = ENTRIES.values()
    assert len(entries) >= 30
    assert {entry["format"] for entry in entries} == {"pdf", "docx", "html", "odt", "md", "txt"}
    assert {entry["producer"] for entry in entries if entry["producer"]} == set(Producer)
    assert {entry["metadata"]["language"] for entry in entries} == set(Language)
    assert sum((entry["pages"] or 0) > 12 for entry in entries) >= 4
    assert {"evaluering", "kunnskapsoversikt", "handlingsplan", "strategi", "veileder"} <= {
        entry["metadata"]["doc_type"] for entry in entries
    }
    verdicts = Counter(finding["verdict"] for entry in entries for finding in entry["findings"])
    assert set(verdicts) == set(Verdict)
    assert min(verdicts.values()) >= 20


def test_the_samples_disagree_as_evidence_does() -> None:
    said: dict[str, set[str]] = {}
    for entry in ENTRIES.values():
        for finding in entry["findings"]:
            said.setdefault(finding.get("tiltak", ""), set()).add(finding["verdict"])
    for tiltak in ("mentor", "mot", "kameraovervaking", "belysning", "nattevandring", "ungdomslos", "fritidsklubb"):
        assert {"virker", "lovende"} & said[tiltak], tiltak
        assert {"ingen_effekt", "skadelig", "blandet"} & said[tiltak], tiltak


def test_plans_stand_everywhere_in_time() -> None:
    gold = [entry["metadata"] for entry in ENTRIES.values() if "plan_to" in entry["metadata"]]
    ends = {str(plan["plan_to"])[:4] for plan in gold}
    starts = {str(plan["plan_from"])[:4] for plan in gold}
    assert {"2018", "2026", "2028"} <= ends
    assert "2027" in starts
    assert {plan.get("plan_state") for plan in gold} >= {None, "horing", "under_rullering"}
    assert any(len(plan.get("kommuner", ())) > 2 for plan in gold)


# Making


ONE_OF_EACH = ["notat-kameraovervaking-i-sentrum", "saksframlegg-ungdomslos-og-skolemiljoteam"]
ONE_OF_EACH += [
    "strategi-trygge-oppvekstmiljo-bodo",
    "veileder-foreldrestotte",
    "kinn-vald-i-naere-relasjonar-2027-2030",
]
ONE_OF_EACH += ["felles-plan-mot-vold-indre-ostfold-2023-2026", "moss-trygghet-og-forebygging-2025-2028"]


@pytest.mark.parametrize("slug", ONE_OF_EACH)
def test_the_same_source_gives_the_same_file(slug: str) -> None:
    source = read_source(FOLDER / "sources" / f"{slug}.md")
    data, entry = make_one(source)
    assert entry == ENTRIES[slug]
    assert data == (FOLDER / "documents" / source.file).read_bytes()


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium")
def test_chromium_gives_the_same_pages() -> None:
    source = read_source(FOLDER / "sources" / "sogndal-leikanger-balestrand-2017-2020.md")
    assert make_one(source)[1] == ENTRIES[source.slug]


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium")
def test_contents_of_a_chromium_report_give_the_page_of_each_chapter(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, "pdf", producer="chromium", more="toc = true", one=QUOTE))
    data, entry = make_one(source)
    pages = page_texts(data, source.format)
    assert entry["findings"][0]["page"] == 3
    assert re.search(r"1 Resultat\s*3", pages[1])


@pytest.mark.parametrize(
    ("made", "producer"),
    [("pdf", "typst"), ("pdf", "reportlab"), ("docx", ""), ("html", ""), ("odt", ""), ("md", ""), ("txt", "")],
)
def test_every_format_keeps_all_that_was_written(tmp_path: Path, made: str, producer: str) -> None:
    source = read_source(written(tmp_path, made, producer=producer, more="toc = true", one=QUOTE))
    data, entry = make_one(source)
    text = squeezed(" ".join(page_texts(data, source.format)))
    wanted = ["Lys i gatene", "Skrevet av ingen.", "1 Resultat", QUOTE, "Det var alt.", "«Jeg ser nå.»", "Andre punkt"]
    wanted += ["Telle", "Tabell 1. Tyverier", "2020", NOTICES[Language.NB]]
    wanted += [] if made == "docx" else ["Telt av politiet."]  # its footnotes are a part of their own
    assert [words for words in wanted if squeezed(words).upper() not in text.upper()] == []
    assert entry["findings"][0]["page"] == ({"typst": 3, "reportlab": 3}[producer] if made == "pdf" else None)


def test_a_sentence_that_a_page_break_would_cut_is_kept_whole(tmp_path: Path) -> None:
    filler = "\n\n".join(f"Avsnitt {number}. " + "Noen ord om noe annet. " * 30 for number in range(14))
    quotes = {f"q{number}": f"Tiltak {number} ga en tydelig nedgang i alt som ble målt. " for number in range(60)}
    body = f"# Lys i gatene\n\n{filler}\n\n{''.join(quotes.values())}\n"
    stripped = {key: quote.strip() for key, quote in quotes.items()}
    for producer in ("typst", "reportlab"):
        source = read_source(written(tmp_path, "pdf", body=body, producer=producer, **stripped))
        pages = [finding["page"] for finding in make_one(source)[1]["findings"]]
        assert len(set(pages)) == 1


def test_a_sentence_listed_twice_has_two_places() -> None:
    gold = (GoldFinding("Det virket.", Verdict.VIRKER), GoldFinding("Det virket.", Verdict.VIRKER))
    assert pages_of(gold, ["Det vir-\nket.", "Intet her.", "Det  virket."]) == [1, 3]


@pytest.mark.parametrize("pages", [["Noe annet."], ["Det virket. Det virket."], ["Det virket.", "Det virket."]])
def test_a_sentence_must_stand_as_often_as_it_is_listed(pages: list[str]) -> None:
    with pytest.raises(QuoteError, match=r"Det virket\."):
        pages_of((GoldFinding("Det virket.", Verdict.VIRKER),), pages)


def test_the_command_makes_what_is_right_and_tells_what_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "md", one=QUOTE)
    (tmp_path / "sources" / "feil.md").write_text("+++\n+++\n", encoding="utf-8")
    monkeypatch.setattr("tools.samples.__main__.FOLDER", tmp_path)
    assert main([]) == 1
    told = capsys.readouterr()
    assert told.out.startswith("lys.md: 0 KB, no pages, 1 findings")
    assert told.err == "feil.md: 'metadata' is missing\n"
    assert main(["lys"]) == 0
    assert [e["file"] for e in json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["documents"]] == [
        "lys.md"
    ]


def test_a_quote_that_is_not_in_the_document_stops_its_file(tmp_path: Path) -> None:
    written(tmp_path, "pdf", one="Dette står ingen steder.")
    [(line, fault)] = make_all(tmp_path, frozenset())
    assert fault
    assert "Dette står ingen steder." in line
    assert list((tmp_path / "documents").iterdir()) == []


# Reading


FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown key", {"more": 'farge = "blå"'}, "unknown key farge"),
    ("an unknown format", {"made": "rtf"}, "'rtf' is not a valid Format"),
    ("an unknown producer", {"producer": "word"}, "'word' is not a valid Producer"),
    ("a code block", {"body": "# T\n\n```\nx\n```\n"}, "fence is not one of the blocks"),
    ("a picture", {"body": "# T\n\n![x](y)\n"}, "image is not one of the inline marks"),
    ("a list in a list", {"body": "# T\n\n- a\n  - b\n"}, "a list item of a sample holds one paragraph"),
]


@pytest.mark.parametrize(("given", "said"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_in_a_source_names_the_file_and_the_fault(tmp_path: Path, given: dict[str, Any], said: str) -> None:
    with pytest.raises(SourceError, match=re.escape(f"lys.md: {said}")):
        read_source(written(tmp_path, **({"made": "pdf"} | given)))


def test_front_matter_comes_first(tmp_path: Path) -> None:
    path = written(tmp_path, "md")
    path.write_text("Hei\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(SourceError, match="the first line must be"):
        read_source(path)


def test_markdown_becomes_a_tree() -> None:
    tree = read_markdown(BODY)
    assert [type(block) for block in tree.blocks] == [
        Heading, Paragraph, PageBreak, Heading, Paragraph, Paragraph, Items, Items, Table,
    ]  # fmt: skip
    assert tree.title == "Lys i gatene"
    assert tree.blocks[4] == Paragraph(
        (Run(QUOTE), Run("", note=1), Run(" Det "), Run("var", Style.STRONG), Run(" alt."))
    )
    table = tree.blocks[-1]
    assert isinstance(table, Table)
    assert plain(table.caption) == "Tabell 1. Tyverier"
    assert [[plain(cell) for cell in row] for row in (table.head, *table.rows)] == [
        ["År", "Før", "Etter"],
        ["2020", "10", "4"],
    ]
    assert [plain(note) for note in tree.notes] == ["Telt av politiet."]


def test_a_link_keeps_its_words_and_a_broken_line_its_space() -> None:
    assert read_markdown("Se [planen](x)\nher.").blocks == (
        Paragraph((Run("Se "), Run("planen"), Run(" "), Run("her."))),
    )


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("forebygging", "fore-byg-ging"),
        ("ungdomsoppfølgingen", "ung-dom-sopp-føl-gingen"),
        ("tiltak", "tiltak"),
        ("2019", "2019"),
    ],
)
def test_long_words_may_break(word: str, parts: str) -> None:
    assert soften(word).replace("\u00ad", "-") == parts
