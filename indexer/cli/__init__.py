"""The command `hvavirker`."""

from indexer.cli.command import main

__all__ = ["main"]
