"""Which documents have addresses on the web? Fetched politely, each with where it came from."""

from indexer.harvest.run import Harvest, Result, harvest
from indexer.harvest.source import Source, read_sources

__all__ = ["Harvest", "Result", "Source", "harvest", "read_sources"]
