"""The document as JSON and as linked data, and which properties its resources have.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.iiif.specifications import ADVICE, MUST, SHOULD, presentation_rule

RULES = (
    presentation_rule(
        "utf-8", MUST, "6.3",
        "The document is JSON in UTF-8, without a byte order mark (RFC 8259, 8.1).",
        "Save it in UTF-8 without BOM; some editors offer the two apart.",
    ),
    presentation_rule(
        "duplicate-name", MUST, "6.3",
        "No name comes twice in a JSON object (RFC 8259, 4; JSON-LD 1.1, 9).",
        "Remove one of the two; programs silently take one, and not all the same.",
    ),
    presentation_rule(
        "context", MUST, "4.6",
        "The @context is that of Presentation 3.0, or an array that ends with it.",
        "Write http://iiif.io/api/presentation/3/context.json, with http, and put other contexts before it.",
    ),
    presentation_rule(
        "context-first", SHOULD, "4.6",
        "The @context is the first property of the document.",
        "Write it before all others.",
    ),
    presentation_rule(
        "context-inside", MUST, "4.6",
        "No resource inside the document has a @context.",
        "Remove it; the one at the top holds for all.",
    ),
    presentation_rule(
        "context-service", SHOULD, "3.3.1",
        "No service has a @context, unless its own specification asks for one.",
        "Move it to the top of the document, before the context of Presentation 3.0.",
    ),
    presentation_rule(
        "graph", MUST, "4.6",
        "The document has no @graph at its top.",
        "Frame the linked data, so that the manifest or collection itself stands at the top.",
    ),
    presentation_rule(
        "keyword", MUST, "4.8",
        "No name begins with @ except @context, unless in a service of an older specification.",
        "Write id and type; @id and @type are those of Presentation 2.",
    ),
    presentation_rule(
        "required", MUST, "A",
        "Each resource has the properties that its class must have.",
        "Add the property that is named.",
    ),
    presentation_rule(
        "recommended", SHOULD, "A",
        "Each collection, manifest, canvas and range has the properties that its class should have.",
        "Add the property that is named, if there is anything to say.",
    ),
    presentation_rule(
        "recommended-link", SHOULD, "3.3.1",
        "Each link, agent and service has the properties that it should have.",
        "Add the property that is named; viewers choose among links by format, profile, language and label.",
    ),
    presentation_rule(
        "not-allowed", MUST, "A",
        "No resource has a property that its class must not have.",
        "Move it to the resource that it is about, or remove it.",
    ),
    presentation_rule(
        "unknown-property", SHOULD, "4.6",
        "Each property is of Presentation 3.0, or of another context that the document names.",
        "Correct the name, or add the context of the extension that defines it.",
    ),
    presentation_rule(
        "type", MUST, "3.2",
        "The type of each resource is one that may stand in its place, letter for letter.",
        "Write the type that is expected; capitals count.",
    ),
    presentation_rule(
        "array", MUST, "4.3",
        "What may have several values is an array, even with one value: of objects, or of strings.",
        "Put it in brackets; what is linked is an object with id and type, not an address alone.",
    ),
    presentation_rule(
        "value", MUST, "A",
        "What has one value has it in the JSON type that is asked for: a string, or an object.",
        "Write the one value, without brackets, in the JSON type that is expected.",
    ),
    presentation_rule(
        "empty", MUST, "A",
        "What is there has at least one entry.",
        "Leave the property away where there is nothing to say.",
    ),
    presentation_rule(
        "empty-collection", ADVICE, "5.1",
        "A collection has at least one item.",
        "Leave it away where nothing is in it, unless it is the answer to a search.",
    ),
    presentation_rule(
        "empty-canvas", SHOULD, "3.4",
        "A canvas has at least one annotation page, and an annotation page at least one annotation.",
        "Paint something on the canvas; viewers show it black or grey otherwise.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
