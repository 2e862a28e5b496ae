import tomllib
from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from pathlib import Path

import pytest

from corpus.config import Config, PdfEngine, SearchConfig, load_config
from corpus.errors import ConfigError
from corpus.model import Language

ROOT = Path(__file__).parents[2]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_that_comes_with_the_product_holds_every_key_at_its_default() -> None:
    settings = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    defaults = asdict(Config())
    assert {section: list(keys) for section, keys in settings.items()} == {
        section: list(keys) for section, keys in defaults.items()
    }
    loaded = load_config(ROOT / "config.toml", {})
    assert (
        replace(
            loaded,
            documents=replace(loaded.documents, folder=loaded.documents.folder.relative_to(ROOT)),
            index=replace(loaded.index, folder=loaded.index.folder.relative_to(ROOT)),
            harvest=replace(loaded.harvest, sources=loaded.harvest.sources.relative_to(ROOT)),
            admin=replace(loaded.admin, folder=loaded.admin.folder.relative_to(ROOT)),
        )
        == Config()
    )


def test_every_key_says_what_it_is_for() -> None:
    lines = (ROOT / "config.toml").read_text(encoding="utf-8").splitlines()
    keys = [line for line in lines if "=" in line and not line.startswith("#")]
    self_explaining = {"host", "port"}
    assert [key for key in keys if "#" not in key and key.split(" = ")[0] not in self_explaining] == []


def test_without_a_file_the_defaults_hold() -> None:
    assert load_config(None, {}) == Config()


def test_folders_in_the_file_are_relative_to_the_file(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, '[documents]\nfolder = "inn"\n[index]\nfolder = "/ut"\n'), {})
    assert (config.documents.folder, config.index.folder) == (tmp_path / "inn", Path("/ut"))


def test_a_home_folder_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/hjemme")
    config = load_config(None, {"HVAVIRKER_DOCUMENTS_FOLDER": "~/rapporter"})
    assert config.documents.folder == Path("/hjemme/rapporter")


@pytest.mark.parametrize(
    ("variable", "setting", "expected"),
    [
        ("HVAVIRKER_WEB_PORT=8080", "web.port", 8080),
        ("HVAVIRKER_WEB_LANGUAGE=nn", "web.language", Language.NN),
        ("HVAVIRKER_INDEX_KEEP_GENERATIONS=5", "index.keep_generations", 5),
        ("HVAVIRKER_EXTRACT_ENGINE=pdfium", "extract.engine", PdfEngine.PDFIUM),
        ("HVAVIRKER_SEARCH_AS_OF=2026-01-31", "search.as_of", date(2026, 1, 31)),
        ("HVAVIRKER_SEARCH_AS_OF=", "search.as_of", None),
        ("HVAVIRKER_ADMIN_SECURE_COOKIES=False", "admin.secure_cookies", False),
        ("HVAVIRKER_OIDC_ISSUER=", "oidc.issuer", None),
        (
            "HVAVIRKER_OIDC_USERS=kari@example.org, ola@example.org",
            "oidc.users",
            ("kari@example.org", "ola@example.org"),
        ),
        ("HVAVIRKER_OIDC_USERS=", "oidc.users", ()),
        ("HVAVIRKER_PUBLISH_FEW=0", "publish.few", 0),
        ("HVAVIRKER_PUBLISH_GOLDEN=", "publish.golden", None),
        ("HVAVIRKER_PUBLISH_GOLDEN=golden.toml", "publish.golden", Path("golden.toml")),
    ],
)
def test_the_environment_overrides_the_file(tmp_path: Path, variable: str, setting: str, expected: object) -> None:
    path = written(tmp_path, '[web]\nport = 9000\nlanguage = "en"\n[search]\nas_of = 2020-02-02\n')
    name, _, value = variable.partition("=")
    config = load_config(path, {name: value, "PATH": "/bin"})
    assert attrgetter(setting)(config) == expected


def another(default: object) -> str:
    """A value for a setting that is not its default."""
    if isinstance(default, StrEnum):
        return next(member for member in type(default) if member is not default)
    values = {int: "7", str: "tekst", bool: str(not default).lower(), tuple: "a, b"}
    return values.get(type(default), "mappe" if isinstance(default, Path) else "2026-01-31")


def test_every_setting_can_be_overridden_from_the_environment() -> None:
    for section in fields(Config):
        for setting in fields(getattr(Config(), section.name)):
            value = another(getattr(getattr(Config(), section.name), setting.name))
            config = load_config(None, {f"HVAVIRKER_{section.name}_{setting.name}".upper(): value})
            assert config != Config(), setting.name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[wbe]\nport = 1", "Unknown section [wbe] in {path}. Did you mean web?"),
        ("[web]\nprot = 1", "Unknown key web.prot in {path}. Did you mean port?"),
        ("[index]\nworkers = 4", "Unknown key index.workers in {path}. Did you mean extract.workers?"),
        ("[index]\nxyz = 4", "Unknown key index.xyz in {path}. Known: folder, keep_generations."),
        ("web = 3", "web in {path} must be a section [web]"),
        ('[web]\nport = "åtti"', "Wrong value 'åtti' for web.port in {path}: a whole number above 0 is needed."),
        ("[web]\nport = 0", "Wrong value 0 for web.port in {path}: a whole number above 0 is needed."),
        ("[publish]\nfew = -1", "Wrong value -1 for publish.few in {path}: a whole number from 0 is needed."),
        ("[publish]\nfew = false", "Wrong value False for publish.few in {path}: a whole number from 0 is needed."),
        ("[publish]\ngolden = 3", "Wrong value 3 for publish.golden in {path}: a file, or nothing is needed."),
        ("[web]\nport = true", "Wrong value True for web.port in {path}: a whole number above 0 is needed."),
        ("[web]\nport = 1.5", "Wrong value 1.5 for web.port in {path}: a whole number above 0 is needed."),
        ("[web]\nhost = 1", "Wrong value 1 for web.host in {path}: a text is needed."),
        ('[web]\nlanguage = "de"', "Wrong value 'de' for web.language in {path}: one of nb, nn, en is needed."),
        (
            '[extract]\nengine = "mupdf"',
            "Wrong value 'mupdf' for extract.engine in {path}: one of auto, pdfminer, pdfium is needed.",
        ),
        (
            '[admin]\nsecure_cookies = "ja"',
            "Wrong value 'ja' for admin.secure_cookies in {path}: true or false is needed.",
        ),
        ("[admin]\nsecure_cookies = 1", "Wrong value 1 for admin.secure_cookies in {path}: true or false is needed."),
        ("[oidc]\nusers = 1", "Wrong value 1 for oidc.users in {path}: a list of texts is needed."),
        ("[oidc]\nissuer = 1", "Wrong value 1 for oidc.issuer in {path}: a text, or nothing is needed."),
        ('[index]\nfolder = ""', "Wrong value '' for index.folder in {path}: a folder is needed."),
        (
            '[search]\nas_of = "i dag"',
            "Wrong value 'i dag' for search.as_of in {path}: a day as 2026-01-31, or nothing is needed.",
        ),
        (
            "[search]\nas_of = 2026",
            "Wrong value 2026 for search.as_of in {path}: a day as 2026-01-31, or nothing is needed.",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path, {})
    assert str(caught.value) == message.format(path=path)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("HVAVIRKER_WEB_PROT", "Did you mean port?"),
        ("HVAVIRKER_WBE_PORT", "Did you mean web?"),
        ("HVAVIRKER_CONFIG", "Known: documents, index, publish, extract, harvest, search, web, "),
    ],
)
def test_a_wrong_variable_is_named_with_what_to_do(name: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(None, {name: "1"})
    assert name in str(caught.value)
    assert hint in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"Cannot read .*ingen\.toml: No such file") as caught:
        load_config(tmp_path / "ingen.toml", {})
    assert caught.value.remedy == "Give the right file with --config."


@pytest.mark.parametrize("content", [b"[web\n", b"[web]\nhost = '\xff'\n"])
def test_a_file_that_is_not_toml_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is not valid TOML"):
        load_config(path, {})


def test_the_day_is_the_one_fixed_or_the_one_in_norway() -> None:
    assert SearchConfig(as_of=date(2026, 1, 31)).today() == date(2026, 1, 31)
    assert abs(SearchConfig().today() - datetime.now(UTC).date()) <= timedelta(days=1)
