"""The settings: from the environment (`DRAGOMAN_*`), else from `dragoman.toml` in the working directory."""

import difflib
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from mappings.repository import ImageServer, Repository
from records.model import Collection, Institution
from records.values import URI, WebURI
from server.vips import level

PREFIX = "DRAGOMAN_"
SETTINGS_FILE = Path("dragoman.toml")
NOT_SETTINGS = re.compile(r"DRAGOMAN_(SCHEMAS|TEST_.*)")
"""Variables that the tests read: the folder of official schemas, and where tests find what they need."""

EXAMPLE_NAMESPACE = "archive.example.org"
EXAMPLE_EMAIL = "admin@example.org"


THREADS = 8
"""Requests that one process answers at a time: drawing a page must not keep a harvester waiting."""


class ConfigError(Exception):
    """A setting is wrong: names it, what was found and what to write."""


def _base_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
        whole = whole and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or re.search(r"[^!-~]", value):
        raise ValueError(f"{value!r} is not a web address; write for example 'https://records.example.org'")
    host = parts.hostname.lower() if parts.hostname else ""
    port = f":{parts.port}" if parts.port and parts.port != {"http": 80, "https": 443}[parts.scheme] else ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def _namespace(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+", value):
        raise ValueError(
            f"{value!r} is not a domain name (OAI identifier 2.1); write for example 'archive.example.org'"
        )
    return value


def _emails(value: str) -> str:
    for address in value.split(","):
        if not re.fullmatch(r"[!-~]+@([!-~]+\.)+[!-~]+", address.strip()):
            raise ValueError(f"{address.strip()!r} is not an e-mail address; write for example 'admin@example.org'")
    return value


def _template(value: str | None) -> str | None:
    if value is None:
        return None
    whole = re.match(r"https?://[^/]+/", value) and not re.search(r"[^!-~]|[?#]|/$", value)
    if not whole or value.count("{record}") != 1 or value.count("{file}") != 1:
        raise ValueError(
            f"{value!r} is not the address of an image; write for example "
            f"'https://images.example.org/iiif/{{record}}/{{file}}'"
        )
    return value


class Config(BaseSettings):
    """Every setting, with its default. The description of each is its documentation."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, toml_file=SETTINGS_FILE)

    database_url: str = Field(
        "sqlite:///var/dragoman.sqlite", description="The store: an SQLite file, or `postgresql://user@host/database`."
    )
    read_database_url: str | None = Field(
        None, description="A hot standby of that PostgreSQL, from which lists are read; it may lag behind."
    )
    base_url: Annotated[str, AfterValidator(_base_url)] = Field(
        "http://127.0.0.1:8000",
        description="Where the world reaches this server. Documents carry it: after a change run `dragoman render`.",
    )
    page_size: int = Field(500, ge=1, le=10_000, description="Records of one list response.")
    list_requests: int = Field(
        6,
        ge=1,
        lt=THREADS,
        description="List requests that one process answers at once (7 at most); the next is asked to come later.",
    )
    admin_email: Annotated[str, AfterValidator(_emails)] = Field(
        EXAMPLE_EMAIL, description="Who answers harvesters' questions; several are divided by commas."
    )
    repository_name: str = Field(
        "Dragoman example repository", min_length=1, description="The repository's name, for harvesters and readers."
    )
    repository_identifier: Annotated[str, AfterValidator(_namespace)] = Field(
        EXAMPLE_NAMESPACE,
        description="The namespace of identifiers, `oai:namespace:identifier`: a domain name that is yours.",
    )
    institution_name: str | None = Field(None, description="Who publishes the records: data provider and `provider`.")
    institution_homepage: WebURI | None = Field(None, description="The institution's web page.")
    institution_logo: WebURI | None = Field(None, description="The institution's logo, an image on the web.")
    institution_uri: WebURI | None = Field(None, description="The institution's identifier, such as its ROR URI.")
    institution_description: str | None = Field(
        None, description="The institution in a few words; harvesters read it in Identify."
    )
    metadata_rights: URI | None = Field(
        None,
        description="The licence of the metadata themselves, such as CC0's URI; it says nothing of the documents.",
    )
    intermediate_provider_name: str | None = Field(
        None, description="Who gathers the records for the aggregator, if anybody does (EDM's intermediate provider)."
    )
    intermediate_provider_uri: WebURI | None = Field(None, description="The intermediate provider's identifier.")
    aggregator_name: str | None = Field(
        None, description="Who passes the records on to Europeana or DPLA (EDM's provider)."
    )
    aggregator_uri: WebURI | None = Field(None, description="The aggregator's identifier.")
    media_folder: Path = Field(
        Path("var/media"), description="Where page images and PDFs are kept; `load` puts them there."
    )
    cache_folder: Path = Field(
        Path("var/cache"), description="Where drawn pages and small images are kept; may be emptied."
    )
    funder_names_in_mods: bool = Field(
        default=True,
        description="Whether MODS names the funder as an agent; `false` for hubs that take every name for a creator.",
    )
    staff_password: str | None = Field(
        None,
        min_length=12,
        description="Opens `/harvesters`, which shows who harvests; without it nobody sees that.",
    )
    viewer_file: Path = Field(
        Path(sys.prefix) / "share" / "dragoman" / "mirador.min.js",
        description="Mirador's bundle, which `/view` serves; `make viewer` puts it there from npm.",
    )

    image_service: Annotated[str | None, AfterValidator(_template)] = Field(
        None,
        description="Another IIIF image server, which serves the pyramidal TIFFs of the media folder: the address of "
        "an image, with `{record}` for its folder and `{file}` for its name there; without one they are served here.",
    )
    image_service_type: Literal["ImageService2", "ImageService3"] = Field(
        "ImageService3", description="Which version of the Image API that server speaks."
    )
    image_service_profile: Literal["level0", "level1", "level2"] = Field(
        "level2", description="The compliance level of that server."
    )
    image_pixels: int = Field(
        25_000_000,
        ge=1_000_000,
        le=500_000_000,
        description="The largest picture that is drawn for one request, in pixels.",
    )
    image_requests: int = Field(
        2,
        ge=1,
        lt=THREADS,
        description="Pictures that one process draws at once (7 at most); a large one more is asked to come later.",
    )

    @model_validator(mode="after")
    def _institutions_have_names(self) -> Self:
        for kind in ("institution", "intermediate_provider", "aggregator"):
            stated = [getattr(self, f"{kind}_{what}", None) for what in ("uri", "homepage", "logo", "description")]
            if any(stated) and not getattr(self, f"{kind}_name"):
                raise ValueError(
                    f"{PREFIX}{kind.upper()}_NAME is missing; what is stated of the {kind.replace('_', ' ')} needs it"
                )
        return self

    @model_validator(mode="after")
    def _only_postgresql_has_standbys(self) -> Self:
        urls = (self.database_url, self.read_database_url or self.database_url)
        if self.read_database_url and any(url.startswith("sqlite") for url in urls):
            raise ValueError(
                f"{PREFIX}READ_DATABASE_URL names a hot standby, which only PostgreSQL has; leave it out for SQLite"
            )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library passes these two by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def is_example(self) -> bool:
        """Whether the repository still runs under a name that is reserved for examples."""
        return self.repository_identifier == EXAMPLE_NAMESPACE or self.admin_email == EXAMPLE_EMAIL

    def repository(self, collections: dict[str, Collection]) -> Repository:
        """Return what the mappings need to know, with what is stated of collections."""
        return Repository(
            base_url=self.base_url,
            name=self.repository_name,
            namespace=self.repository_identifier,
            institution=_institution(
                self.institution_name, self.institution_uri, self.institution_homepage, self.institution_logo
            ),
            intermediate_provider=_institution(self.intermediate_provider_name, self.intermediate_provider_uri),
            aggregator=_institution(self.aggregator_name, self.aggregator_uri),
            collections=collections,
            funder_names=self.funder_names_in_mods,
            image_level=level(),
            image_server=ImageServer(self.image_service, self.image_service_type, self.image_service_profile)
            if self.image_service
            else None,
        )


def _institution(
    name: str | None, uri: str | None, homepage: str | None = None, logo: str | None = None
) -> Institution | None:
    return Institution(name=name, homepage=homepage, logo=logo, uri=uri) if name else None


def load_config(**values: object) -> Config:
    """Read the settings.

    Args:
        values: settings that win over the environment and the file.

    Raises:
        ConfigError: one is wrong or unknown; names it, and the remedy.
    """
    known = [PREFIX + name.upper() for name in Config.model_fields]
    for name in os.environ:
        if name.startswith(PREFIX) and name not in known and not NOT_SETTINGS.fullmatch(name):
            raise ConfigError(f"{name} is no setting{_nearest(name, known)}")
    try:
        return Config(**values)  # type: ignore[arg-type]
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{SETTINGS_FILE} is not TOML: {error}; correct it") from None
    except ValidationError as error:
        raise ConfigError("\n".join(_explained(dict(fault), known) for fault in error.errors())) from None


def _explained(fault: dict[str, object], known: list[str]) -> str:
    place = fault["loc"]
    name = f"{PREFIX}{'.'.join(map(str, place)).upper()}" if isinstance(place, tuple) and place else ""
    if fault["type"] == "extra_forbidden":
        return f"{SETTINGS_FILE}: {name.removeprefix(PREFIX).lower()} is no setting{_nearest(name, known)}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] != "value_error":
        message = f"{fault['input']!r}: {message[0].lower()}{message[1:]}"
    return f"{name}: {message}" if name else message


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
