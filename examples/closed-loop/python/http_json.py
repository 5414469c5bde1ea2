"""JSON over HTTP on loopback, by the standard library alone."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Route = Callable[[dict], dict]


class Refused(Exception):
    """The request is at fault; answered with 400."""


class Server(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True


def serve(routes: dict[str, Route]) -> None:
    """Serves on a free port, which is the first line on stdout, until the process is ended."""
    server = Server(("127.0.0.1", 0), handler_of(routes))
    print(server.server_address[1], flush=True)
    server.serve_forever()


def handler_of(routes: dict[str, Route]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body leave in one packet: else each answer waits for the other side's delayed acknowledgement.
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            route = routes.get(self.path)
            if route is None:
                return self.answer(404, {"error": {"message": f"nothing at {self.path}"}})
            try:
                self.answer(200, route(json.loads(body)))
            except (Refused, ValueError, KeyError) as error:
                self.answer(400, {"error": {"message": str(error)}})

        def answer(self, status: int, value: dict) -> None:
            text = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    return Handler
