"""Review: which findings should a person look at next, what did people report, and how often is a rule right?"""

from indexer.review.desk import Case, Desk, Standing
from indexer.review.reports import Report, Reports

__all__ = ["Case", "Desk", "Report", "Reports", "Standing"]
