"""Curation: what did a person say of a document and of its findings?

A curation file stands beside the document (`report.pdf.toml`). It is read when records are made, and written by
whoever reviews findings. Nothing a person said lives in an index only.
"""

from indexer.curation.applying import Applied
from indexer.curation.decisions import Act, Decision, Reading, read_decisions
from indexer.curation.values import Curation, read_curation

__all__ = ["Act", "Applied", "Curation", "Decision", "Reading", "read_curation", "read_decisions"]
