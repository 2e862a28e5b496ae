"""The account of a generation: what it says, that it comes back as written, and what is done with a wrong one."""

import gzip
import json
import random
from pathlib import Path

import pytest

from corpus.model import Verdict
from corpus.search import Facet
from indexer.account import VERSION, Account, Accounts, Asked, Claim, Told, account_of
from indexer.generation import note
from indexer.golden import Golden
from tests.contract.collection import TODAY, record
from tests.indexer.run_fakes import known_vocabulary
from tests.oracle import Oracle

NAME = "000001-20261122T010203Z"
FLIPS, SEED = 200, 20261122
TEXT = "Mentor for ungdom virker mot mobbing i skolen"
GOLDEN = (
    Golden("mentor", ("mappe/d001.pdf", "borte.pdf"), 3, ((Facet.DOC_TYPE, ("evaluering",)),)),
    Golden("hundepatrulje", ("mappe/d001.pdf",)),
)


def account() -> Account:
    oracle = Oracle(known_vocabulary())
    held = record(2, "Natteravner går hver helg", findings=[(Verdict.VIRKER, "natteravn")])
    one = record(
        1, TEXT, year=2020, themes=["rus", "vold"], doc_type="evaluering", findings=[(Verdict.LOVENDE, "mentor")]
    )
    oracle.publish(oracle.build([held, one]).name)
    return account_of(oracle, GOLDEN, TODAY)


def test_it_says_what_a_generation_holds_and_finds() -> None:
    made = account()
    assert [told.path for told in made.documents] == ["mappe/d001.pdf", "mappe/d002.pdf"]
    told = made.documents[0]
    assert (told.pages, told.findings) == (1, 1)
    assert told.characters >= len(TEXT)
    assert (told.metadata["year"], told.metadata["themes"], "adopted" in told.metadata) == ("2020", "rus, vold", False)
    assert [(claim.page, claim.verdicts, claim.reviewed) for claim in told.claims] == [(1, ("lovende",), False)]
    filters = (("doc_type", ("evaluering",)),)
    assert made.golden == (
        Asked("mentor", 3, filters, GOLDEN[0].finds, ("mappe/d001.pdf",)),
        Asked("hundepatrulje", 10, (), GOLDEN[1].finds, ()),
    )


def test_it_comes_back_as_it_was_written_and_twice_the_same(tmp_path: Path) -> None:
    kept, made = Accounts(tmp_path), account()
    kept.save(NAME, made)
    written = note(tmp_path, NAME).read_bytes()
    kept.save(NAME, made)
    assert (kept.read(NAME), note(tmp_path, NAME).read_bytes()) == (made, written)
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [f"{NAME}.json.gz"]
    assert kept.read("000002-20261122T010203Z") is None


def test_what_version_1_wrote_is_read_by_every_later_one(tmp_path: Path) -> None:
    """As it lies on the disks of those who upgrade: when this fails, VERSION 1 can no longer be read."""
    document = {
        "path": "a.pdf",
        "sha256": "00",
        "pages": 3,
        "characters": 4000,
        "findings": 2,
        "metadata": {"title": "Rapport", "gone_since": "x"},
        "held": [{"page": 2, "why": "fødselsnummer (1)"}],
        "claims": [{"quote": "Det virker.", "page": 1, "verdicts": ["virker", "gone_since"], "reviewed": True}],
        "unknown_yet": 1,
    }
    asked = {"text": "a", "within": 10, "filters": [["tema", ["rus"]]], "finds": ["a.pdf"], "files": ["a.pdf"]}
    written = {"documents": [document], "golden": [asked], "version": 1}
    path = note(tmp_path, NAME)
    path.parent.mkdir()
    path.write_bytes(gzip.compress(json.dumps(written).encode()))
    read = Accounts(tmp_path).read(NAME)
    assert read is not None
    assert (read.documents[0].path, read.documents[0].held[0].page) == ("a.pdf", 2)
    assert read.documents[0].claims == (Claim("Det virker.", 1, ("virker", "gone_since"), True),)
    assert read.golden[0].question == ("a", 10, (("tema", ("rus",)),))


def test_a_damaged_byte_never_gives_another_account(tmp_path: Path) -> None:
    kept, made = Accounts(tmp_path), account()
    kept.save(NAME, made)
    path = note(tmp_path, NAME)
    whole = path.read_bytes()
    chance, unread = random.Random(SEED), 0
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        read = kept.read(NAME)
        assert read in (None, made)  # the head of a gzip file has bytes that say nothing
        unread += read is None
    assert unread > FLIPS * 0.9


@pytest.mark.parametrize("written", [b"", b"{}", gzip.compress(b"{"), gzip.compress(b'{"documents": 1}')])
def test_what_is_no_account_is_none(tmp_path: Path, written: bytes) -> None:
    note(tmp_path, NAME).parent.mkdir()
    note(tmp_path, NAME).write_bytes(written)
    assert Accounts(tmp_path).read(NAME) is None


def test_one_of_another_version_is_none(tmp_path: Path) -> None:
    Accounts(tmp_path).save(NAME, Account((Told("a.pdf", "00", 1, 1, 0, {}),), version=VERSION + 1))
    assert Accounts(tmp_path).read(NAME) is None
