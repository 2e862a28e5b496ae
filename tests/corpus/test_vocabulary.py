"""The vocabulary files keep their rules, and say what is so."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields

import pytest

from corpus import vocabulary as reading
from corpus.errors import VocabularyError
from corpus.model import FindingType, Language, Strength, Verdict
from corpus.search import Facet, PlanStatus
from corpus.vocabulary import Term, Tiltak, Vocabulary, load_vocabulary, plain_name

TERM_TABLES = [
    "doc_types",
    "themes",
    "target_groups",
    "tiltak",
    "outcomes",
    "designs",
    "verdicts",
    "strengths",
    "finding_types",
    "plan_statuses",
    "languages",
    "fylker",
    "settings",
]
FOUND_IN_TEXT = ["doc_types", "themes", "target_groups", "tiltak", "outcomes", "designs", "settings"]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def table(vocabulary: Vocabulary, name: str) -> Mapping[str, Term]:
    found: Mapping[str, Term] = getattr(vocabulary, name)
    return found


@pytest.mark.parametrize("name", TERM_TABLES)
def test_every_term_has_its_id_and_a_label_in_three_languages(vocabulary: Vocabulary, name: str) -> None:
    assert table(vocabulary, name)
    for code, term in table(vocabulary, name).items():
        assert term.id == code
        assert set(term.labels) == set(Language)
        assert all(label.strip() == label and label for label in term.labels.values()), code


@pytest.mark.parametrize("name", TERM_TABLES)
def test_no_label_names_two_codes(vocabulary: Vocabulary, name: str) -> None:
    for language in Language:
        labels = [term.labels[language] for term in table(vocabulary, name).values()]
        assert len(labels) == len(set(labels)), language


@pytest.mark.parametrize("name", FOUND_IN_TEXT)
def test_no_form_is_claimed_twice_within_a_kind(vocabulary: Vocabulary, name: str) -> None:
    claims = defaultdict(list)
    for term in table(vocabulary, name).values():
        for form in [*(a for aliases in term.aliases.values() for a in aliases), *term.exact]:
            claims[form].append(term.id)
    assert {form: codes for form, codes in claims.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", FOUND_IN_TEXT)
def test_every_term_can_be_found_and_aliases_are_in_small_letters(vocabulary: Vocabulary, name: str) -> None:
    for term in table(vocabulary, name).values():
        aliases = [alias for of_language in term.aliases.values() for alias in of_language]
        assert aliases or term.exact, term.id
        assert all(alias == alias.casefold().strip() and alias for alias in aliases), term.id


@pytest.mark.parametrize("name", FOUND_IN_TEXT)
def test_an_ambiguous_form_says_what_must_stand_near(vocabulary: Vocabulary, name: str) -> None:
    for term in table(vocabulary, name).values():
        assert bool(term.context) == term.ambiguous, term.id
        assert not term.ambiguous or term.exact, term.id


@pytest.mark.parametrize("code", ["mot", "art", "link", "ungdomslos", "fast", "vip", "exit", "zero"])
def test_the_forms_that_are_ordinary_words_are_ambiguous(vocabulary: Vocabulary, code: str) -> None:
    assert vocabulary.tiltak[code].ambiguous


def test_codes_that_the_model_fixes_are_all_there(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.verdicts) == set(Verdict)
    assert set(vocabulary.strengths) == set(Strength)
    assert set(vocabulary.finding_types) == set(FindingType)
    assert set(vocabulary.plan_statuses) == set(PlanStatus)
    assert set(vocabulary.languages) == set(Language)


def test_an_outcome_has_a_direction_and_a_design_a_known_level(vocabulary: Vocabulary) -> None:
    assert {outcome.direction for outcome in vocabulary.outcomes.values()} == {"down", "up", "info"}
    assert all(design.sms in (None, 1, 2, 3, 4, 5) for design in vocabulary.designs.values())


def test_a_tiltak_points_at_known_codes(vocabulary: Vocabulary) -> None:
    for tiltak in vocabulary.tiltak.values():
        assert isinstance(tiltak, Tiltak)
        assert tiltak.family, tiltak.id
        assert set(tiltak.level) <= {"universell", "selektiv", "indikert"}, tiltak.id
        assert tiltak.level, tiltak.id
        assert set(tiltak.themes) <= set(vocabulary.themes), tiltak.id
        assert set(tiltak.target_groups) <= set(vocabulary.target_groups), tiltak.id


def test_the_kommuner_and_fylker_of_2024(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.kommuner) == 357
    assert len(vocabulary.fylker) == 15
    assert {kommune.fylke for kommune in vocabulary.kommuner.values()} == set(vocabulary.fylker)
    assert all(number[:2] == kommune.fylke for number, kommune in vocabulary.kommuner.items())


@pytest.mark.parametrize(
    ("number", "name", "today"),
    [
        ("0136", "Rygge", ["3103"]),
        ("0104", "Moss", ["3103"]),
        ("3002", "Moss", ["3103"]),
        ("0124", "Askim", ["3118"]),
        ("1017", "Songdalen", ["4204"]),
        ("1018", "Søgne", ["4204"]),
        ("1613", "Snillfjord", ["5055", "5056", "5059"]),
        ("1850", "Tysfjord", ["1806", "1875"]),
        ("1507", "Ålesund", ["1508", "1580"]),
        ("0720", "Stokke", ["3907"]),
        ("2017", "Kvalsund", ["5603"]),
        ("1433", "Naustdal", ["4647"]),
    ],
)
def test_former_kommuner_point_at_those_that_hold_their_area(
    vocabulary: Vocabulary, number: str, name: str, today: list[str]
) -> None:
    holders = [k.number for k in vocabulary.kommuner.values() for f in k.former if (f.number, f.name) == (number, name)]
    assert holders == today


def test_every_number_of_2020_is_known(vocabulary: Vocabulary) -> None:
    in_2020 = {
        former.number
        for kommune in vocabulary.kommuner.values()
        for former in kommune.former
        if (former.first_year or 0) <= 2020 <= former.last_year
    }
    unchanged = {k.number for k in vocabulary.kommuner.values() if all(f.last_year < 2020 for f in k.former)}
    assert len(in_2020 | unchanged) == 356


def test_a_former_number_was_in_force_before_and_is_none_of_todays(vocabulary: Vocabulary) -> None:
    for kommune in vocabulary.kommuner.values():
        for former in kommune.former:
            assert former.number not in vocabulary.kommuner, former
            assert (former.first_year or 0) <= former.last_year < 2024, former
            assert len(former.number) == 4, former


@pytest.mark.parametrize("name", ["Heim", "Stad", "Ås", "Hole", "Vik", "Bø", "Sel", "Lom", "Nes", "Os", "Gran", "Sund"])
def test_names_that_are_ordinary_words_are_marked(vocabulary: Vocabulary, name: str) -> None:
    assert name in vocabulary.ambiguous_names
    today = [kommune for kommune in vocabulary.kommuner.values() if plain_name(kommune.name) == name]
    assert all(kommune.ambiguous for kommune in today)


def test_ambiguous_names_are_names_of_kommuner(vocabulary: Vocabulary) -> None:
    names = {plain_name(k.name) for k in vocabulary.kommuner.values()}
    names |= {plain_name(former.name) for k in vocabulary.kommuner.values() for former in k.former}
    assert vocabulary.ambiguous_names <= names


def test_former_fylker_lie_in_todays(vocabulary: Vocabulary) -> None:
    viken = next(fylke for fylke in vocabulary.former_fylker if fylke.name == "Viken")
    assert viken.today == ("31", "32", "33")
    assert all(
        set(fylke.today) <= set(vocabulary.fylker) and fylke.last_year < 2024 for fylke in vocabulary.former_fylker
    )


def test_no_publisher_goes_by_anothers_name(vocabulary: Vocabulary) -> None:
    names = [form for publisher in vocabulary.publishers for form in {publisher.name, *publisher.aliases}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("kind", "code", "language", "label"),
    [
        (Facet.DOC_TYPE, "evaluering", Language.EN, "Evaluation"),
        (Facet.VERDICT, "virker", Language.NN, "Verkar"),
        (Facet.THEME, "vold", Language.NN, "Vald"),
        ("themes", "vold", Language.NB, "Vold"),
        (Facet.TILTAK, "belysning", Language.EN, "Improved street lighting"),
        (Facet.TARGET_GROUP, "gutter", Language.NN, "Gutar"),
        (Facet.FYLKE, "46", Language.NB, "Vestland"),
        (Facet.KOMMUNE, "3114", Language.NB, "Våler (Østfold)"),
        ("kommuner", "5540", Language.NN, "Kåfjord"),
        (Facet.STATUS, "utloper_snart", Language.EN, "Expires within six months"),
        ("plan_state", "horing", Language.NB, "På høring"),
        (Facet.LANGUAGE, "nn", Language.EN, "Norwegian Nynorsk"),
        (Facet.DESIGN, "rct", Language.NB, "Randomisert kontrollert studie"),
        ("study_design", "kvasi", Language.EN, "Quasi-experimental study"),
        ("outcome", "tilbakefall", Language.EN, "Reoffending"),
        ("strength", "hoy", Language.NN, "Høg tillit"),
        ("type", "effekt", Language.NB, "Effektfunn"),
        (Facet.YEAR, "2023", Language.NB, "2023"),
        (Facet.PUBLISHER, "Rygge kommune", Language.EN, "Rygge kommune"),
        (Facet.THEME, "avskaffet", Language.NB, "avskaffet"),
        (Facet.KOMMUNE, "9999", Language.NB, "9999"),
    ],
)
def test_labels(vocabulary: Vocabulary, kind: str, code: str, language: Language, label: str) -> None:
    assert vocabulary.label(kind, code, language) == label


def test_every_facet_with_codes_has_labels_for_them(vocabulary: Vocabulary) -> None:
    tables = {field.name for field in fields(Vocabulary)}
    for facet in set(Facet) - {Facet.YEAR, Facet.PUBLISHER, Facet.KOMMUNE}:
        known = vocabulary._terms(facet)
        assert known, facet
        assert any(known is getattr(vocabulary, name) for name in tables), facet


def test_a_missing_file_and_a_wrong_entry_name_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(VocabularyError, match=r"vocab/nowhere\.toml"):
        reading._read("nowhere")
    monkeypatch.setattr(reading, "_read", lambda name: {"uten_navn": {"nb": "Uten navn"}})
    with pytest.raises(VocabularyError, match=r"\[uten_navn\] in vocab/themes\.toml"):
        reading._table("themes", lambda entry: Term(**reading._term(entry)))
