"""What the archive's form needs besides: one file that is PDF/A-3a and PDF/UA-1 at once.

The engine makes either. Both ask for the same structure; what differs is said here: both
identifiers in the metadata, and the schema of the second one, which PDF/A does not know
(ISO 19005-3, 6.6.2.3); associated files named once; pictures that are not smoothed (6.2.8).
"""

from typing import Any

from weasyprint.pdf import pydyf

_BOTH = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_END = b"</rdf:RDF>"


def archive(file: pydyf.PDF) -> None:
    """Make a PDF/A-3a file of the engine a PDF/UA-1 file, too."""
    metadata = _held(file, file.catalog["Metadata"])
    metadata.stream = [part.replace(_END, _BOTH + _END) for part in metadata.stream]
    metadata.compress = False  # whoever looks for the identifiers finds them
    if "AF" in file.catalog:
        file.catalog["AF"] = pydyf.Array(dict.fromkeys(file.catalog["AF"]))
    for item in file.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/Image":
            item.extra.pop("Interpolate", None)


def _held(file: pydyf.PDF, reference: bytes) -> Any:
    return file.objects[int(reference.split()[0])]
