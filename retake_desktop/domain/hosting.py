"""How a clip gets to where the service can fetch it: the ways, the person's own storage, and what can go wrong."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

WARN_BYTES = 32_000_000
"""Above this a clip is slow to fetch, and some endpoints of the service stop here. Source: RunComfy's partner nodes."""
REFUSE_BYTES = 100_000_000
"""Source: RunComfy's model pages ("recommended videos up to 100 MB")."""


class PlaceKind(StrEnum):
    S3 = "s3"
    """Amazon S3 and everything that speaks its protocol: Cloudflare R2, Backblaze B2, MinIO, ..."""
    GOOGLE = "google"
    AZURE = "azure"
    WEBDAV = "webdav"
    """A WebDAV folder that is also readable at a public address, such as a shared folder of a Nextcloud."""


class Way(StrEnum):
    """What the person chose; AUTOMATIC takes their storage when one is set up, otherwise the request itself."""

    AUTOMATIC = "automatic"
    STORAGE = "storage"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class Place:
    """The person's own storage, without its secret.

    `endpoint` is empty where the kind has one of its own (Amazon, Google, Azure); for WebDAV it is the folder's
    address. `bucket` is the bucket or container; `key_id` the access key id, service account, storage account or
    user name. `public_url` (WebDAV only) is where the folder can be read without a password.
    """

    kind: PlaceKind
    endpoint: str = ""
    bucket: str = ""
    region: str = ""
    key_id: str = ""
    folder: str = "retake-desktop"
    public_url: str = ""

    @property
    def id(self) -> str:
        """Names the place and the account in it, so that its secret and its leftovers are found again."""
        parts = f"{self.kind}\n{self.endpoint}\n{self.bucket}\n{self.key_id}"
        return hashlib.sha256(parts.encode()).hexdigest()[:16]

    @property
    def prefix(self) -> str:
        """What the names of files there begin with: the folder and a slash, or nothing.

        WORKAROUND: in Azure's other letters than plain ones become hyphens. obstore signs the address as it is written
        (%20), and Azure checks it as it is meant (a blank): it refuses its own key. Remove when obstore decodes it.
        """
        folder = self.folder.strip("/") if self.kind is not PlaceKind.WEBDAV else ""
        if self.kind is PlaceKind.AZURE:
            folder = _NOT_PLAIN.sub("-", folder)
        return f"{folder}/" if folder else ""

    @property
    def title(self) -> str:
        """`clips at s3.example.com`: for people, without keys."""
        host = _host(self.endpoint) or _OWN_HOSTS.get(self.kind, "")
        return f"{self.bucket} at {host}" if self.bucket else host


_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._/-]")
_OWN_HOSTS = {PlaceKind.S3: "Amazon S3", PlaceKind.GOOGLE: "Google Cloud Storage", PlaceKind.AZURE: "Azure"}


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


_REGION = re.compile(r"(?:.*\.)?s3[.-](?P<region>[a-z0-9-]+)\..+|(?P<spaces>[a-z]+\d+)\.digitaloceanspaces\.com")


def guessed_region(endpoint: str) -> str:
    """The region that an S3 endpoint's name tells, or what those take that have none."""
    host = _host(endpoint)
    if host.endswith("r2.cloudflarestorage.com"):
        return "auto"
    found = _REGION.fullmatch(host)
    return (found["region"] or found["spaces"]) if found else "us-east-1"


@dataclass(frozen=True, slots=True)
class HostingSettings:
    way: Way = Way.AUTOMATIC
    place: Place | None = None


class Route(StrEnum):
    """The way that one clip takes."""

    DEMO = "demo"
    STORAGE = "storage"
    ADDRESS = "address"
    """From where the video lies on the web already."""
    INLINE = "inline"
    BLOCKED = "blocked"
    """Inside the request was refused, and nothing else is set up: the person has to choose another way."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A route, and why it was taken: a clause that goes on from "because"."""

    route: Route
    because: str


def choose(settings: HostingSettings, *, is_demo: bool, inline_refused: bool, has_address: bool = False) -> Choice:
    """The route of a clip that is a file. Nothing is ever put anywhere that the person did not set up.

    With `has_address` the very same file lies on the web.
    """
    if is_demo:
        return Choice(Route.DEMO, "the demo service has a place of its own on this machine")
    has_place = settings.place is not None
    if settings.way is Way.STORAGE and has_place:
        return Choice(Route.STORAGE, "you chose it")
    if inline_refused:
        if has_place:
            return Choice(Route.STORAGE, "the service did not take the clip inside the request")
        if has_address:
            return Choice(Route.ADDRESS, "the service did not take the clip inside the request")
        return Choice(Route.BLOCKED, "the service did not take the clip inside the request")
    if settings.way is Way.INLINE:
        return Choice(Route.INLINE, "you chose it")
    if has_place:
        return Choice(Route.STORAGE, "it is set up")
    if has_address:
        return Choice(Route.ADDRESS, "the very same file lies there")
    return Choice(Route.INLINE, "no storage is set up")


class Cause(StrEnum):
    """Why a step with the person's storage did not work."""

    WRONG_KEY = "wrong_key"
    WRONG_SECRET = "wrong_secret"
    UNUSABLE_SECRET = "unusable_secret"
    WRONG_REGION = "wrong_region"
    NO_BUCKET = "no_bucket"
    NO_FOLDER = "no_folder"
    CLOCK = "clock"
    NO_PERMISSION = "no_permission"
    NOT_PUBLIC = "not_public"
    OTHER_CONTENT = "other_content"
    NO_ROOM = "no_room"
    BUSY = "busy"
    MISSING = "missing"
    UNUSABLE_ADDRESS = "unusable_address"
    NO_NETWORK = "no_network"
    TLS = "tls"
    BROKE = "broke"
    OTHER = "other"


class TrialStep(StrEnum):
    """What a test of the storage does, in this order."""

    OPEN = "open"
    PUT = "put"
    GET = "get"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """One step of a test; `cause` is None when it worked. `detail` is the server's own code, never a secret."""

    step: TrialStep
    cause: Cause | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TrialReport:
    """A test of the storage, up to the first step that did not work (deleting is tried all the same)."""

    outcomes: tuple[TrialOutcome, ...]
    readable_by_anyone: bool = False
    """The test file could be read without a signature: the bucket itself is public."""

    @property
    def works(self) -> bool:
        return all(outcome.cause is None for outcome in self.outcomes)
