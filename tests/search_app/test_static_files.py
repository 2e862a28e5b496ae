"""The site's own files: pinned, cached for good under an address that changes with them."""

import hashlib
import re

import pytest

from search_app.assets import FOLDER, digest_of

PINNED = {
    "designsystemet/LICENSE": "4512b49c86d9d8c6c87c29fe6e709340ebfd22d83db03675a5434d6a6509ad7b",
    "designsystemet/index.css": "2cde59fd79f14cef7ecfd37cbe9838ed7e075935e7a7ddf9d6fd0b695ac94b12",
    "designsystemet/theme.css": "1c7bd2f71f9a6660435a3a83ea049e2be508de4d576dfe4209b21f4c0ce0b423",
    "inter/LICENSE": "3b0a5fca3d17942cde889069889dedbbbd075e9b599968c82a95f4d944e9b345",
    "inter/inter-latin-ext-opsz-normal.woff2": "5e6d4fe9d9f4bff8b2a2469d25ab19576bb85331e22c6ed51398e16f95d56a9c",
    "inter/inter-latin-opsz-normal.woff2": "2c295d99e26dcf357d4d01bcf270fd6924b600c9a13dd8c363ef114f4c6976fa",
}
SCRIPT_LIMIT = 3 * 1024


def test_vendored_files_are_those_of_the_packages():
    vendor = FOLDER / "vendor"
    files = {path.relative_to(vendor).as_posix(): path for path in vendor.rglob("*") if path.is_file()}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == PINNED


def test_our_own_style_writes_no_colour():
    style = re.sub(r"/\*.*?\*/", "", (FOLDER / "style.css").read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", style) == []


def test_the_script_is_small():
    assert (FOLDER / "enhance.js").stat().st_size <= SCRIPT_LIMIT


def test_files_are_kept_for_good(client):
    links = re.findall(r'(?:href|src)="(/static/[^"]*)"', client.get("/").text)
    assert len(links) == 5
    for link in links:
        response = client.get(link, buffered=True)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        assert "max-age=31536000" in response.headers["Cache-Control"]
    style = next(link for link in links if link.endswith("/style.css"))
    for name in re.findall(r'url\("([^"]*)"\)', client.get(style, buffered=True).text):
        assert client.get(style.removesuffix("style.css") + name, buffered=True).status_code == 200


def test_pages_are_asked_for_anew(client):
    assert client.get("/").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("change", ["content", "name"])
def test_the_digest_changes_with_any_file(tmp_path, change):
    (tmp_path / "a").write_text("1")
    before = digest_of(tmp_path)
    if change == "content":
        (tmp_path / "a").write_text("2")
    else:
        (tmp_path / "a").rename(tmp_path / "b")
    assert digest_of(tmp_path) != before
