"""The zip that a workbook is: every byte that comes out is counted before anything is parsed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from data.readers.refused import Refused, refusal
from schemas.text import Text

MAX_INFLATED = 150_000_000  # bytes; an honest list of 26,000 rows and 18 columns inflates to 61 million
MAX_ENTRIES = 2_000
BLOCK = 1 << 20
STORED, DEFLATED = 0, 8
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")

DAMAGED = Text(
    "Fichier illisible : le classeur est endommagé ou incomplet.",
    "Unreadable file: the workbook is damaged or cut short.",
)
AGAIN = Text(
    "Rouvrez-le dans le tableur et enregistrez-le de nouveau au format .xlsx ou .ods, ou téléchargez-le de nouveau.",
    "Open it in the spreadsheet program and save it again as .xlsx or .ods, or download it again.",
)


class Archive:
    """A zip held in memory. Nothing is ever extracted to disk."""

    def __init__(self, file: str, content: bytes) -> None:
        """Read the list of entries; raises Refused for a zip that is cut, odd or hostile."""
        self.file, self._content = file, content
        try:
            self._entries = {
                entry.filename: entry for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()
            }
            count = len(zipfile.ZipFile(io.BytesIO(content)).infolist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
            raise self.damaged() from error
        if count != len(self._entries) or count != len({name.lower() for name in self._entries}):
            raise self._odd("deux entrées de même nom", "two entries of the same name")
        if count > MAX_ENTRIES or any(climbs(name) for name in self._entries):
            raise self._odd(
                "une entrée sort du dossier, ou elles sont trop nombreuses",
                "an entry leaves the folder, or there are too many",
            )

    @property
    def names(self) -> list[str]:
        """Return the names of the entries."""
        return list(self._entries)

    def check(self) -> None:
        """Inflate everything once, keeping nothing: size, checksums, document types. Raises Refused."""
        total = 0
        for name in self._entries:
            tail = b""
            for block in self.blocks(name):
                total += len(block)
                if total > MAX_INFLATED:
                    raise self._too_big()
                if name.endswith((".xml", ".rels")):
                    self._no_declaration(tail + block)
                    tail = block[-16:]

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield an entry's inflated bytes, block by block; raises Refused when they are not what the zip says."""
        entry = self._entries[name]
        if entry.flag_bits & 0x1:
            raise self.protected()
        raw = self._raw(entry)
        checksum, size = 0, 0
        for block in self._inflated(entry, raw):
            checksum, size = zlib.crc32(block, checksum), size + len(block)
            yield block
        if checksum != entry.CRC or size != entry.file_size:
            raise self.damaged()

    def read(self, name: str, limit: int = 5_000_000) -> bytes:
        """Return a small entry whole (at most ``limit`` bytes)."""
        parts, size = [], 0
        for block in self.blocks(name):
            size += len(block)
            if size > limit:
                raise self._too_big()
            parts.append(block)
        return b"".join(parts)

    def damaged(self) -> Refused:
        """Return the refusal of a damaged workbook."""
        return refusal(self.file, "damaged", DAMAGED, AGAIN)

    def protected(self) -> Refused:
        """Return the refusal of a workbook under a password."""
        return protected(self.file)

    def _raw(self, entry: zipfile.ZipInfo) -> memoryview:
        start = entry.header_offset
        head = self._content[start : start + 30]
        if len(head) < 30 or head[:4] != b"PK\x03\x04" or entry.compress_type not in (STORED, DEFLATED):
            raise self.damaged()
        name_length, extra_length = struct.unpack("<HH", head[26:30])
        begin = start + 30 + name_length + extra_length
        return memoryview(self._content)[begin : begin + entry.compress_size]

    def _inflated(self, entry: zipfile.ZipInfo, raw: memoryview) -> Iterator[bytes]:
        if entry.compress_type == STORED:
            yield from (bytes(raw[at : at + BLOCK]) for at in range(0, len(raw), BLOCK))
            return
        machine = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for at in range(0, len(raw), BLOCK):
                waiting = bytes(raw[at : at + BLOCK])
                while waiting:
                    yield machine.decompress(waiting, BLOCK)
                    waiting = machine.unconsumed_tail
            yield machine.flush()
        except zlib.error as error:
            raise self.damaged() from error

    def _no_declaration(self, block: bytes) -> None:
        if any(word in block for word in DECLARATIONS) or block[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise refusal(
                self.file,
                "security",
                Text(
                    "Fichier refusé par sécurité : il contient une déclaration de type de document (DTD ou entité).",
                    "File refused for safety: it holds a document type declaration (DTD or entity).",
                ),
                AGAIN,
            )

    def _odd(self, why_fr: str, why_en: str) -> Refused:
        message = Text(
            f"Fichier refusé : le format du classeur est anormal ({why_fr}).",
            f"File refused: the workbook's format is not normal ({why_en}).",
        )
        return refusal(self.file, "archive", message, AGAIN)

    def _too_big(self) -> Refused:
        megabytes = MAX_INFLATED // 1_000_000
        message = Text(
            f"Fichier trop volumineux une fois décompressé (plus de {megabytes} Mo).",
            f"File too big once decompressed (over {megabytes} MB).",
        )
        mend = Text(
            "Retirez les feuilles et les mises en forme inutiles, ou partagez le fichier en plusieurs.",
            "Remove needless sheets and formatting, or split the file.",
        )
        return refusal(self.file, "too_big", message, mend)


def protected(file: str) -> Refused:
    """Return the refusal of a workbook that asks for a password."""
    message = Text("Le classeur est protégé par un mot de passe.", "The workbook is protected by a password.")
    mend = Text(
        "Enregistrez-le sans mot de passe, puis importez-le.", "Save it without a password, then import it."
    )
    return refusal(file, "password", message, mend)


def climbs(name: str) -> bool:
    """Tell whether an entry's name would leave its folder."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\\" in name
