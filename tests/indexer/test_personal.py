"""Pages with personal data are held back until a person releases them, and nothing of them is told."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import Reason
from corpus.model import DocInfo, Extracted, PageStatus, Record, SourceFile
from corpus.vocabulary import Vocabulary
from indexer.account import Account, account_of
from indexer.curation import Curation
from indexer.difference import Held, compare
from indexer.personal import Kind, held_back, is_identity_number, page_code, suspects
from tests.contract.collection import TODAY, record
from tests.indexer.run_fakes import known_vocabulary, page
from tests.indexer.run_fakes import record as made
from tests.indexer.test_pipeline import World, put
from tests.oracle import Oracle

MADE = "13097248022"  # made up; both check digits are right


def with_checks(nine: str) -> str | None:
    """Nine digits and the check digits that fit, reckoned the other way about: by trying all."""
    first, second = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    k1 = (11 - sum(int(d) * w for d, w in zip(nine, first, strict=True)) % 11) % 11
    k2 = (11 - sum(int(d) * w for d, w in zip(f"{nine}{k1}"[:10], second, strict=True)) % 11) % 11
    return None if 10 in (k1, k2) else f"{nine}{k1}{k2}"


def found(text: str) -> list[tuple[Kind, str]]:
    return [(each.kind, text[each.start : each.end]) for each in suspects(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"Fødselsnummer {MADE}.",
        "nr 130972 48022, bosatt",
        "130972-48022",
        f"({MADE})",
        f"født\t{MADE}\tmann",
        f"{MADE};",
        f"fnr:{MADE}",
        f"fnr.{MADE}",
        "130972\u00a048022",
        "130972\u202f48022",
        "130972–48022",
        "130972\t48022",
    ],
)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert [kind for kind, _ in found(text)] == [Kind.FODSELSNUMMER]


@pytest.mark.parametrize(
    "text",
    [
        "13097248023", "13097248012", "1309724802", "130972480221", f"x{MADE}", f"{MADE}x",
        f"10.1000/{MADE}", f"1.{MADE}", f"1:{MADE}", f"https://a.example/{MADE}", "130972\n48022",
        f"{MADE}.5", "1234.56.78903", "00000000000", "99999999999", "tlf. 22 03 40 00 11 22",
    ],
)  # fmt: skip
def test_other_numbers_are_let_be(text: str) -> None:
    assert found(text) == []


@given(st.dates(), st.integers(0, 999), st.booleans())
def test_every_day_and_both_check_digits_must_be_right(day, individual: int, foreign: bool) -> None:  # type: ignore[no-untyped-def]
    number = with_checks(f"{day.day + 40 * foreign:02d}{day.month:02d}{day.year % 100:02d}{individual:03d}")
    if number is None:
        return
    kind = is_identity_number(number)
    born = 1900 <= day.year <= 1999 and individual < 500
    if born:
        assert kind is (Kind.D_NUMMER if foreign else Kind.FODSELSNUMMER)
    if kind:
        for at in range(11):
            for other in "0123456789":
                changed = number[:at] + other + number[at + 1 :]
                assert changed == number or not is_identity_number(changed)


@pytest.mark.parametrize("day", ["320172", "001372", "310472", "290273", "810172"])
def test_days_that_are_none_are_no_numbers(day: str) -> None:
    numbers = (with_checks(f"{day}{individual:03d}") for individual in range(500))
    assert [number for number in numbers if number and is_identity_number(number)] == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Saken gjelder Ola Oppdiktet (14 år), som ble siktet for tyveri.", True),
        ("Kari Oppdiktet, 9 år, bor i fosterhjem etter vedtak i sak 12.", True),
        ("Barnevernet fikk melding om Per Oppdiktet Fjell, 16 år.", True),
        ("Kari Oppdiktet, 19 år, ble siktet.", False),
        ("Ola Oppdiktet (14 år) vant løpet.", False),
        ("Elever på 14 år ble siktet for hærverk.", False),
        ("Barnevernet i Oppdiktet kommune hadde 14 saker i år.", False),
    ],
)
def test_a_named_minor_in_a_case_is_held_back(text: str, held: bool) -> None:
    assert [kind for kind, _ in found(text)] == [Kind.MINOR] * held


def extracted(*texts: str, title: str = "") -> Extracted:
    pages = tuple(page(number, text) for number, text in enumerate(texts, 1))
    return Extracted(SourceFile("a.pdf", "0", 1, "application/pdf"), "fake", 1, True, pages, DocInfo(title=title))


def test_only_that_page_is_held_back_and_its_notice_says_no_number() -> None:
    whole = extracted("Rapport", f"Nummer {MADE} og {MADE}", title=f"Sak {MADE}")
    held = held_back(whole)
    assert (held.pages[0], held.pages[1].text, held.pages[1].source, held.pages[1].status) == (
        whole.pages[0], "", "", PageStatus.HELD,
    )  # fmt: skip
    (notice,) = held.notices
    assert (notice.code, notice.page, held.docinfo.title) == (Reason.PERSONAL_DATA, 2, "")
    assert notice.detail == f'fødselsnummer (2); released = ["{page_code(whole.pages[1])}"] shows the page'
    assert MADE not in str(held)


def test_a_person_releases_a_page_as_it_is_and_not_as_it_becomes() -> None:
    whole = extracted("Rapport", f"Nummer {MADE}")
    code = page_code(whole.pages[1])
    assert held_back(whole, (code,)) == whole
    changed = extracted("Rapport", f"Nummer {MADE} i ny utgave")
    assert held_back(changed, (code,)).pages[1].text == ""
    assert held_back(extracted("Rapport", "uten")) == extracted("Rapport", "uten")


def test_a_run_holds_back_and_releases_by_the_curation_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path)
    put(world.documents, a_txt=f"Rapport\fNummer {MADE}")
    monkeypatch.setattr("tests.indexer.run_fakes.record", noting(world))
    world.run()
    (kept,) = world.shelf.built["g1"]
    assert [each.text for each in kept.pages] == ["Rapport", ""]
    assert MADE not in str(kept)
    assert MADE not in "".join(path.read_text(errors="replace") for path in (tmp_path / "index").rglob("*.json"))


def noting(world: World):  # type: ignore[no-untyped-def]
    def record_with_notices(given: Extracted, curated, vocabulary):  # type: ignore[no-untyped-def]
        each = made(given, curated, vocabulary)
        return replace(each, document=replace(each.document, notices=given.notices))

    return record_with_notices


def test_what_is_held_back_is_told_before_the_switch() -> None:
    def told(each: Record) -> Account:
        oracle = Oracle(known_vocabulary())
        oracle.publish(oracle.build([each]).name)
        return account_of(oracle, (), TODAY)

    one = record(1, "Tekst")
    notices = held_back(extracted("Rapport", f"Nummer {MADE}")).notices
    held = replace(one, document=replace(one.document, notices=notices))
    path = one.document.source.path
    assert compare(told(one), told(held), {path: ""}).held == (Held(path, 2, notices[0].detail),)
    assert compare(told(held), told(held), {path: ""}).held == ()


def test_a_run_shows_a_page_that_a_person_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path)
    put(world.documents, **{"a.txt": f"Rapport\fNummer {MADE}", "a.txt.toml": "ser på den"})
    code = page_code(page(2, f"Nummer {MADE}"))
    monkeypatch.setattr("tests.indexer.run_fakes.curation", lambda path, words: Curation(released=(code,)))
    monkeypatch.setattr("tests.indexer.run_fakes.record", unheld)
    world.run()
    assert [each.text for each in world.shelf.built["g1"][0].pages] == ["Rapport", f"Nummer {MADE}"]


def unheld(given: Extracted, curated: Curation | None, vocabulary: Vocabulary) -> Record:
    return made(given, None, vocabulary)


def test_what_a_file_says_of_itself_is_left_out_where_a_number_stands_in_it() -> None:
    info = DocInfo(title=f"Vedtak {MADE}", authors=("Aa Testesen", f"Bb {MADE}"), publisher=f"Etat {MADE}")
    held = held_back(replace(extracted("Rapport"), docinfo=info))
    assert held.docinfo == DocInfo(authors=("Aa Testesen",))
    assert held.notices == ()
