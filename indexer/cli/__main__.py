"""`python -m indexer.cli` is the command `hvavirker`."""

from indexer.cli.command import main

if __name__ == "__main__":
    main()
