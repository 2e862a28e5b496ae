from pathlib import Path

import pytest

from corpus.errors import ConfigError
from indexer.harvest.source import Kind, Source, read_sources

GOOD = """
[[source]]
name = "Rapporter"
url = "https://a.example/rss.xml"
kind = "feed"
folder = "a/rapporter"
only = "*rapport*"
follow = "*.pdf"

[[source]]
name = "Planen"
url = "http://intranett.example/plan.pdf"
intranet = true
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_sources(tmp_path: Path) -> None:
    feed, plan = read_sources(written(tmp_path, GOOD))
    assert feed == Source("Rapporter", "https://a.example/rss.xml", Kind.FEED, "a/rapporter", "*rapport*", "*.pdf")
    assert (plan.kind, plan.intranet, plan.host) == (Kind.FILE, True, "intranett.example")


ENTRY = '[[source]]\nname = "A"\nurl = "https://a.example/"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[source", "cannot be read"),
        ('name = "A"', "must hold"),
        ("source = 1", "must hold"),
        (ENTRY + "[other]\n", "must hold"),
        (ENTRY + 'kid = "feed"\n', "Did you mean kind"),
        (ENTRY + 'xyzzy = "feed"\n', "Known: name, url"),
        (ENTRY + 'kind = "ftp"\n', "kinds file, feed"),
        (ENTRY + "only = 1\n", "Wrong value 1 for only"),
        (ENTRY + 'intranet = "ja"\n', "Wrong value"),
        ('[[source]]\nname = "A"\n', "a url"),
        ('[[source]]\nname = " "\nurl = "https://a.example/"\n', "name is empty"),
        ('[[source]]\nname = "A"\nurl = "file:///etc"\n', "no address"),
        ('[[source]]\nname = "A"\nurl = "https://x:y@a.example/"\n', "no address"),
        (ENTRY + 'folder = "/etc"\n', "no folder inside"),
        (ENTRY + 'folder = "a/../../b"\n', "no folder inside"),
        (ENTRY + 'folder = ".harvest"\n', "no folder inside"),
        (ENTRY + ENTRY, "Two sources"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ConfigError, match=fault):
        read_sources(written(tmp_path, text))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no"):
        read_sources(tmp_path / "sources.toml")
