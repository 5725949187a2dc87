"""The demo service as a web application: its routes and what surrounds them."""

import logging

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from retake_desktop.demo.calls import Calls
from retake_desktop.demo.faults import FaultPlan, faults_from_json
from retake_desktop.demo.file_calls import FileCalls
from retake_desktop.demo.received import Received
from retake_desktop.demo.refusals import RefusalBody, RefusalError, invalid_input, refuse, response_for

_log = logging.getLogger(__name__)


def application(calls: Calls, file_calls: FileCalls, faults: FaultPlan, received: Received) -> Starlette:
    """The application, to be wrapped by the fault middleware.

    Only loopback names are let in as hosts, so that no web page can reach the service under a name of its own.
    """
    control = _Control(faults, received)
    routes = [
        Route("/v1/models", calls.models),
        Route("/v1/models/categories", calls.categories),
        Route("/v1/models/{model_id:path}", calls.model),
        Route("/v1/models/{model_id:path}", calls.submit, methods=["POST"]),
        Route("/v1/requests/{request_id}/status", calls.status),
        Route("/v1/requests/{request_id}/result", calls.result),
        Route("/v1/requests/{request_id}/cancel", calls.cancel, methods=["POST"]),
        Route("/demo/uploads/{name}", file_calls.upload, methods=["PUT"]),
        Route("/demo/files/{name}", file_calls.fetch),
        Route("/demo/files/{name}", file_calls.delete, methods=["DELETE"]),
        Route("/demo/outputs/{request_id}.mp4", file_calls.output),
        Route("/demo/faults", control.faults),
        Route("/demo/faults", control.set_faults, methods=["PUT"]),
        Route("/demo/log", control.log),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        exception_handlers={RefusalError: refuse, HTTPException: _refuse_by_status, Exception: _refuse_for_a_bug},
    )


class _Control:
    """How a test steers and watches a running service."""

    def __init__(self, faults: FaultPlan, received: Received) -> None:
        self._faults = faults
        self._received = received

    def faults(self, _request: Request) -> Response:
        return response_for(self._faults.pending())

    async def set_faults(self, request: Request) -> Response:
        try:
            faults = faults_from_json(await request.body())
        except msgspec.DecodeError as error:
            raise invalid_input([{"loc": ["body"], "msg": str(error), "type": "faults"}]) from error
        self._faults.replace(faults)
        return response_for(faults)

    def log(self, _request: Request) -> Response:
        return response_for(self._received.log())


def _refuse_by_status(_request: Request, error: Exception) -> Response:
    """404 and 405 of unknown paths and methods."""
    if not isinstance(error, HTTPException):
        raise error
    body = RefusalBody(error.status_code * 1000 + 1, error.detail)
    return response_for(body, error.status_code, dict(error.headers or {}))


def _refuse_for_a_bug(_request: Request, error: Exception) -> Response:
    _log.error("A call failed in a way that is a bug.", exc_info=error)
    return response_for(RefusalBody(500001, "Internal error of the demo service."), 500)
