"""The floor: what a document, a finding, a question and an answer are. Standard library only."""

VERSION = "0.1.0"
