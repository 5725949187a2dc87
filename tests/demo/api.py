"""A plain client of the contract, for asserting on raw answers."""

import base64
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

MODEL = "/v1/models/ltx/ltx-2/retake-video"


def inline(path: Path) -> str:
    return "data:video/mp4;base64," + base64.b64encode(path.read_bytes()).decode()


TOKEN = "token-a"


class Api:
    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.http = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=20, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def post(self, **fields: Any) -> httpx.Response:
        return self.http.post(MODEL, json=fields)

    def submit(self, video_url: str = "https://example.org/clip.mp4", **fields: Any) -> str:
        """A submission that is accepted; the request's id."""
        answer = self.post(**({"prompt": "Change the coat to red", "video_url": video_url} | fields))
        assert answer.status_code == 200, answer.text
        return str(answer.json()["request_id"])

    def status(self, request_id: str) -> dict[str, Any]:
        return dict(self.http.get(f"/v1/requests/{request_id}/status").raise_for_status().json())

    def result(self, request_id: str, query: str = "") -> dict[str, Any]:
        return dict(self.http.get(f"/v1/requests/{request_id}/result{query}").raise_for_status().json())

    def cancel(self, request_id: str) -> httpx.Response:
        return self.http.post(f"/v1/requests/{request_id}/cancel")

    def finished(self, request_id: str, within: float = 20) -> dict[str, Any]:
        """The result once it is final."""
        deadline = time.monotonic() + within
        while True:
            result = self.result(request_id, "?include_cost=true")
            if result["status"] not in {"in_queue", "in_progress"}:
                return result
            assert time.monotonic() < deadline, f"still {result}"
            time.sleep(0.02)

    def until(self, request_id: str, status: str, within: float = 20) -> dict[str, Any]:
        deadline = time.monotonic() + within
        while (answer := self.status(request_id))["status"] != status:
            assert time.monotonic() < deadline, f"still {answer}"
            time.sleep(0.02)
        return answer
