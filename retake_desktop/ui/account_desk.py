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
        self._looks = 0
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
        self._looks += 1
        this = self._looks
        # The demo needs no account, so it must not make the keyring ask for its password either.
        if not connections.is_demo:
            base, account = await self._found()
            async with self.steady:
                if this != self._looks:
                    return  # meanwhile another look began, and tells what is so now
                connections.base, connections.account = base or connections.base, account
        self.is_known.set()
        account = connections.account
        self._answers.account_changed.emit(
            AccountState(account.source, account.trouble, connections.is_demo, connections.base)
        )
        await self._pipeline.resume()
        await self._learn_price()

    async def _found(self) -> tuple[str | None, Account]:
        """Address and account; without `steady`, because a question of the keyring may stay open for long."""
        address = (await self._chosen()).api_address
        try:
            return await asyncio.to_thread(account_in_use, self._tokens, address)
        except RetakeError as error:
            return None, Account(TokenSource.NONE, trouble=error.problem)
