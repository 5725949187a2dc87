"""Asks the service with raw HTTP, holds the spending to a cap, and writes every answer down as soon as it is there."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

from retake_desktop.assets import asset
from retake_desktop.domain.network import is_loopback
from retake_desktop.domain.price import Price, estimate
from retake_desktop.domain.retake import MODEL_ID, Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.prepare import Prepared, prepare
from retake_desktop.media.probe import probe
from retake_desktop.services.api.trouble import error_from, own_words
from retake_desktop.services.api.wire import (
    RemoteState,
    model_path,
    read_model,
    read_result,
    read_submission,
    request_path,
)
from retake_desktop.services.hosting.inline import PREFERRED_BYTES, data_uri

SECONDS = Fraction(6)
PROMPT = "Calm open water in front of the lighthouse. Keep the camera, light and background as they are."
_PATIENCE = 1500.0
_LASTING = ("cache-control", "expires", "etag", "last-modified", "content-type", "content-range", "accept-ranges")


class CapReached(AssertionError):  # noqa: N818 - what stopped the question, told as its failure
    """The question may cost more than what is left of the cap, or nobody knows what it costs: it is not asked."""


class Budget:
    """What has been, or may yet be, billed. Every submission that could be accepted reserves its estimate first."""

    def __init__(self, cap: Decimal) -> None:
        self.cap = cap
        self.used = Decimal(0)

    def reserve(self, amount: Decimal | None) -> Decimal:
        """Raises CapReached, and nothing is reserved."""
        if amount is None:
            raise CapReached("the price is not known, so nothing that may cost is asked")
        if self.used + amount > self.cap:
            raise CapReached(f"${amount} on top of ${self.used} would exceed the cap of ${self.cap}")
        self.used += amount
        return amount

    def settle(self, reserved: Decimal, cost: Decimal | None) -> None:
        """Puts the cost, where the service has named one, in the place of what was reserved."""
        if cost is not None:
            self.used += cost - reserved


@dataclass(frozen=True)
class Paid:
    """The paid retake: how its submission was answered, and how it ended if it was accepted."""

    prepared: Prepared
    submitted: httpx.Response
    request_id: str | None
    status_words: list[str]
    result: dict[str, Any]
    videos: tuple[str, ...]
    cost: Decimal | None


class Asker:
    def __init__(self, base: str, token: str, cap: Decimal, report: Path) -> None:
        self.base, self._token, self.budget, self._report = base, token, Budget(cap), report
        self._http = self._client({"Authorization": f"Bearer {token}"})
        self._findings: dict[str, object] = {}

    def __enter__(self) -> Self:
        self._write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write()
        self._http.close()

    def _client(self, headers: dict[str, str]) -> httpx.Client:
        trust = not is_loopback(self.base)
        return httpx.Client(headers=headers, timeout=httpx.Timeout(90, connect=15), trust_env=trust)

    def found(self, question: str, **answer: object) -> None:
        self._findings[question] = answer
        self._write()

    def _write(self) -> None:
        record = {
            "service": self.base,
            "model": MODEL_ID,
            "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "cap_usd": str(self.budget.cap),
            "used_or_reserved_usd": str(self.budget.used),
            "findings": self._findings,
            "not_asked_here": ["zero balance: it takes an account without one", "the largest inline clip"],
        }
        self._report.write_text(json.dumps(record, indent=2).replace(self._token, "[token]") + "\n", encoding="utf-8")

    def told(self, answer: httpx.Response) -> dict[str, object]:
        """Status and body, and how the app reads them."""
        error = error_from(answer.status_code, answer.content)
        return {
            "status": answer.status_code,
            "body": own_words(_spaced(answer)).replace(self._token, "[token]"),
            "read_as": error.kind.value if error else "success",
        }

    def model(self, model_id: str = MODEL_ID, token: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._http.get(self.base + model_path(model_id), headers=headers)

    def post(self, body: dict[str, object]) -> httpx.Response:
        """One submission, once. A connection that breaks leaves its estimate reserved."""
        return self._http.post(self.base + model_path(MODEL_ID), json=body)

    def price_of(self, seconds: Fraction) -> Decimal | None:
        answer = self.model()
        price: Price | None = read_model(MODEL_ID, answer.content).price if answer.is_success else None
        return estimate(price, seconds)

    def probe_submission(self, question: str, **body: object) -> dict[str, object]:
        """A submission that should be refused, or fail; one that is accepted is followed to its end."""
        reserved = self._reserve(question)
        answer = self.post(body)
        request_id = read_submission(answer.content)
        told = self.told(answer) | {"accepted": request_id is not None}
        if request_id is not None:
            told |= {"cancel": self._cancelled(request_id)} if question != "failing run" else {}
            words, result = self._followed(request_id)
            cost = read_result(json.dumps(result).encode()).cost_usd
            self.budget.settle(reserved, cost)
            told |= _ending(words, result, cost)
        elif 400 <= answer.status_code < 500:
            self.budget.settle(reserved, Decimal(0))
        self.found(question, **told)
        return told

    def _reserve(self, question: str) -> Decimal:
        try:
            return self.budget.reserve(self.price_of(SECONDS))
        except CapReached as stop:
            self.found(question, not_asked=str(stop))
            raise

    def _cancelled(self, request_id: str) -> dict[str, object]:
        return self.told(self._http.post(self.base + request_path(request_id, "cancel")))

    def _followed(self, request_id: str) -> tuple[list[str], dict[str, Any]]:
        words: list[str] = []
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            word = str(self._object(request_path(request_id, "status")).get("status"))
            words += [word] if words[-1:] != [word] else []
            result = self._object(request_path(request_id, "result") + "?include_cost=true")
            state = read_result(json.dumps(result).encode()).state if "status" in result else RemoteState.UNHEARD
            if state in {RemoteState.FINISHED, RemoteState.FAILED, RemoteState.CANCELLED}:
                return words, result
            time.sleep(0.1 if is_loopback(self.base) else 5)
        raise AssertionError(f"{request_id} has not ended after {_PATIENCE:.0f} s; look it up on the service's page")

    def _object(self, path: str) -> dict[str, Any]:
        """The answer's object; nothing when the service stumbles, for it is asked again."""
        try:
            reply = self._http.get(self.base + path).json()
        except (httpx.HTTPError, ValueError):
            return {}
        return reply if isinstance(reply, dict) else {}

    def paid_retake(self, folder: Path) -> Paid:
        clip = probe(str(asset("sample/sample.mp4")))
        request = RetakeRequest(clip.path, Span(Fraction(3), Fraction(6)), PROMPT, Mode.PICTURE_AND_SOUND)
        prepared = prepare(clip, request, str(folder / "window.mp4"), PREFERRED_BYTES, lambda _progress: None)
        assert prepared.window.duration == SECONDS
        reserved = self._reserve("data URI")
        span = prepared.window.span
        answer = self.post(
            {
                "prompt": PROMPT,
                "video_url": data_uri(Path(prepared.path)),
                "start_time": float(span.start),
                "duration": float(span.duration),
                "retake_mode": request.mode.value,
            }
        )
        request_id = read_submission(answer.content)
        if request_id is None:
            if 400 <= answer.status_code < 500:
                self.budget.settle(reserved, Decimal(0))
            return Paid(prepared, answer, None, [], {}, (), None)
        self.found("data URI", **self.told(answer), request_id=request_id)
        words, result = self._followed(request_id)
        read = read_result(json.dumps(result).encode())
        self.budget.settle(reserved, read.cost_usd)
        return Paid(prepared, answer, request_id, words, result, read.videos, read.cost_usd)

    def output_facts(self, url: str) -> dict[str, object]:
        """Where the result lies and what says how long; asked for without the token."""
        with self._client({"Range": "bytes=0-0"}) as http:
            answer = http.get(url)
        query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
        return {
            "host": urlsplit(url).hostname,
            "status": answer.status_code,
            "headers": {name: answer.headers[name] for name in _LASTING if name in answer.headers},
            "query_parameters": [name for name, _value in query],
            "lifetimes": {name: value[:20] for name, value in query if "expires" in name.lower()},
        }


def _ending(words: list[str], result: dict[str, Any], cost: Decimal | None) -> dict[str, object]:
    return {
        "status_words": words,
        "result_word": result.get("status"),
        "error_type": type(result["error"]).__name__ if "error" in result else None,
        "error": own_words(result.get("error")),
        "fields": sorted(result),
        "cost_usd": None if cost is None else str(cost),
    }


def _spaced(answer: httpx.Response) -> str:
    """The body with room between its parts: what has none is taken for an echoed clip and left out."""
    try:
        return json.dumps(answer.json())
    except ValueError:
        return answer.text
