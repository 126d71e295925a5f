"""The XMP packet of a photo: orientation put right, and the mark that says a generative model took part."""

from __future__ import annotations

from xml.etree import ElementTree

__all__ = ["update_xmp"]

#: IPTC NewsCodes, Digital Source Type: a photo of which parts were made by a trained model.
AI_COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_META = "adobe:ns:meta/"
_IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_TIFF = "http://ns.adobe.com/tiff/1.0/"
_NAMES = {
    "x": _META,
    "rdf": _RDF,
    "Iptc4xmpExt": _IPTC_EXT,
    "tiff": _TIFF,
    "exif": "http://ns.adobe.com/exif/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
}
for _prefix, _uri in _NAMES.items():
    ElementTree.register_namespace(_prefix, _uri)


def update_xmp(xmp: bytes, mark_as_ai: bool) -> bytes:
    """Return the packet for upright pixels, with the digital source type if wanted; b"" if there is nothing to say.

    A packet that is no well-formed XML is replaced, for it cannot be added to.
    """
    root = _parsed(xmp)
    if root is None:
        if not mark_as_ai:
            return b""
        root = ElementTree.Element(f"{{{_META}}}xmpmeta")
        ElementTree.SubElement(root, f"{{{_RDF}}}RDF")
    rdf = root if root.tag == f"{{{_RDF}}}RDF" else root.find(f"{{{_RDF}}}RDF")
    if rdf is None:
        rdf = ElementTree.SubElement(root, f"{{{_RDF}}}RDF")
    _set(rdf, f"{{{_TIFF}}}Orientation", "1", add=False)
    if mark_as_ai:
        _set(rdf, f"{{{_IPTC_EXT}}}DigitalSourceType", AI_COMPOSITE, add=True)
    text = ElementTree.tostring(root, encoding="unicode")
    packet = f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{text}\n<?xpacket end="w"?>'
    return packet.encode()


def _parsed(xmp: bytes) -> ElementTree.Element | None:
    # Entities have no place in XMP; in a file from anywhere they are an attack.
    if not xmp or b"<!DOCTYPE" in xmp or b"<!ENTITY" in xmp:
        return None
    try:
        return ElementTree.fromstring(xmp.strip(b"\0 \r\n\t"))
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def _set(rdf: ElementTree.Element, name: str, value: str, *, add: bool) -> None:
    """Set a property, which XMP writes as an attribute or as an element of any description."""
    found = False
    descriptions = rdf.findall(f"{{{_RDF}}}Description")
    for description in descriptions:
        if name in description.attrib:
            description.set(name, value)
            found = True
        for element in description.findall(name):
            element.clear()
            element.text = value
            found = True
    if add and not found:
        if not descriptions:
            descriptions = [ElementTree.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})]
        descriptions[0].set(name, value)
