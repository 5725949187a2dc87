"""A Google service account's key file: what has to be kept of it."""

import msgspec

from retake_desktop.domain.hosting import Cause
from retake_desktop.services.hosting.trouble import StorageError


class _ServiceAccount(msgspec.Struct):
    client_email: str
    private_key: str
    private_key_id: str = ""


def service_account(text: str) -> tuple[str, str]:
    """Address and what has to be kept of a service account's JSON key. Raises StorageError(UNUSABLE_SECRET)."""
    try:
        account = msgspec.json.decode(text, type=_ServiceAccount)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise StorageError(Cause.UNUSABLE_SECRET) from error
    if "PRIVATE KEY" not in account.private_key or "@" not in account.client_email:
        raise StorageError(Cause.UNUSABLE_SECRET)
    return account.client_email, msgspec.json.encode(account).decode()
