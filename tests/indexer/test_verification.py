"""A generation is asked for what its own documents say; one that answers wrongly is told apart."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from corpus.engine import Answers, Generation, Records
from corpus.model import Language, Record, Verdict
from corpus.search import Facet, SearchRequest, SearchResult
from indexer.golden import Golden
from indexer.verification import faults_in
from tests.contract.collection import TODAY, record
from tests.indexer.run_fakes import known_vocabulary
from tests.oracle import Oracle

SHELF = (
    record(1, "Ungdommen fikk mentor etter skolen og mobbingen avtok", doc_type="evaluering", year=2021,
           themes=["mobbing"], findings=[(Verdict.VIRKER, "mentor")]),
    record(2, "Natteravner går gjennom sentrumsgatene hver helg", doc_type="handlingsplan", kommuner=["3103"]),
    record(3, "Kort.", language=Language.NN),
)  # fmt: skip


@dataclass
class Bent:
    """The engine of plain loops, its answers bent."""

    oracle: Oracle
    bend: Callable[[SearchRequest, SearchResult], SearchResult] = lambda request, result: result
    generation: Generation | None = None

    def live(self) -> Generation | None:
        return self.generation or self.oracle.live()

    def records(self) -> Records:
        return self.oracle.records()

    def search(self, request: SearchRequest) -> SearchResult:
        return self.bend(request, self.oracle.search(request))


def shelf(*records: Record) -> Oracle:
    oracle = Oracle(known_vocabulary())
    oracle.publish(oracle.build(records or SHELF).name)
    return oracle


def found(answers: object, *golden: Golden) -> tuple[str, ...]:
    return faults_in(answers, golden, TODAY)  # type: ignore[arg-type]  # the part of the port that is asked


def test_a_sound_generation_has_no_faults() -> None:
    assert found(shelf(), Golden("mentor", (SHELF[0].document.source.path,))) == ()


def test_a_golden_question_that_finds_nothing_is_a_fault() -> None:
    (fault,) = found(shelf(), Golden("natteravner", ("borte.pdf",), 3))
    assert fault == "The golden question “natteravner” does not find borte.pdf among its first 3."


@pytest.mark.parametrize("name", ["documents", "findings"])
def test_counts_that_are_not_the_manifests_are_a_fault(name: str) -> None:
    live = shelf().live()
    assert live
    (fault,) = found(Bent(shelf(), generation=replace(live, **{name: 99})))
    assert fault.endswith(f"{name}, its manifest says 99.")


def without_facet(request: SearchRequest, result: SearchResult) -> SearchResult:
    return replace(result, facets=tuple(each for each in result.facets if each.facet is not Facet.THEME))


def miscounting(request: SearchRequest, result: SearchResult) -> SearchResult:
    return replace(result, total=result.total + bool(request.filters.get(Facet.KOMMUNE)))


def forgetting(request: SearchRequest, result: SearchResult) -> SearchResult:
    return replace(result, hits=(), total=0) if "natteravner" in request.text or "sentrum" in request.text else result


def deaf_to_language(request: SearchRequest, result: SearchResult) -> SearchResult:
    facets = tuple(replace(each, values=()) if each.facet is Facet.LANGUAGE else each for each in result.facets)
    return replace(result, facets=facets)


def fewer(request: SearchRequest, result: SearchResult) -> SearchResult:
    return replace(result, total=2) if not request.text and not request.filters else result


@pytest.mark.parametrize(
    ("bend", "told"),
    [
        (without_facet, "The facet theme is missing."),
        (miscounting, "kommune=3103 is said to have 1 documents and finds 2."),
        (forgetting, f"{SHELF[1].document.source.path} is not found by words that stand in it."),
        (deaf_to_language, "The counts of language are not those of the documents."),
        (fewer, "A search for everything finds 2 of 3 documents."),
    ],
)
def test_an_answer_that_is_wrong_is_a_fault(
    bend: Callable[[SearchRequest, SearchResult], SearchResult], told: str
) -> None:
    assert found(Bent(shelf(), bend)) == (told,)


def test_a_document_among_many_is_looked_for_on_every_page() -> None:
    many = tuple(record(n, "Ungdommen fikk mentor etter skolen og mobbingen avtok") for n in range(250))
    assert found(shelf(*many)) == ()


def test_nothing_to_ask_is_told() -> None:
    class Nothing:
        def live(self) -> None:
            return None

    assert found(Nothing()) == ("It holds nothing that can be asked.",)


def test_the_answers_of_the_port_are_taken() -> None:
    answers: Answers = shelf()  # type: ignore[assignment]  # the oracle has all of it
    assert found(answers) == ()
