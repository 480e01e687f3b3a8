"""Settings: read from the environment and the file, checked at the start, wrong ones named with the remedy."""

from pathlib import Path

import pytest

from records.model import Collection, Institution
from server.config import Config, ConfigError, load_config


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def problem() -> str:
    """Return why the settings are refused."""
    with pytest.raises(ConfigError) as caught:
        load_config()
    return str(caught.value)


def test_without_settings_it_runs_under_example_names() -> None:
    """The defaults are reserved names, legal where the protocol checks them."""
    config = load_config()
    assert config.is_example
    assert (config.repository_identifier, config.admin_email) == ("archive.example.org", "admin@example.org")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings in dragoman.toml hold unless the environment says otherwise."""
    Path("dragoman.toml").write_text('page_size = 200\nrepository_name = "Letters"\n')
    monkeypatch.setenv("DRAGOMAN_PAGE_SIZE", "100")
    config = load_config()
    assert (config.page_size, config.repository_name) == (100, "Letters")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "DRAGOMAN_BASE_URL",
            "records.example.org",
            "DRAGOMAN_BASE_URL: 'records.example.org' is not a web address; write for example "
            "'https://records.example.org'",
        ),
        (
            "DRAGOMAN_BASE_URL",
            "https://records.example.org/?a=b",
            "DRAGOMAN_BASE_URL: 'https://records.example.org/?a=b' is not a web address; write for example "
            "'https://records.example.org'",
        ),
        (
            "DRAGOMAN_REPOSITORY_IDENTIFIER",
            "localhost",
            "DRAGOMAN_REPOSITORY_IDENTIFIER: 'localhost' is not a domain name (OAI identifier 2.1); write for example "
            "'archive.example.org'",
        ),
        (
            "DRAGOMAN_ADMIN_EMAIL",
            "admin@localhost",
            "DRAGOMAN_ADMIN_EMAIL: 'admin@localhost' is not an e-mail address; write for example 'admin@example.org'",
        ),
        (
            "DRAGOMAN_PAGE_SIZE",
            "0",
            "DRAGOMAN_PAGE_SIZE: '0': input should be greater than or equal to 1",
        ),
        (
            "DRAGOMAN_LIST_REQUESTS",
            "8",
            "DRAGOMAN_LIST_REQUESTS: '8': input should be less than 8",
        ),
        (
            "DRAGOMAN_IMAGE_SERVICE",
            "https://images.example.org/iiif/",
            "DRAGOMAN_IMAGE_SERVICE: 'https://images.example.org/iiif/' is not the address of an image; write for "
            "example 'https://images.example.org/iiif/{record}/{file}'",
        ),
        (
            "DRAGOMAN_IMAGE_SERVICE_TYPE",
            "3",
            "DRAGOMAN_IMAGE_SERVICE_TYPE: '3': input should be 'ImageService2' or 'ImageService3'",
        ),
        (
            "DRAGOMAN_STAFF_PASSWORD",
            "",
            "DRAGOMAN_STAFF_PASSWORD: '': string should have at least 12 characters",
        ),
        ("DRAGOMAN_PAGESIZE", "10", "DRAGOMAN_PAGESIZE is no setting; did you mean DRAGOMAN_PAGE_SIZE?"),
        (
            "DRAGOMAN_INSTITUTION_HOMEPAGE",
            "https://example.org/",
            "DRAGOMAN_INSTITUTION_NAME is missing; what is stated of the institution needs it",
        ),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str) -> None:
    """The message has the setting's name, what was found, and what to write."""
    monkeypatch.setenv(name, value)
    assert problem() == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pages = 3\n", "dragoman.toml: pages is no setting; did you mean DRAGOMAN_PAGE_SIZE?"),
        ("page_size = \n", "dragoman.toml is not TOML: Invalid value (at line 1, column 13); correct it"),
    ],
)
def test_a_wrong_file_is_named(text: str, message: str) -> None:
    """The file is checked like the environment."""
    Path("dragoman.toml").write_text(text)
    assert problem() == message


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://Records.Example.org:443/", "https://records.example.org"),
        ("http://127.0.0.1:80/archive/", "http://127.0.0.1/archive"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_base_url_has_one_form(written: str, kept: str) -> None:
    """Documents carry it, so two ways to write one address must not differ."""
    assert Config(base_url=written).base_url == kept


def test_the_institution_becomes_the_provider() -> None:
    """What is configured of the institution reaches the mappings, and nothing is made up where nothing is."""
    collections = {"a": Collection(spec="a", title="A")}
    named = Config(institution_name="Archive", institution_homepage="https://example.org/").repository(collections)
    assert named.institution == Institution(name="Archive", homepage="https://example.org/")
    assert Config().repository(collections).institution is None
    assert named.collections == collections


def test_only_postgresql_has_standbys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of an SQLite store are read where it is written."""
    monkeypatch.setenv("DRAGOMAN_READ_DATABASE_URL", "postgresql://reader@standby/dragoman")
    assert problem() == (
        "DRAGOMAN_READ_DATABASE_URL names a hot standby, which only PostgreSQL has; leave it out for SQLite"
    )
    monkeypatch.setenv("DRAGOMAN_DATABASE_URL", "postgresql://writer@primary/dragoman")
    assert load_config().read_database_url == "postgresql://reader@standby/dragoman"
