"""Runs Python snippets with the PyPI package against a recorder on loopback, and writes what arrives.

Usage: python_run.py SNIPPETS ARRIVED"""

import http.server
import json
import os
import sys
import threading

import plaid

requests = []


class Recorder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def record(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        requests.append({"method": self.command, "url": self.path, "headers": headers, "body": body})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = record

    def log_message(self, *arguments):
        pass


snippets, arrived = sys.argv[1:]
with open(snippets, encoding="utf-8") as file:
    manifest = json.load(file)
os.environ.update(manifest["variables"])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"
plaid.Environment.Sandbox = base

outcomes = {}
for name, code in manifest["cases"].items():
    requests.clear()
    error = None
    for address in manifest["addresses"]:
        code = code.replace(address, base)
    try:
        exec(compile(code, name, "exec"), {"__name__": "__main__"})
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"[:2000]
    outcomes[name] = {"requests": list(requests), "error": error}
with open(arrived, "w", encoding="utf-8") as file:
    json.dump(outcomes, file)
