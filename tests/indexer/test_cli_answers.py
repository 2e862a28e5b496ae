"""search, status and export over an engine that gives one fixed answer."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corpus.config import Config
from corpus.engine import Generation
from corpus.errors import NoIndex, Reason
from corpus.model import Notice, Origin, Read
from corpus.search import (
    Expansion,
    Facet,
    FacetCounts,
    FacetValue,
    Hit,
    Mark,
    MatchField,
    MatchKind,
    PassageHit,
    SearchRequest,
    SearchResult,
    WordMatch,
    WordReport,
)
from corpus.vocabulary import Vocabulary
from indexer.cli.command import Exit, run
from indexer.ledger import Ledger, Outcome, Run
from tests.indexer.run_fakes import known_vocabulary
from tests.indexer.test_export import BARE, FULL, TwoDocuments

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
PASSAGE = PassageHit(3, 0, "MOT virker mot mobbing", (), 2.0, (Mark(4, 10), Mark(15, 22)))
MATCHES = (
    WordMatch("mobbing", MatchField.TEXT, MatchKind.EXACT, ("mobbing",)),
    WordMatch("Rygge", MatchField.KOMMUNE, MatchKind.NAME, ()),
    WordMatch("Rygge", MatchField.TEXT, MatchKind.NAME, ("moss",)),
)
RESULT = SearchResult(
    total=7,
    hits=(
        Hit(FULL.id, 3.5, (PASSAGE, replace(PASSAGE, page=9, text="Ingen effekt", marks=())), (), MATCHES, ("xyz",)),
        Hit(BARE.id, 1.25, (replace(PASSAGE, page=1),), ()),
        Hit("borte", 1.0, (), ()),
    ),
    facets=(
        FacetCounts(Facet.LANGUAGE, (FacetValue("nn", 5), FacetValue("nb", 0, True))),
        FacetCounts(Facet.PUBLISHER, (FacetValue("Fjellheim kommune", 1),)),
    ),
    words=(
        WordReport("mobbing", ("mobbing",), 7, kinds=(MatchKind.EXACT,), alone=7),
        WordReport("xyz", (), 2, relaxed=True, prefix=True, alone=1),
    ),
    did_you_mean="mobbing skole",
    generation="g1",
    took_ms=1.0,
    expansions=(Expansion("Rygge", Facet.KOMMUNE, "3103", ("Moss",)),),
    with_all=1,
)


class FixedEngine:
    def __init__(self) -> None:
        self.asked: list[SearchRequest] = []
        self.generation: Generation | None = Generation("g1", NOW, 2, 40, 3)

    def search(self, request: SearchRequest) -> SearchResult:
        self.asked.append(request)
        return RESULT

    def live(self) -> Generation | None:
        return self.generation

    def records(self) -> TwoDocuments:
        if self.generation is None:
            raise NoIndex("Nothing is published yet.", "Run hvavirker index.")
        return TwoDocuments()


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FixedEngine:
    fixed = FixedEngine()

    def opened(config: Config, vocabulary: Vocabulary | None = None) -> FixedEngine:
        return fixed

    for command in ("search", "status", "export"):
        monkeypatch.setattr(f"indexer.cli.{command}.open_engine", opened)
    monkeypatch.setattr("indexer.cli.search.load_vocabulary", known_vocabulary)
    monkeypatch.setattr("indexer.cli.export.load_vocabulary", known_vocabulary)
    monkeypatch.chdir(tmp_path)
    return fixed


def out_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) is Exit.OK
    return capsys.readouterr().out


def test_search_as_json_keeps_its_contract(engine: FixedEngine, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(out_of(capsys, "search", "mobbing", "skole", "--json"))
    language = known_vocabulary().languages
    assert found == {
        "total": 7,
        "facets": {
            "language": [
                {"code": "nn", "label": language["nn"].labels["nb"], "count": 5, "selected": False},  # type: ignore[index]
                {"code": "nb", "label": language["nb"].labels["nb"], "count": 0, "selected": True},  # type: ignore[index]
            ],
            "publisher": [{"code": "Fjellheim kommune", "label": "Fjellheim kommune", "count": 1, "selected": False}],
        },
        "hits": [
            {
                "file": "planer/plan.pdf",
                "page": 3,
                "title": "Plan mot vold; for alle",
                "doc_type": "handlingsplan",
                "score": 3.5,
                "passages": [{"page": 3, "text": "MOT virker mot mobbing"}, {"page": 9, "text": "Ingen effekt"}],
                "matches": [
                    {"text": "mobbing", "field": "text", "kind": "exact", "forms": ["mobbing"]},
                    {"text": "Rygge", "field": "kommune", "kind": "name", "forms": []},
                    {"text": "Rygge", "field": "text", "kind": "name", "forms": ["moss"]},
                ],
                "missing": ["xyz"],
            },
            {
                "file": "a/side.html",
                "page": None,
                "title": "Side",
                "doc_type": None,
                "score": 1.25,
                "passages": [{"page": None, "text": "MOT virker mot mobbing"}],
                "matches": [],
                "missing": [],
            },
        ],
        "words": [
            {"text": "mobbing", "prefix": False, "forms": ["mobbing"], "kinds": ["exact"], "documents": 7, "alone": 7,
             "relaxed": False},
            {"text": "xyz", "prefix": True, "forms": [], "kinds": [], "documents": 2, "alone": 1, "relaxed": True},
        ],
        "expansions": [{"text": "Rygge", "facet": "kommune", "code": "3103", "label": "Moss", "forms": ["Moss"]}],
        "did_you_mean": "mobbing skole",
        "with_all": 1,
    }  # fmt: skip


def test_search_asks_what_was_typed(engine: FixedEngine, capsys: pytest.CaptureFixture[str]) -> None:
    out_of(capsys, "search", "vold", "ung", "--filter", "fylke=03", "--limit", "3", "--as-of", "2026-01-31")
    assert engine.asked == [
        SearchRequest(as_of=date(2026, 1, 31), text="vold ung", filters={Facet.FYLKE: ("03",)}, size=3)
    ]


def test_search_may_be_told_to_take_the_words_as_they_are(
    engine: FixedEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    out_of(capsys, "search", "vold", "--exact")
    out_of(capsys, "search", "vold", "--all-words")
    assert [(request.exact, request.all_words) for request in engine.asked] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        (["--as-of", "2025-05-05"], [], date(2025, 5, 5)),
        (["--as-of", "2025-05-05"], ["--as-of", "2026-06-06"], date(2026, 6, 6)),
    ],
)
def test_the_day_may_stand_before_or_after_the_commands_name(
    engine: FixedEngine, capsys: pytest.CaptureFixture[str], before: list[str], after: list[str], day: date
) -> None:
    out_of(capsys, *before, "search", "vold", *after)
    assert engine.asked[0].as_of == day


def test_search_in_lines(engine: FixedEngine, capsys: pytest.CaptureFixture[str]) -> None:
    plan = known_vocabulary().doc_types["handlingsplan"].labels["nb"]  # type: ignore[index]
    assert out_of(capsys, "search", "mobbing").splitlines() == [
        "7 documents",
        "Did you mean: mobbing skole",
        "Searched also for Moss: Moss (not with --exact)",
        "Let go: xyz (1 documents by itself)",
        "All the words: 1 documents (--all-words)",
        "",
        "1. Plan mot vold; for alle",
        f"   {plan}, 2023, planer/plan.pdf",
        "   mobbing: text exact; Rygge: kommune name, text name (moss); xyz: missing",
        "   p. 3: MOT virker mot mobbing",
        "   p. 9: Ingen effekt",
        "",
        "2. Side",
        "   a/side.html",
        "   MOT virker mot mobbing",
    ]


def test_lines_hold_nothing_that_steers_a_terminal(
    engine: FixedEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = replace(
        BARE, metadata=replace(BARE.metadata, title=Read("a\x1b]0;x\x07b\r\nc\u202ed[bold]e", Origin.TEXT))
    )
    monkeypatch.setattr(TwoDocuments, "document", lambda self, document_id: hostile)
    assert "1. a]0;xb  cd[bold]e" in out_of(capsys, "search", "x")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["search", "x", "--filter", "verdikt=virker"], "Did you mean verdict?"),
        (["search", "x", "--limit", "0"], "0 is not in the range"),
        (["search", "x", "--as-of", "31.1.2026"], "'31.1.2026' is not a day as 2026-01-31."),
        (["search", "x", "--jsno"], "No such option"),
        (["soek"], "No such command"),
        (["export", "dokumenter"], "'dokumenter' is not one of"),
        (["export", "documents", "--format", "xml"], "'xml' is not one of"),
        (["inspect", "finnes-ikke.pdf"], "does not exist"),
        (["--config", "finnes-ikke.toml", "status"], "Cannot read finnes-ikke.toml"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_says_why(
    engine: FixedEngine, capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert run(arguments) is Exit.USAGE
    assert complaint in capsys.readouterr().err


def saved(folder: Path) -> None:
    outcomes = [
        Outcome("plan.pdf", "aa", engine="pdfium"),
        Outcome("låst.pdf", "bb", Reason.PASSWORD, "needs a password"),
        Outcome("kopi.pdf", "aa", Reason.DUPLICATE, "same content as plan.pdf"),
        Outcome("kopi2.pdf", "aa", Reason.DUPLICATE, "same content as plan.pdf"),
    ]
    Ledger(folder / "ledger.sqlite").save(outcomes, NOW, Run("d", "g1", NOW))


def test_status_as_json_keeps_its_contract(engine: FixedEngine, capsys: pytest.CaptureFixture[str]) -> None:
    saved(Path("indeks"))
    assert json.loads(out_of(capsys, "status", "--index", "indeks", "--json")) == {
        "files": 4,
        "indexed": 1,
        "set_aside": 3,
        "reasons": {"duplicate": 2, "password": 1},
        "documents": 2,
        "passages": 40,
        "findings": 3,
        "generation": "g1",
        "fault": "",
        "waits": [],
        "held_pages": [],
        "lost_decisions": [],
    }


def test_status_in_lines_names_every_file_set_aside(engine: FixedEngine, capsys: pytest.CaptureFixture[str]) -> None:
    saved(Path("indeks"))
    assert out_of(capsys, "status", "--index", "indeks").splitlines() == [
        "4 files: 1 indexed, 3 set aside (duplicate 2, password 1).",
        "Generation g1, built 2026-03-02 08:30 UTC, is live:",
        "2 documents, 40 passages, 3 findings.",
        "     duplicate  kopi.pdf  same content as plan.pdf",
        "     duplicate  kopi2.pdf  same content as plan.pdf",
        "      password  låst.pdf  needs a password",
    ]


def test_status_of_a_run_that_published_nothing(engine: FixedEngine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.generation = None
    saved(Path("indeks"))
    found = json.loads(out_of(capsys, "status", "--index", "indeks", "--json"))
    assert (found["files"], found["documents"], found["generation"]) == (4, 0, None)
    assert "Generation" not in out_of(capsys, "status", "--index", "indeks")


@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"], ["export", "documents"]])
def test_without_an_index_commands_end_with_3(
    engine: FixedEngine, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    engine.generation = None
    assert run(arguments) is Exit.NOTHING
    out, error = capsys.readouterr()
    assert (out, error.count("\n"), "hvavirker index" in error) == ("", 1, True)


def test_export_gives_jsonl_unless_told(engine: FixedEngine, capsys: pytest.CaptureFixture[str]) -> None:
    lines = out_of(capsys, "export", "findings").splitlines()
    assert [(row["file"], row["page"]) for row in map(json.loads, lines)] == [
        ("a/side.html", None),
        ("planer/plan.pdf", 3),
    ]


def test_export_gives_csv_with_labels(engine: FixedEngine, capsys: pytest.CaptureFixture[str]) -> None:
    found = list(csv.DictReader(io.StringIO(out_of(capsys, "export", "documents", "--format", "csv"), newline="")))
    assert [(row["file"], row["kommuner_label"]) for row in found] == [
        ("a/side.html", ""),
        ("planer/plan.pdf", "Oslo;Moss"),
    ]


def test_status_names_pages_that_are_held_back(
    engine: FixedEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(Path("indeks"))
    held = replace(FULL, notices=(Notice(Reason.PERSONAL_DATA, "fødselsnummer (1)", 3),))
    monkeypatch.setattr(TwoDocuments, "documents", lambda _: (held, BARE))
    found = json.loads(out_of(capsys, "status", "--index", "indeks", "--json"))["held_pages"]
    assert found == [{"file": FULL.source.path, "page": 3, "why": "fødselsnummer (1)"}]
    assert f"held back  {FULL.source.path}, page 3  fødselsnummer (1)" in out_of(capsys, "status", "--index", "indeks")
