"""May a new index be made live without a person?"""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.config import Count, PublishConfig, Switch
from indexer.clearance import KEPT, Clearance, Clearances, concerns
from indexer.difference import Changed, Difference, Fallen, Flipped, Length, Lost, Size

SAME = Difference(Size(100, 900, 50), Size(100, 900, 50))
LIMITS = PublishConfig()


@pytest.mark.parametrize(
    ("change", "most", "words"),
    [
        ({"gone": ("a.pdf",)}, 10, "documents whose file was removed; 10 are within the limits."),
        ({"lost": (Lost("a.pdf", "corrupt"),)}, 2, "documents whose file is there and gives none now; 2 are"),
        ({"shrunk": (Length("a.pdf", 9, 1),)}, 2, "documents that lost over a tenth of their text; 2 are"),
        ({"flipped": (Flipped("a.pdf", 1, "q", "virker", "skadelig"),)}, 2, "findings with another verdict; 2 are"),
    ],
)
def test_each_kind_of_loss_has_its_limit(change: dict[str, tuple[object, ...]], most: int, words: str) -> None:
    (name, values), *_ = change.items()
    within, beyond = (replace(SAME, **{name: values * count}) for count in (most, most + 1))  # type: ignore[arg-type]
    assert concerns(within, LIMITS, "") == ()
    (concern,) = concerns(beyond, LIMITS, "")
    assert concern.startswith(f"{most + 1} {words}")


def test_metadata_is_counted_by_document() -> None:
    changes = tuple(Changed(f"{n}.pdf", name, "", "x") for n in range(25) for name in ("year", "title"))
    assert concerns(replace(SAME, metadata=changes), LIMITS, "") == ()
    more = (*changes, Changed("y.pdf", "year", "", "x"))
    assert concerns(replace(SAME, metadata=more), LIMITS, "") == (
        "26 documents with other metadata; 25 are within the limits.",
    )


def test_one_golden_question_that_falls_is_one_too_many() -> None:
    fallen = replace(SAME, golden=(Fallen("a", "1.pdf"), Fallen("a", "2.pdf")))
    assert "1 golden questions" in concerns(fallen, LIMITS, "")[0]
    assert concerns(fallen, replace(LIMITS, golden_fallen=Count(1)), "") == ()


def test_a_person_may_want_to_be_asked_always_or_never() -> None:
    much = replace(SAME, gone=("a.pdf",) * 90)
    assert concerns(much, replace(LIMITS, switch=Switch.ALWAYS), "") == ()
    assert concerns(SAME, replace(LIMITS, switch=Switch.ASK), "") != ()
    assert concerns(None, LIMITS, "") == ()
    assert "g7 was rolled back" in concerns(SAME, replace(LIMITS, switch=Switch.ALWAYS), "g7")[0]


def test_clearances_are_kept_as_long_as_they_may_be_of_use(tmp_path: Path) -> None:
    kept = Clearances(tmp_path)
    full = Clearance("000001", "000000", replace(SAME, lost=(Lost("å.pdf", "corrupt"),)), ("Se på dette.",))
    kept.save(full)
    assert (kept.read("000001"), kept.read("000002")) == (full, None)
    for number in range(2, KEPT + 2):
        kept.save(Clearance(f"{number:06d}"))
    assert (kept.read("000001"), kept.read("000002")) == (None, Clearance("000002"))
    (tmp_path / "clearances" / "000002.json").write_text("{", encoding="utf-8")
    assert kept.read("000002") is None
