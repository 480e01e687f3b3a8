"""What a mapping knows beside the record: who publishes it, under which address, in which collections."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from records.collections import stated_for
from records.model import Collection, Institution, Record


@dataclass(frozen=True)
class ImageServer:
    """Another server, which serves the pyramidal TIFFs of the media folder by the IIIF Image API.

    Attributes:
        template: the base URI of an image, `{record}` and `{file}` for its folder and name in the media folder.
        type: ImageService2 or ImageService3.
        profile: its compliance level.
    """

    template: str
    type: str
    profile: str


@dataclass(frozen=True)
class Repository:
    """The publishing repository.

    Attributes:
        base_url: where it is served, without a slash at the end.
        name: its name in the reader's words.
        namespace: the namespace of its identifiers, `oai:namespace:identifier` (OAI identifier guidelines 2.1).
        institution: who publishes; None if not configured.
        intermediate_provider: who gathers the institution's records for the aggregator; None if nobody does.
        aggregator: who passes the records on, to Europeana or DPLA; None if not configured.
        collections: what is stated of collections, by set spec.
        funder_names: whether MODS names a funder as an agent too; some hubs take every name for a creator.
        image_level: the compliance level of the Image API that page images are served with here.
        image_server: who serves pyramidal TIFFs instead; None if nobody does.
    """

    base_url: str
    name: str
    namespace: str
    institution: Institution | None = None
    intermediate_provider: Institution | None = None
    aggregator: Institution | None = None
    collections: Mapping[str, Collection] = field(default_factory=dict)
    funder_names: bool = True
    image_level: str = "level2"
    image_server: ImageServer | None = None

    def oai_identifier(self, record: Record) -> str:
        """Return the record's unique identifier in OAI-PMH: its own if it states one."""
        return record.oai_identifier or f"oai:{self.namespace}:{record.identifier}"

    def provider(self, record: Record) -> Institution | None:
        """Return who provides the record: what it or its collection states, else the institution."""
        return record.provider or self.institution

    def intermediate_provider_of(self, record: Record) -> Institution | None:
        """Return who gathers the record for the aggregator: what its collection states, else what is configured."""
        stated = (collection.intermediate_provider for collection in stated_for(record, self.collections))
        return next(filter(None, stated), self.intermediate_provider)

    def aggregator_of(self, record: Record) -> Institution | None:
        """Return who passes the record on: what its collection states, else what is configured."""
        stated = (collection.aggregator for collection in stated_for(record, self.collections))
        return next(filter(None, stated), self.aggregator)

    def collection_title(self, spec: str) -> str:
        """Return a collection's title, or its spec where no title is stated."""
        return self.collections[spec].title if spec in self.collections else spec
