"""One file on the web, as a plain web server gives it out: whole, or from where somebody goes on."""

import re
import ssl
from pathlib import Path

import trustme

from tests.fakes.byte_server import Script, Visit, http_answer

_RANGE = re.compile(rb"(?i)\r\nrange: bytes=(\d+)-(\d*)")


class WebFile:
    """`script` serves `content`, which may be replaced meanwhile; the next `cuts` answers break off after 50 kB."""

    def __init__(self, content: bytes, *, cuts: int = 0, context: ssl.SSLContext | None = None) -> None:
        self.content = content
        self.cuts = cuts
        self._context = context

    @property
    def script(self) -> Script:
        def script(visit: Visit) -> None:
            if self._context is not None:
                visit._connection = self._context.wrap_socket(visit._connection, server_side=True)
            visit.head()
            whole = self.content
            asked = _RANGE.search(visit.received)
            tag = f'"{hash(whole):x}"'
            if asked is None:
                answer = http_answer(200, whole, Content_Type="video/mp4", ETag=tag, Accept_Ranges="bytes")
            else:
                first = int(asked[1])
                part = whole[first : int(asked[2]) + 1 if asked[2] else None]
                span = f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
                answer = http_answer(206, part, Content_Type="video/mp4", ETag=tag, Content_Range=span)
            is_peek = asked is not None and asked[2]
            if self.cuts and not is_peek:
                self.cuts -= 1
                answer = answer[:50_000]
            visit.send(answer)

        return script


def tls_context(root: Path) -> ssl.SSLContext:
    """For a server at https://localhost whose authority nobody knows but who is told of the file `root`."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(root)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context
