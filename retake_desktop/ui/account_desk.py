"""Whose account and which service is in use, on the job thread."""

import asyncio
from collections.abc import Awaitable, Callable

from retake_desktop.domain.errors import RetakeError
from retake_desktop.services.pipeline import Pipeline, Tools
from retake_desktop.services.pipeline.setup import account_in_use
from retake_desktop.services.secrets import Account, TokenSource, TokenStore
from retake_desktop.services.settings import Settings
from retake_desktop.services.transfer import take_network
from retake_desktop.ui.job_answers import AccountState, Answers


class AccountDesk:
    """Finds, keeps and forgets the token, and turns between the demo and the real service.

    `chosen` gives the settings in use; `learn_price` is asked whenever another account or service is in use.
    """

    def __init__(
        self,
        answers: Answers,
        tools: Tools,
        tokens: TokenStore,
        pipeline: Pipeline,
        chosen: Callable[[], Awaitable[Settings]],
        learn_price: Callable[[], Awaitable[None]],
    ) -> None:
        self._answers = answers
        self._tools = tools
        self._tokens = tokens
        self._pipeline = pipeline
        self._chosen = chosen
        self._learn_price = learn_price
        self.is_known = asyncio.Event()
        self.steady = asyncio.Lock()
        """Held while a press of Retake is put on record: its service must not become another one meanwhile."""

    async def save_token(self, token: str, *, session_only: bool) -> None:
        try:
            await asyncio.to_thread(self._tokens.save, token, session_only=session_only)
        except RetakeError as error:
            self._answers.command_failed.emit("", error.problem)
            return
        await self.look()

    async def forget_token(self) -> None:
        try:
            await asyncio.to_thread(self._tokens.forget)
        except RetakeError as error:
            self._answers.command_failed.emit("", error.problem)
        await self.look()

    async def use_demo(self, is_demo: bool) -> None:
        """From now on new jobs go to the demo service, or to the real one; open ones go on where they are."""
        async with self.steady:
            self._tools.connections.is_demo = is_demo
        await self.look()

    async def reconnect(self, chosen: Settings) -> None:
        """Goes to the address, and by the way, that the settings name."""
        try:
            take_network(chosen.network)
        except RetakeError as error:
            self._answers.command_failed.emit("", error.problem)
            return
        self._tools.connections.renew()
        await self.look()

    async def look(self) -> None:
        """Finds the account anew, goes on with what is open, and learns the price."""
        connections = self._tools.connections
        # The demo needs no account, so it must not make the keyring ask for its password either.
        if not connections.is_demo:
            address = (await self._chosen()).api_address
            async with self.steady:
                try:
                    found = await asyncio.to_thread(account_in_use, self._tokens, address)
                    connections.base, connections.account = found
                except RetakeError as error:
                    connections.account = Account(TokenSource.NONE, trouble=error.problem)
        self.is_known.set()
        account = connections.account
        self._answers.account_changed.emit(
            AccountState(account.source, account.trouble, connections.is_demo, connections.base)
        )
        await self._pipeline.resume()
        await self._learn_price()
