"""The demo's own calls: an upload target, and public URLs for uploads and results."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from retake_desktop.demo.access import account_of
from retake_desktop.demo.files import FileStore
from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.refusals import not_found, response_for
from retake_desktop.demo.request_store import RequestStore, is_request_id
from retake_desktop.demo.wire import ResultWord, Uploaded


class FileCalls:
    """Uploading and deleting takes a bearer token; fetching takes knowing the name, as with hosted files."""

    def __init__(self, files: FileStore, store: RequestStore, options: DemoOptions) -> None:
        self._files = files
        self._store = store
        self._options = options

    async def upload(self, request: Request) -> Response:
        account_of(request, self._options.token)
        name = await self._files.add(request.path_params["name"], request.stream())
        origin = f"{request.url.scheme}://{request.url.netloc}"
        return response_for(Uploaded(f"{origin}/demo/files/{name}"), 201)

    def fetch(self, request: Request) -> Response:
        path = self._files.path(request.path_params["name"])
        if path is None:
            raise not_found("The file")
        return FileResponse(path, stat_result=path.stat())

    async def delete(self, request: Request) -> Response:
        account_of(request, self._options.token)
        if not await run_in_threadpool(self._files.delete, request.path_params["name"]):
            raise not_found("The file")
        return Response(status_code=204)

    def output(self, request: Request) -> Response:
        request_id = request.path_params["request_id"]
        if not is_request_id(request_id) or self._store.order(request_id) is None:
            raise not_found("The file")
        path = self._store.output(request_id)
        if self._store.state(request_id).word is not ResultWord.SUCCEEDED or not path.is_file():
            raise not_found("The file")
        return FileResponse(path, media_type="video/mp4", stat_result=path.stat())
