import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.config import HarvestConfig
from corpus.errors import HvaVirkerError, RunActive
from indexer.cli.command import Exit, run
from indexer.extract import media_type_of
from indexer.harvest import Result, Source, harvest
from indexer.harvest.client import Client
from indexer.harvest.provenance import Provenance
from indexer.harvest.run import file_name
from indexer.harvest.source import Kind
from indexer.media import MediaType
from indexer.sources import list_sources
from tests.indexer.harvest.serving import PDF, Reply, Site, ok, serving

SETTINGS = HarvestConfig(pause_seconds=1, timeout_seconds=5, file_mb=1)
HTML = b"<!doctype html><html lang=nb><title>Rapport</title><p>Tekst</p><a href=/vedlegg.pdf>Last ned</a></html>"


def reap(documents: Path, *sources: Source, settings: HarvestConfig = SETTINGS) -> list[tuple[Result, str, str]]:
    client = Client(settings, ("127.0.0.1",), sleep=lambda seconds: None)
    return [(each.result, each.url, each.file) for each in harvest(sources, documents, settings, client)]


def one(site: Site, path: str, **more: object) -> Source:
    return replace(Source("kilde", f"{site.root}{path}"), **more)


def test_a_file_is_fetched_once_and_again_when_it_has_changed(tmp_path: Path) -> None:
    with serving() as site:
        source = one(site, "/plan.pdf", folder="planer/a")
        site.pages["/plan.pdf"] = ok(PDF, ETag='"1"')
        ((result, url, file),) = reap(tmp_path, source)
        assert (result, file) == (Result.NEW, f"planer/a/{file_name(url, MediaType.PDF)}")
        assert (tmp_path / file).read_bytes() == PDF
        assert reap(tmp_path, source) == [(Result.SAME, url, file)]
        site.pages["/plan.pdf"] = ok(PDF + b"%nytt\n", ETag='"2"')
        assert reap(tmp_path, source) == [(Result.CHANGED, url, file)]
        assert (tmp_path / file).read_bytes().endswith(b"%nytt\n")
    origin = Provenance(tmp_path).origin(url)
    assert origin is not None
    assert (origin.source, origin.file, origin.etag, origin.fault) == ("kilde", file, '"2"', "")
    assert origin.fetched.endswith("+00:00")


def test_only_news_is_asked_for_while_the_file_is_there(tmp_path: Path) -> None:
    def page(headers: dict[str, str]) -> Reply:
        return (304, {}, b"") if headers.get("If-None-Match") == '"1"' else ok(PDF, ETag='"1"')

    with serving() as site:
        site.pages["/plan.pdf"] = page
        ((_, url, file),) = reap(tmp_path, one(site, "/plan.pdf"))
        assert reap(tmp_path, one(site, "/plan.pdf")) == [(Result.SAME, url, file)]
        (tmp_path / file).unlink()
        assert reap(tmp_path, one(site, "/plan.pdf")) == [(Result.NEW, url, file)]


@pytest.mark.parametrize("status", [404, 410, 403, 500])
def test_a_file_that_was_had_stays(tmp_path: Path, status: int) -> None:
    with serving() as site:
        site.pages["/plan.pdf"] = ok(PDF)
        ((_, url, file),) = reap(tmp_path, one(site, "/plan.pdf"))
        site.pages["/plan.pdf"] = (status, {}, b"")
        result = Result.GONE if status in (404, 410) else Result.UNAVAILABLE
        assert reap(tmp_path, one(site, "/plan.pdf")) == [(result, url, file)]
    assert (tmp_path / file).read_bytes() == PDF
    origin = Provenance(tmp_path).origin(url)
    assert origin is not None
    assert (origin.file, str(status) in origin.fault) == (file, True)


@pytest.mark.parametrize(
    "body", [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 noe", b"MZ\x90\x00\x03\x00\x00", b"{\\rtf1 a}", b""]
)
def test_a_kind_that_is_not_read_is_not_kept(tmp_path: Path, body: bytes) -> None:
    with serving() as site:
        site.pages["/a.pdf"] = ok(body)
        assert reap(tmp_path, one(site, "/a.pdf")) == [(Result.REFUSED, f"{site.root}/a.pdf", "")]
    assert list_sources(tmp_path, media_type_of).files == ()


def test_a_list_gives_the_addresses_that_are_wanted(tmp_path: Path) -> None:
    with serving() as site:
        links = "".join(f"<url><loc>{site.root}/{name}</loc></url>" for name in ("a.pdf", "b.html", "c.pdf", "a.pdf"))
        site.pages |= {
            "/s.xml": ok(f"<sitemapindex><sitemap><loc>{site.root}/s2.xml</loc></sitemap></sitemapindex>".encode()),
            "/s2.xml": ok(f"<urlset>{links}<sitemap><loc>{site.root}/s.xml</loc></sitemap></urlset>".encode()),
            "/a.pdf": ok(PDF),
            "/c.pdf": ok(PDF + b"%c\n"),
        }
        found = reap(tmp_path, one(site, "/s.xml", kind=Kind.SITEMAP, only="*.pdf"))
        assert [(result, url.rpartition("/")[2]) for result, url, _ in found] == [
            (Result.NEW, "a.pdf"),
            (Result.NEW, "c.pdf"),
        ]
        assert site.paths() == ["/s.xml", "/s2.xml", "/a.pdf", "/c.pdf"]


def test_a_page_is_followed_to_its_documents(tmp_path: Path) -> None:
    with serving() as site:
        feed = f"<rss><channel><item><link>{site.root}/rapport</link></item></channel></rss>"
        site.pages |= {"/rss": ok(feed.encode()), "/rapport": ok(HTML), "/vedlegg.pdf": ok(PDF)}
        source = one(site, "/rss", kind=Kind.FEED, follow="*.pdf")
        assert [(result, url) for result, url, _ in reap(tmp_path, source)] == [
            (Result.NEW, f"{site.root}/vedlegg.pdf")
        ]
        (kept,) = list_sources(tmp_path, media_type_of).files
        assert kept.source.media_type == MediaType.PDF


def test_a_page_is_a_document_where_nothing_is_to_be_followed(tmp_path: Path) -> None:
    with serving() as site:
        site.pages["/rapport"] = ok(HTML)
        ((result, _, file),) = reap(tmp_path, one(site, "/rapport"))
    assert (result, Path(file).suffix) == (Result.NEW, ".html")


def test_one_source_that_fails_costs_only_itself(tmp_path: Path) -> None:
    with serving() as site:
        site.pages |= {"/rss": ok(b"Feil"), "/a.pdf": ok(PDF)}
        bad = replace(one(site, "/rss", kind=Kind.FEED), name="vond")
        found = reap(tmp_path, bad, one(site, "/a.pdf"))
    assert [result for result, *_ in found] == [Result.UNAVAILABLE, Result.NEW]


def test_no_more_files_than_may_be(tmp_path: Path) -> None:
    with serving() as site:
        links = "".join(f"<url><loc>{site.root}/{n}.pdf</loc></url>" for n in range(4))
        site.pages["/s.xml"] = ok(f"<urlset>{links}</urlset>".encode())
        site.pages |= {f"/{n}.pdf": ok(PDF + b"%%%d\n" % n) for n in range(4)}
        found = reap(tmp_path, one(site, "/s.xml", kind=Kind.SITEMAP), settings=replace(SETTINGS, most_files=2))
    assert [result for result, *_ in found] == [Result.NEW, Result.NEW, Result.REFUSED]


def test_a_page_leads_to_no_more_files_than_may_be(tmp_path: Path) -> None:
    with serving() as site:
        site.pages["/side"] = ok(b"<html>" + b"".join(b"<a href=/%d.pdf>x</a>" % n for n in range(9)))
        site.pages |= {f"/{n}.pdf": ok(PDF + b"%%%d\n" % n) for n in range(9)}
        found = reap(tmp_path, one(site, "/side", follow="*.pdf"), settings=replace(SETTINGS, most_files=4))
    assert len(found) == 3  # the page itself is the fourth


@pytest.mark.parametrize("name", ["notat.md", "notat.txt"])
def test_text_is_kept_by_its_name(tmp_path: Path, name: str) -> None:
    with serving() as site:
        site.pages[f"/{name}"] = ok(b"# Notat\n\nMentor for ungdom.\n")
        ((result, _, file),) = reap(tmp_path, one(site, f"/{name}"))
    assert (result, Path(file).suffix) == (Result.NEW, Path(name).suffix)


def test_a_table_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / ".harvest" / "provenance.sqlite").mkdir(parents=True)
    with serving() as site, pytest.raises(HvaVirkerError, match="cannot be used"):
        reap(tmp_path, one(site, "/a.pdf"))


def test_private_networks_are_refused(tmp_path: Path) -> None:
    with serving() as site:
        (each,) = harvest((one(site, "/a.pdf"),), tmp_path, SETTINGS)
        assert (each.result, site.asked) == (Result.REFUSED, [])
        assert "open net" in each.detail


def test_a_source_leads_to_no_private_host_of_another(tmp_path: Path) -> None:
    with serving() as site, serving() as private:
        elsewhere = private.root.replace("127.0.0.1", "localhost")
        site.pages["/s.xml"] = ok(f"<urlset><url><loc>{elsewhere}/lonn.pdf</loc></url></urlset>".encode())
        private.pages |= {"/lonn.pdf": ok(PDF), "/plan.pdf": ok(PDF)}
        outer = one(site, "/s.xml", kind=Kind.SITEMAP, intranet=True)
        inner = Source("indre", f"{elsewhere}/plan.pdf", intranet=True)
        found = harvest((outer, inner), tmp_path, replace(SETTINGS, pause_seconds=0))
    assert found[0].result is Result.REFUSED
    assert "/lonn.pdf" not in private.paths()


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://a.example/filer/Handlingsplan%20mot%20vold.PDF?x=1", "Handlingsplan-mot-vold-"),
        ("https://a.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "dokument-"),
        ("https://a.example/", "a-"),
        ("https://a.example/.skjult.pdf", "skjult-"),
        ("https://a.example/%00%0a", "dokument-"),
        ("https://a.example/" + "x" * 500, "x" * 80 + "-"),
        ("https://a.example/p%C3%A5-tvers.pdf", "på-tvers-"),
        ("https://a.example/" + "%F0%90%90%80" * 80, "\U00010400" * 40 + "-"),
    ],
)
def test_names_are_safe(url: str, start: str) -> None:
    name = file_name(url, MediaType.PDF)
    assert name.startswith(start)
    assert name.endswith(".pdf")
    assert "/" not in name
    assert len(name.encode()) + len(".toml") <= 255
    assert not name.startswith(".")
    assert file_name(url + "#", MediaType.PDF) != name


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as site:
        site.pages["/a.pdf"] = ok(PDF)
        sources = tmp_path / "s.toml"
        entry = f'[[source]]\nname = "A"\nurl = "{site.root}/a.pdf"\nintranet = true\n'
        sources.write_text(entry, encoding="utf-8")
        command = ["harvest", "--sources", str(sources), "--documents", str(tmp_path / "d")]
        assert run(command) is Exit.OK
        assert "1 new, 0 changed" in capsys.readouterr().out
        assert run([*command, "--json"]) is Exit.OK
        told = json.loads(capsys.readouterr().out)
        assert told["counts"]["same"] == 1
        assert told["files"][0]["url"] == f"{site.root}/a.pdf"
        sources.write_text(entry.replace("/a.pdf", "/b.pdf"), encoding="utf-8")
        assert run(command) is Exit.ERROR
        assert "Not one address" in capsys.readouterr().err


def test_a_second_harvest_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(folder: Path) -> object:
        raise RunActive("Another run is writing.")

    monkeypatch.setattr("indexer.harvest.run.locked", held)
    with pytest.raises(RunActive):
        harvest((), tmp_path, SETTINGS)
