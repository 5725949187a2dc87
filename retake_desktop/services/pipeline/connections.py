"""Which service a job talks to, with whose token. A job goes on against its own service and account, or rests."""

from collections.abc import Awaitable, Callable

from retake_desktop.domain.job import Service, Wait
from retake_desktop.domain.network import is_loopback
from retake_desktop.services.api.client import ApiClient
from retake_desktop.services.secrets import Account, TokenSource, fingerprint

DEMO_TOKEN = "demo"  # noqa: S105 - the demo service takes any token, and it never leaves this machine


class Rest(Exception):  # noqa: N818 - not an error: the job only pauses
    """The job cannot go on for now and says why; it stays open."""

    def __init__(self, wait: Wait) -> None:
        super().__init__(wait)
        self.wait = wait


class Connections:
    """The API address and account in use, and the built-in demo service, started when first needed.

    With `demo` new jobs go to the demo service. `start_demo` brings it up and returns its address.
    """

    def __init__(self, base: str, account: Account, *, demo: bool, start_demo: Callable[[], Awaitable[str]]) -> None:
        self.base = base
        self.account = account
        self.is_demo = demo
        self._start_demo = start_demo
        self._clients: dict[tuple[str, str], ApiClient] = {}
        self._retired: list[ApiClient] = []

    def service_for_new_jobs(self) -> Service:
        if self.is_demo:
            return Service(api_base="demo", account=fingerprint(DEMO_TOKEN), is_demo=True)
        return Service(api_base=self.base, account=self.account.fingerprint, is_demo=False)

    def is_local(self, api_base: str) -> bool:
        """Whether jobs of this base may fetch from this machine."""
        return api_base == "demo" or is_loopback(api_base)

    async def address(self, service: Service) -> tuple[str, str]:
        """Base URL and token for a job's service. Raises Rest when it is not the one in use."""
        if service.is_demo:
            return await self._start_demo(), DEMO_TOKEN
        if service.api_base != self.base:
            raise Rest(Wait.OTHER_SERVICE)
        if self.account.source is TokenSource.NONE or self.account.token is None:
            raise Rest(Wait.TOKEN)
        if service.account != self.account.fingerprint:
            raise Rest(Wait.OTHER_ACCOUNT)
        return self.base, self.account.token

    async def client(self, service: Service) -> ApiClient:
        """A client for a job's service. Raises Rest, or RetakeError when the demo service does not start."""
        address = await self.address(service)
        if address not in self._clients:
            self._clients[address] = ApiClient(*address)
        return self._clients[address]

    def renew(self) -> None:
        """What asks from now on connects anew; whoever is in the middle of asking ends on the old connection."""
        self._retired += self._clients.values()
        self._clients.clear()

    async def close(self) -> None:
        self.renew()
        for client in self._retired:
            await client.close()
        self._retired.clear()
