"""Who is calling: bearer tokens, and accounts by their fingerprints."""

import hashlib
import hmac
import re

from starlette.requests import Request

from retake_desktop.demo.refusals import bad_token

_BEARER = re.compile(r"Bearer ([\x21-\x7e]{1,4096})", re.IGNORECASE)


def account_of(request: Request, token: str | None) -> str:
    """The caller's fingerprint (SHA-256 of the bearer token). With `token`, no other one is accepted.

    Raises RefusalError (401, 400004) for a missing, malformed or wrong token.
    """
    header = request.headers.get("authorization")
    if header is None:
        raise bad_token("The bearer token is missing.")
    given = _BEARER.fullmatch(header)
    if not given:
        raise bad_token("The Authorization header is not a bearer token.")
    if token is not None and not hmac.compare_digest(given[1].encode(), token.encode()):
        raise bad_token("The token is not valid.")
    return hashlib.sha256(given[1].encode()).hexdigest()
