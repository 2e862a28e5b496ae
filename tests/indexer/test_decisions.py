"""Decisions on findings: read strictly, found again in changed text, applied, and never lost without a word."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.errors import CurationError, Reason
from corpus.model import (
    Document,
    Finding,
    FindingType,
    Language,
    Metadata,
    Origin,
    Page,
    PageStatus,
    Read,
    Section,
    SourceFile,
    Strength,
    Verdict,
)
from corpus.vocabulary import load_vocabulary
from indexer.curation import Act, Decision, Reading, read_curation, read_decisions
from indexer.curation.applying import PERSON, applied, is_lost
from indexer.curation.decisions import said_of, table_of
from indexer.curation.matching import BEFORE_CHARACTERS, Span, find_quote, matches, place_of
from indexer.records import make_record
from tests.indexer.hand_built import extracted

VOCABULARY = load_vocabulary()
QUOTE = "Andelen som ble siktet på nytt, falt fra 41 til 27 prosent i mentorgruppen."
OTHER = "Rusbruken var den samme i de to gruppene etter to år."
TEXT = f"Vi fulgte dem i to år. {QUOTE} {OTHER} Til slutt takker vi dem som deltok."


def page(text: str, number: int = 1) -> Page:
    return Page(number, text, (), text, (), PageStatus.TEXT, "hand")


def document(pages: int = 1) -> Document:
    metadata = Metadata(title=Read("Oppdiktet", Origin.TEXT), language=Read(Language.NB, Origin.DERIVED))
    source = SourceFile("rapport.pdf", "0" * 64, 1, "application/pdf")
    sections = (Section(("Resultater",), 1, 0, pages + 1, 0, Language.NB),)
    return Document("rapport", source, True, pages, metadata, sections, "", ())


def finding(text: str, quote: str = QUOTE, cue: str = "falt", number: int = 1, **more: object) -> Finding:
    start, at = text.index(quote), quote.index(cue)
    given: dict[str, object] = {"verdict": Verdict.VIRKER, "outcome": "tilbakefall", "rule": "change.good", **more}
    return Finding(
        id=str(more.pop("id", f"{number}-{start}-{cue}")), page=number, start=start, end=start + len(quote),
        quote=quote, cue=cue, cue_start=at, cue_end=at + len(cue), **{k: v for k, v in given.items() if k != "id"},  # type: ignore[arg-type]
    )  # fmt: skip


def decision(act: Act, of: Finding, text: str = TEXT, **says: object) -> Decision:
    occurrence, before = place_of(text, of.start, of.quote)
    said = () if act is Act.REJECT else tuple({**dict(said_of(of)), **says}.items())
    read = Reading(of.rule, of.verdict, of.tiltak, of.outcome, of.strength, of.type)
    return Decision(act, of.quote, of.page, occurrence, before, of.cue, said, "fordi", "kari", None, read)


def test_a_confirmed_finding_is_reviewed_and_says_the_same() -> None:
    found = finding(TEXT)
    result = applied([decision(Act.CONFIRM, found)], document(), [page(TEXT)], (found, finding(TEXT, OTHER, "samme")))
    assert result.findings[0] == replace(found, reviewed=True)
    assert not result.findings[1].reviewed
    assert result.lost == ()


def test_a_changed_finding_says_what_the_person_said() -> None:
    found = finding(TEXT, tiltak="mentor")
    told = decision(Act.CHANGE, found, verdict=Verdict.LOVENDE, tiltak=None, strength=Strength.LAV)
    (changed,) = applied([told], document(), [page(TEXT)], (found,)).findings
    assert (changed.verdict, changed.tiltak, changed.strength) == (Verdict.LOVENDE, None, Strength.LAV)
    assert (changed.id, changed.outcome, changed.reviewed) == (found.id, "tilbakefall", True)


def test_a_rejected_finding_leaves_alone() -> None:
    found, other = finding(TEXT), finding(TEXT, OTHER, "samme")
    result = applied([decision(Act.REJECT, found)], document(), [page(TEXT)], (found, other))
    assert (result.findings, result.lost) == ((other,), ())


def test_of_two_findings_in_one_sentence_the_cue_tells_which() -> None:
    first, second = finding(TEXT), finding(TEXT, QUOTE, "27 prosent", verdict=Verdict.BLANDET)
    result = applied([decision(Act.REJECT, second)], document(), [page(TEXT)], (first, second))
    assert result.findings == (first,)


def test_a_rejection_does_not_spread_to_another_reading_of_the_sentence() -> None:
    rejected, newer = finding(TEXT), finding(TEXT, QUOTE, "27 prosent", verdict=Verdict.BLANDET, outcome="rusbruk")
    result = applied([decision(Act.REJECT, rejected)], document(), [page(TEXT)], (newer,))
    assert (result.findings, result.lost) == ((newer,), ())


def test_what_a_person_confirmed_stands_when_the_machine_reads_the_sentence_otherwise() -> None:
    newer = finding(TEXT, QUOTE, "27 prosent", verdict=Verdict.SKADELIG, outcome="rusbruk")
    (stands,) = applied([decision(Act.CONFIRM, finding(TEXT))], document(), [page(TEXT)], (newer,)).findings
    assert (stands.verdict, stands.outcome, stands.reviewed) == (Verdict.VIRKER, "tilbakefall", True)


def test_what_a_person_confirmed_stands_when_the_machine_reads_it_no_more() -> None:
    (stands,) = applied([decision(Act.CONFIRM, finding(TEXT))], document(), [page(TEXT)], ()).findings
    assert (stands.quote, stands.cue, stands.rule, stands.reviewed) == (QUOTE, "falt", PERSON, True)
    assert stands.headings == ("Resultater",)
    assert TEXT[stands.start : stands.end] == stands.quote
    assert stands.quote[stands.cue_start : stands.cue_end] == stands.cue


@pytest.mark.parametrize(("cue", "whole"), [("", True), ("den samme", False), ("står ikke der", True)])
def test_an_added_finding_comes_with_its_cue_or_the_whole_quote(cue: str, whole: bool) -> None:
    added = Decision(Act.ADD, OTHER, 1, cue=cue, says=(("verdict", Verdict.INGEN_EFFEKT),))
    (made,) = applied([added], document(), [page(TEXT)], ()).findings
    assert (made.cue == OTHER) is whole
    assert (made.verdict, made.type, made.strength) == (Verdict.INGEN_EFFEKT, FindingType.EFFEKT, Strength.UKJENT)


def test_findings_stand_in_reading_order_whoever_made_them() -> None:
    added = Decision(Act.ADD, "Vi fulgte dem i to år.", 1, says=(("verdict", Verdict.IKKE_EVALUERT),))
    starts = [each.start for each in applied([added], document(), [page(TEXT)], (finding(TEXT),)).findings]
    assert starts == sorted(starts)


def test_what_repeats_a_rejected_finding_is_told_for_itself() -> None:
    first = finding(TEXT, id="a")
    repeats = tuple(replace(finding(TEXT, OTHER, cue), id=cue, same_as="a") for cue in ("samme", "gruppene"))
    kept = applied([decision(Act.REJECT, first)], document(), [page(TEXT)], (first, *repeats)).findings
    assert {each.id: each.same_as for each in kept} == {"samme": "gruppene", "gruppene": None} or {
        each.id: each.same_as for each in kept
    } == {"samme": None, "gruppene": "samme"}


@pytest.mark.parametrize("act", [Act.CONFIRM, Act.CHANGE, Act.REJECT, Act.ADD])
def test_a_decision_whose_words_are_gone_is_lost_and_told(act: Act) -> None:
    told = decision(act, finding(TEXT))
    result = applied([told], document(), [page("Noe helt annet står her nå.")], ())
    assert (result.findings, result.lost) == ((), (told,))


def test_a_decision_by_hand_that_says_no_verdict_is_lost_when_no_finding_is_there() -> None:
    told = Decision(Act.CONFIRM, QUOTE, 1)
    assert applied([told], document(), [page(TEXT)], ()).lost == (told,)
    (confirmed,) = applied([told], document(), [page(TEXT)], (finding(TEXT),)).findings
    assert confirmed.reviewed


def test_without_decisions_nothing_changes() -> None:
    found = (finding(TEXT),)
    assert applied([], document(), [page(TEXT)], found).findings is found


# Finding the words again

READ_ANEW = [
    ("the same", TEXT, 1),
    ("a cover was added", TEXT, 2),
    ("another space", TEXT.replace("falt fra 41", "falt  fra\n41"), 1),
    ("a soft hyphen", TEXT.replace("mentorgruppen", "mentor\u00adgruppen"), 1),
    ("a line-end hyphen left", TEXT.replace("mentorgruppen", "mentor- gruppen"), 1),
    ("a ligature", TEXT.replace("til slutt", "ﬁn"), 1),
    ("no-break spaces", TEXT.replace("27 prosent", "27\u00a0prosent"), 1),
    ("a running head before it", f"Rapport 3/2024 {TEXT}", 1),
    ("a sentence before it gone", f"{QUOTE} {OTHER}", 1),
]


@pytest.mark.parametrize(("text", "number"), [row[1:] for row in READ_ANEW], ids=[row[0] for row in READ_ANEW])
def test_words_are_found_again(text: str, number: int) -> None:
    told = decision(Act.CONFIRM, finding(TEXT))
    (match,) = matches([told], [page("Omslag", 1), page(text, number)] if number > 1 else [page(text)], ())
    assert match.span is not None
    words = text[match.span.start : match.span.end]
    assert words.startswith("Andelen som ble")
    assert words.endswith("gruppen.")


def test_of_equal_sentences_the_words_before_tell_which() -> None:
    text = f"I sammendraget. {QUOTE} I kapittel fire. {QUOTE}"
    second = replace(finding(TEXT), start=text.rindex(QUOTE), end=text.rindex(QUOTE) + len(QUOTE))
    told = decision(Act.REJECT, second, text)
    assert told.occurrence == 2
    moved = f"Nytt først. {QUOTE} Enda et. {QUOTE} I kapittel fire. {QUOTE}"
    (match,) = matches([told], [page(moved)], ())
    assert match.span == Span(1, moved.rindex(QUOTE), moved.rindex(QUOTE) + len(QUOTE))


def test_without_the_words_before_the_occurrence_tells_which() -> None:
    told = Decision(Act.REJECT, QUOTE, 1, occurrence=2)
    (match,) = matches([told], [page(f"{QUOTE} {QUOTE} {QUOTE}")], ())
    assert match.span is not None
    assert match.span.start == len(QUOTE) + 1


def test_far_away_only_the_same_words_before_will_do() -> None:
    told = decision(Act.REJECT, finding(TEXT))
    far = [page("", 1), page(f"Kort sagt: {QUOTE}", 9)]
    assert matches([told], far, ())[0].span is None
    assert matches([told], [page("", 1), page(TEXT, 9)], ())[0].span is not None
    assert matches([told], [page(f"Kort sagt: {QUOTE}", 4)], ())[0].span is not None


def test_the_same_page_is_better_than_the_next() -> None:
    told = replace(decision(Act.REJECT, finding(TEXT)), page=2, before="")
    (match,) = matches([told], [page(TEXT, 1), page(TEXT, 2), page(TEXT, 3)], ())
    assert match.span is not None
    assert match.span.page == 2


def test_a_short_quote_must_stand_as_written() -> None:
    assert find_quote("det virk er", "virker") is None
    assert find_quote("det virker", "virker") == (4, 10)


def test_a_finding_belongs_to_one_decision() -> None:
    found = finding(TEXT)
    told = [decision(Act.CONFIRM, found), replace(decision(Act.CONFIRM, found), cue="", read=None)]
    taken = [match.finding for match in matches(told, [page(TEXT)], [found])]
    assert taken == [found, None]


def test_sentences_split_otherwise_keep_their_decision() -> None:
    longer = f"{QUOTE} {OTHER}"
    (match,) = matches([decision(Act.REJECT, finding(TEXT))], [page(TEXT)], [finding(TEXT, longer)])
    assert match.finding is not None
    assert not is_lost(match)


NAMES = ("mentor", "falt", "fra", "til", "41", "27", "prosent", "i", "gruppen", "og", "ikke", "tilbakefall")
WORDS = st.lists(st.sampled_from(NAMES), min_size=4)
NOISE = st.sampled_from(["", " ", "\n", "\u00ad", "  ", "- "])


@given(WORDS, WORDS, WORDS, st.data())
def test_a_quote_is_found_whatever_stands_between_its_letters(
    before: list[str], words: list[str], after: list[str], data: st.DataObject
) -> None:
    quote = " ".join(words) + "."
    assume(len(quote) > 20)
    noisy = "".join(data.draw(NOISE) + " " if character == " " else character for character in quote)
    text = f"{' '.join(before)} {noisy} {' '.join(after)}"
    place = find_quote(text, quote)
    assert place is not None
    same = "".join(filter(str.isalnum, text[slice(*place)]))
    assert same == "".join(filter(str.isalnum, quote))


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_looking_for_words_never_fails(text: str, quote: str) -> None:
    place = find_quote(text, quote)
    assert place is None or 0 <= place[0] < place[1] <= len(text)
    occurrence, before = place_of(text, 0, quote)
    assert occurrence >= 1
    assert len(before) <= BEFORE_CHARACTERS


# Reading them


def written(folder: Path, text: str) -> Path:
    path = folder / "rapport.pdf.toml"
    path.write_text(text, encoding="utf-8")
    return path


MINIMAL = '[[findings]]\ndecision = "confirm"\nquote = "Det virker godt nok."\npage = 3\n'


def test_a_decision_may_be_written_by_hand(tmp_path: Path) -> None:
    path = written(tmp_path, f'title = "Rettet"\n{MINIMAL}tiltak = ""\nverdict = "lovende"\n')
    (told,) = read_decisions(path, VOCABULARY)
    assert (told.decision, told.page, told.occurrence, told.read) == (Act.CONFIRM, 3, 1, None)
    assert told.says == (("verdict", Verdict.LOVENDE), ("tiltak", None))
    assert read_curation(path, VOCABULARY).decisions == (told,)
    assert read_decisions(tmp_path / "ingen.toml", VOCABULARY) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MINIMAL.replace("confirm", "comfirm"), "decision = 'comfirm': no such code. Did you mean confirm?"),
        (MINIMAL + 'verdikt = "virker"', "finding 1: unknown key verdikt. Did you mean verdict?"),
        (MINIMAL + 'tiltak = "mentorr"', "Did you mean mentor?"),
        (MINIMAL + "occurrence = 0", "a whole number from 1 is needed"),
        (MINIMAL + "occurrence = true", "a whole number from 1 is needed"),
        (MINIMAL + 'at = "i dag"', "a moment is needed"),
        (MINIMAL + 'read = "regel"', "a table of texts is needed"),
        (MINIMAL + 'read = { rule = "x" }', "verdict is missing"),
        (MINIMAL.replace("page = 3\n", ""), "page is missing"),
        (MINIMAL.replace("confirm", "add"), "verdict is missing"),
        (MINIMAL + MINIMAL, "two decisions on the same words and cue"),
        ('findings = "x"', "findings must be tables"),
        ("findings = [1]", "findings must be tables"),
        ("add = 3", "add must be a section"),
    ],
)
def test_a_wrong_decision_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CurationError) as caught:
        read_curation(written(tmp_path, text), VOCABULARY)
    assert says in str(caught.value)
    assert str(caught.value).startswith("rapport.pdf.toml")


def test_what_was_read_is_kept_though_its_codes_are_no_more(tmp_path: Path) -> None:
    path = written(tmp_path, MINIMAL + 'read = { rule = "gammel", verdict = "virker", tiltak = "ingen_slik" }')
    (told,) = read_decisions(path, VOCABULARY)
    assert told.read == Reading("gammel", Verdict.VIRKER, "ingen_slik")


def test_a_moment_is_in_utc(tmp_path: Path) -> None:
    (told,) = read_decisions(written(tmp_path, MINIMAL + "at = 2026-11-22T13:00:00+01:00"), VOCABULARY)
    assert told.at == datetime(2026, 11, 22, 12, tzinfo=UTC)
    (told,) = read_decisions(written(tmp_path, MINIMAL + "at = 2026-11-22T13:00:00"), VOCABULARY)
    assert told.at == datetime(2026, 11, 22, 13, tzinfo=UTC)


def test_what_is_as_usual_is_not_written() -> None:
    assert table_of(Decision(Act.REJECT, "Sitat", 2)) == {"decision": "reject", "quote": "Sitat", "page": 2}


# In a record

REPORT = f"""
# Effekter av mentor for unge
## Resultater
{QUOTE}
"""


def test_a_record_is_made_with_what_people_decided(tmp_path: Path) -> None:
    read = extracted(REPORT)
    gone = MINIMAL.replace("confirm", "reject")
    told = f'[[findings]]\ndecision = "add"\nquote = "{QUOTE}"\npage = 1\nverdict = "virker"\n{gone}'
    record = make_record(read, read_curation(written(tmp_path, told), VOCABULARY), VOCABULARY)
    assert [(each.quote, each.headings[-1]) for each in record.findings if each.reviewed] == [(QUOTE, "Resultater")]
    assert [(n.code, n.page) for n in record.document.notices] == [(Reason.DECISION_LOST, 3)]
