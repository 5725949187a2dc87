"""The person's bucket as obstore knows it: how each kind is named, opened and signed for."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import AzureStore, GCSStore, S3Store

from retake_desktop.domain.hosting import Cause, Place, PlaceKind
from retake_desktop.services.hosting.service_account import service_account
from retake_desktop.services.hosting.trouble import StorageError

Store = S3Store | GCSStore | AzureStore
Method = Literal["GET", "PUT", "DELETE"]


def opened(place: Place, secret: str) -> Store:
    """The bucket at `place`; nothing is asked of it yet. Raises StorageError(UNUSABLE_SECRET, UNUSABLE_ADDRESS)."""
    if place.endpoint and urlsplit(place.endpoint).scheme not in {"http", "https"}:
        raise StorageError(Cause.UNUSABLE_ADDRESS)
    if not place.bucket:
        raise StorageError(Cause.NO_BUCKET)
    try:
        match place.kind:
            case PlaceKind.GOOGLE:
                return GCSStore(place.bucket, service_account_key=service_account(secret)[1])
            case PlaceKind.AZURE:
                return _azure(place, secret)
            case _:
                return _s3(place, secret)
    except (BaseError, ValueError) as error:
        # The library's own words quote the secret.
        raise StorageError(Cause.UNUSABLE_SECRET) from error


async def signed(store: Store, method: Method, key: str, lasting: timedelta) -> str:
    """An address with which `method` is allowed on `key`. Raises StorageError(UNUSABLE_SECRET)."""
    try:
        return await asyncio.to_thread(obstore.sign, store, method, key, lasting)
    except (BaseError, ValueError) as error:
        raise StorageError(Cause.UNUSABLE_SECRET) from error


def put_headers(kind: PlaceKind) -> Mapping[str, str]:
    """What an upload to a signed address needs besides the bytes."""
    own = {"x-ms-blob-type": "BlockBlob"} if kind is PlaceKind.AZURE else {}
    return {"Content-Type": "video/mp4", **own}


def is_plain(place: Place) -> bool:
    """Whether files are uploaded over plain http, which is right for a server on this machine only."""
    return place.endpoint.startswith("http://")


def _s3(place: Place, secret: str) -> S3Store:
    # A bucket with a dot in its name fits no certificate as a part of the host's name.
    in_host = not place.endpoint and "." not in place.bucket
    return S3Store(
        place.bucket,
        endpoint=place.endpoint or f"https://s3.{place.region}.amazonaws.com" if not in_host else None,
        access_key_id=place.key_id,
        secret_access_key=secret,
        region=place.region or "us-east-1",
        virtual_hosted_style_request=in_host,
        client_options=_client(place),
        retry_config=_RETRIES,
    )


def _azure(place: Place, secret: str) -> AzureStore:
    own: dict[str, Any] = {"endpoint": place.endpoint} if place.endpoint else {}
    return AzureStore(
        place.bucket,
        account_name=place.key_id,
        account_key=secret,
        client_options=_client(place),
        retry_config=_RETRIES,
        **own,
    )


_RETRIES: Any = {
    "max_retries": 6,
    "retry_timeout": timedelta(minutes=3),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=10), "base": 2},
}


def _client(place: Place) -> Any:
    return {"allow_http": is_plain(place), "connect_timeout": timedelta(seconds=15), "timeout": timedelta(seconds=120)}
