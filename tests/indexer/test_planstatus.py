"""Where a plan stands on a day."""

from datetime import date

import pytest

from corpus.model import Language, Metadata, Origin, Read
from corpus.search import PlanStatus
from corpus.vocabulary import load_vocabulary
from indexer.planstatus import plan_status

VOCABULARY = load_vocabulary()


def plan(doc_type: str | None = "handlingsplan", **told: object) -> Metadata:
    fields = {name: Read(value, Origin.TEXT, 1) for name, value in told.items()}
    kind = Read(doc_type, Origin.TEXT, 1) if doc_type else None
    return Metadata(Read("Plan", Origin.TEXT), Read(Language.NB, Origin.TEXT), doc_type=kind, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metadata", "day", "status"),
    [
        (plan(plan_from="2023", plan_to="2026"), date(2025, 1, 1), PlanStatus.GJELDENDE),
        (plan(plan_from="2023", plan_to="2026"), date(2026, 6, 29), PlanStatus.GJELDENDE),
        (plan(plan_from="2023", plan_to="2026"), date(2026, 7, 1), PlanStatus.UTLOPER_SNART),
        (plan(plan_from="2023", plan_to="2026"), date(2026, 12, 31), PlanStatus.UTLOPER_SNART),
        (plan(plan_from="2023", plan_to="2026"), date(2027, 1, 1), PlanStatus.UTLOPT),
        (plan(plan_from="2023", plan_to="2026"), date(2022, 12, 31), PlanStatus.KOMMENDE),
        (plan(plan_from="2023-08-01", plan_to="2026-07-31"), date(2023, 7, 31), PlanStatus.KOMMENDE),
        (plan(plan_from="2023-08-01", plan_to="2026-07-31"), date(2026, 8, 1), PlanStatus.UTLOPT),
        (plan(plan_from="2027", plan_to="2030", plan_state="horing"), date(2026, 11, 22), PlanStatus.HORING),
        (plan(plan_to="2030", plan_state="under_rullering"), date(2026, 1, 1), PlanStatus.UNDER_RULLERING),
        (plan(plan_from="2015", plan_to="2018", plan_state="horing"), date(2026, 1, 1), PlanStatus.UTLOPT),
        (plan(adopted=date(2024, 2, 1)), date(2026, 1, 1), PlanStatus.GJELDENDE),
        (plan(adopted=date(2024, 2, 1)), date(2028, 2, 2), None),
        (plan(plan_from="2024"), date(2028, 1, 1), PlanStatus.GJELDENDE),
        (plan(), date(2026, 1, 1), None),
        (plan("evaluering", plan_from="2023", plan_to="2026"), date(2025, 1, 1), None),
        (plan(None, plan_from="2023", plan_to="2026"), date(2025, 1, 1), None),
        (plan(plan_from="2023-02", plan_to="2024-02"), date(2024, 2, 29), PlanStatus.UTLOPER_SNART),
        (plan(plan_from="i går", plan_to="2024-13-01"), date(2024, 2, 29), None),
        (plan(plan_from="2020", plan_to="9999"), date(2025, 1, 1), PlanStatus.GJELDENDE),
        (plan(plan_from="2020", plan_to="2026-08-31"), date(2026, 2, 27), PlanStatus.GJELDENDE),
        (plan(plan_from="2020", plan_to="2026-08-31"), date(2026, 2, 28), PlanStatus.GJELDENDE),
    ],
)  # fmt: skip
def test_status(metadata: Metadata, day: date, status: PlanStatus | None) -> None:
    assert plan_status(metadata, VOCABULARY, day) is status
