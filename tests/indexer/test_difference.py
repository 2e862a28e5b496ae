"""What differs between two indexes, over records made by hand and the engine of plain loops."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ConfigError
from corpus.model import Record, Verdict
from corpus.search import Facet
from indexer.account import account_of
from indexer.difference import Changed, Fallen, Flipped, Length, Lost, Moved, Size, compare
from indexer.golden import Golden, read_golden
from tests.contract.collection import TODAY, record
from tests.indexer.run_fakes import known_vocabulary
from tests.oracle import Oracle

LONG = "Mentor for ungdom virker mot mobbing i skolen"


def index(*records: Record) -> Oracle:
    oracle = Oracle(known_vocabulary())
    oracle.publish(oracle.build(records).name)
    return oracle


def path_of(each: Record) -> str:
    return each.document.source.path


def with_content(each: Record, sha256: str, path: str | None = None) -> Record:
    source = replace(each.document.source, sha256=sha256, path=path or path_of(each))
    return replace(each, document=replace(each.document, source=source))


def difference(before: Sequence[Record], after: Sequence[Record], golden: Sequence[Golden] = (), **reasons: str):  # type: ignore[no-untyped-def]
    present = {path_of(each): "" for each in after} | {f"{name}.pdf": reason for name, reason in reasons.items()}
    return compare(*(account_of(index(*records), golden, TODAY) for records in (before, after)), present)


def test_the_same_twice_differs_in_nothing() -> None:
    both = [record(1, LONG, findings=[(Verdict.VIRKER, "mentor")]), record(2, "Annet")]
    found = difference(both, both)
    assert (found.nothing, found.before, found.after) == (True, Size(2, 2, 1), Size(2, 2, 1))


def test_documents_come_go_are_lost_and_move() -> None:
    a, b, c, d = (with_content(record(n, LONG), f"{n}", f"{n}.pdf") for n in (1, 2, 3, 4))
    found = difference([a, b, c], [with_content(c, "3", "inn/3.pdf"), d], **{"2": "password"})
    assert found.gone == ("1.pdf",)
    assert found.lost == (Lost("2.pdf", "password"),)
    assert found.moved == (Moved("3.pdf", "inn/3.pdf"),)
    assert found.gained == ("4.pdf",)
    assert not found.nothing


def test_text_and_pages_that_are_lost_are_counted() -> None:
    one = record(1, "x" * 1000)
    nine, eight = record(1, "x" * 900), record(1, "x" * 899)
    assert difference([one], [nine]).shrunk == ()
    assert difference([one], [eight]).shrunk == (Length(path_of(one), 1000, 899),)
    longer = replace(one, document=replace(one.document, page_count=3))
    assert difference([longer], [one]).pages == (Length(path_of(one), 3, 1),)


def test_a_verdict_that_flips_is_shown_with_its_quote() -> None:
    was, now = (record(1, LONG, findings=[(verdict, "mentor")]) for verdict in (Verdict.VIRKER, Verdict.SKADELIG))
    (flipped,) = difference([was], [now]).flipped
    assert flipped == Flipped(path_of(was), 1, was.findings[0].quote, "virker", "skadelig")
    assert difference([was], [record(1, LONG)]).flipped == ()
    by_a_person = replace(now, findings=tuple(replace(each, reviewed=True) for each in now.findings))
    assert difference([was], [by_a_person]).flipped == ()


def test_metadata_that_changes_is_shown_field_by_field() -> None:
    was, now = record(1, LONG, year=2020, themes=["rus"]), record(1, LONG, year=2021, themes=["rus", "vold"])
    assert difference([was], [now]).metadata == (
        Changed(path_of(was), "year", "2020", "2021"),
        Changed(path_of(was), "themes", "rus", "rus, vold"),
    )


def test_a_golden_question_falls_when_it_finds_less() -> None:
    one, other = record(1, LONG), record(2, "Natteravner")
    golden = [Golden("mentor", (path_of(one), path_of(other))), Golden("natteravner", (path_of(other),))]
    assert difference([one, other], [other], golden).golden == (Fallen("mentor", path_of(one)),)


def test_golden_questions_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "golden.toml"
    path.write_text(
        '[[question]]\ntext = "mentor"\nfinds = ["a.pdf"]\n'
        '[[question]]\ntext = "slt"\nfinds = ["b.pdf"]\nwithin = 3\nfilters = { doc_type = ["handlingsplan"] }\n',
        encoding="utf-8",
    )
    assert read_golden(path) == (
        Golden("mentor", ("a.pdf",)),
        Golden("slt", ("b.pdf",), 3, ((Facet.DOC_TYPE, ("handlingsplan",)),)),
    )
    assert read_golden(None) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("questions = 1", "there is no questions, only question"),
        ('[[question]]\ntxt = "a"', "a question has no txt"),
        ('[[question]]\ntext = "a"', "'finds'"),
        ('[[question]]\ntext = "a"\nfinds = []', "finds is a list of texts"),
        ('[[question]]\ntext = "a"\nfinds = ["b"]\nwithin = 0', "whole number above 0"),
        ('[[question]]\ntext = "a"\nfinds = ["b"]\nfilters = { tema = ["rus"] }', "'tema' is not a valid Facet"),
        ("[[question", "Expected"),
    ],
)
def test_golden_questions_that_are_wrong_are_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "golden.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        read_golden(path)
    assert told in str(raised.value)


def test_golden_questions_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Cannot read"):
        read_golden(tmp_path / "ingen.toml")
