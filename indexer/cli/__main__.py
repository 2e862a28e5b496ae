"""`python -m indexer.cli` is the command `hvavirker`."""

from indexer.cli.command import main

main()
