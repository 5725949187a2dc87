"""The service's refusals: HTTP status, numeric code and message.

RunComfy documents the codes, not the HTTP statuses that carry them, for its Model API
(https://docs.runcomfy.com/model-apis/error-codes). The demo answers with the status that the vendor's own clients act
on: 401 for a token that is not accepted (its code, 400004, says 400; the official command line tells a bad token by
401 alone) and 404 for a model that is not there (400001). `422001` with a `detail` array is on the vendor's page for
its other product; the upload's 413001 is the demo's own.
"""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response


class RefusalError(Exception):
    """A call that is answered with an error. `detail` lists what is wrong with the input, field by field."""

    def __init__(self, status: int, error_code: int, message: str, detail: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error_code = error_code
        self.message = message
        self.detail = detail


class RefusalBody(msgspec.Struct, omit_defaults=True):
    error_code: int
    error_message: str
    detail: list[dict[str, Any]] | None = None


def bad_token(message: str) -> RefusalError:
    return RefusalError(401, 400004, message)


def no_such_model(model_id: str) -> RefusalError:
    return RefusalError(404, 400001, f"There is no model {model_id[:100]!r}.")


def malformed_id() -> RefusalError:
    return RefusalError(400, 400001, "This is not a request id.")


def not_yours() -> RefusalError:
    return RefusalError(403, 403001, "This request belongs to another account.")


def not_found(what: str) -> RefusalError:
    return RefusalError(404, 404001, f"{what} does not exist, was deleted or has expired.")


def invalid_input(detail: list[dict[str, Any]]) -> RefusalError:
    return RefusalError(422, 422001, "The input is not valid.", detail)


def too_large(limit: int) -> RefusalError:
    return RefusalError(413, 413001, f"Videos may have at most {limit} bytes.")


def response_for(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`body` (a struct or plain data) as JSON."""
    return Response(msgspec.json.encode(body), status, headers, media_type="application/json")


def refuse(_request: Request, error: Exception) -> Response:
    """Starlette's handler for `RefusalError`."""
    if not isinstance(error, RefusalError):
        raise error
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    return response_for(RefusalBody(error.error_code, error.message, error.detail), error.status, headers)
