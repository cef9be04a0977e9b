"""The custom XML part of a bid: named texts that Word and LibreOffice carry along and nobody sees."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from bizcase.document.ooxml import OFFICE, PACKAGE, main_part, parsed, related, serialised

NAMESPACE = "urn:bizcase:provenance"
KIND = f"{OFFICE}/customXml"
_PROPERTIES = f"{OFFICE}/customXmlProps"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_IDENTITY = "{7B1F4C8E-52D0-4E6B-9A37-0C6E1D2B85F4}"
"""The id of the part; the same in every bid, as it names the kind of data."""


def with_texts(parts: Mapping[str, bytes], texts: Mapping[str, str]) -> dict[str, bytes]:
    """The parts of a bid with these texts in a custom XML part of their own, in place of one that is there."""
    made = dict(parts)
    main = main_part(made)
    for old in _own_parts(made):
        _take_out(made, main, old)
    number = next(number for number in range(1, len(made) + 2) if f"customXml/item{number}.xml" not in made)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    root = etree.Element(f"{{{NAMESPACE}}}provenance", nsmap=_plain(NAMESPACE))
    for name, text in texts.items():
        etree.SubElement(root, f"{{{NAMESPACE}}}{name}").text = text
    store = etree.Element(f"{{{_DATA}}}datastoreItem", {f"{{{_DATA}}}itemID": _IDENTITY}, nsmap={"ds": _DATA})
    schemas = etree.SubElement(store, f"{{{_DATA}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_DATA}}}schemaRef", {f"{{{_DATA}}}uri": NAMESPACE})
    made[item], made[properties] = serialised(root), serialised(store)
    _link(made, item, _PROPERTIES, posixpath.basename(properties))
    _link(made, main, KIND, posixpath.relpath(item, posixpath.dirname(main) or "."))
    _declare(made, properties)
    return made


def texts_in(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The texts of our part by name; nothing where there is none. The parts have passed the look at a stranger's file."""
    for name in _own_parts(parts):
        return {etree.QName(child).localname: child.text or "" for child in parsed(parts[name]) if isinstance(child.tag, str)}
    return {}


def _own_parts(parts: Mapping[str, bytes]) -> list[str]:
    marker = NAMESPACE.encode()
    return [name for name in related(parts, main_part(parts), KIND)
            if marker in parts[name] and parsed(parts[name]).tag == f"{{{NAMESPACE}}}provenance"]


def _plain(namespace: str) -> Any:
    """A namespace without a prefix, which lxml's types do not know of."""
    return {None: namespace}


def _relations(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _link(parts: dict[str, bytes], source: str, kind: str, target: str) -> None:
    """Adds a relationship of a part, under an id that is free."""
    links = _relations(source)
    namespace = f"{PACKAGE}/relationships"
    root = parsed(parts[links]) if links in parts else etree.Element(f"{{{namespace}}}Relationships", nsmap=_plain(namespace))
    taken = {link.get("Id") for link in root}
    identity = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}") not in taken)
    etree.SubElement(root, f"{{{namespace}}}Relationship", {"Id": identity, "Type": kind, "Target": target})
    parts[links] = serialised(root)


def _take_out(parts: dict[str, bytes], main: str, item: str) -> None:
    links = parsed(parts[_relations(main)])
    for link in links:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(main), link.get("Target") or "")).lstrip("/")
        if target == item:
            links.remove(link)
    parts[_relations(main)] = serialised(links)
    gone = [item, _relations(item), *related(parts, item, _PROPERTIES)]
    types = parsed(parts["[Content_Types].xml"])
    for declared in list(types):
        if (declared.get("PartName") or "").lstrip("/") in gone:
            types.remove(declared)
    parts["[Content_Types].xml"] = serialised(types)
    for name in gone:
        parts.pop(name, None)


def _declare(parts: dict[str, bytes], properties: str) -> None:
    types: Any = parsed(parts["[Content_Types].xml"])
    etree.SubElement(types, f"{{{PACKAGE}/content-types}}Override",
                     {"PartName": f"/{properties}", "ContentType": _PROPERTIES_TYPE})
    parts["[Content_Types].xml"] = serialised(types)
