// A proxy that notes what a client asks a server and what it answers.

import { once } from "node:events";
import { createServer, request } from "node:http";

/** A body as what it says: JSON as a value, text and broken JSON as a string, anything else as `{ file }` with its media type. */
export function body(bytes, type = "") {
  if (bytes.length === 0) return null;
  const media = type.split(";")[0].trim().toLowerCase();
  const isJson = media.endsWith("json");
  if (!isJson && !media.startsWith("text/") && !media.endsWith("urlencoded")) return { file: media };
  const text = bytes.toString();
  if (!isJson) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Passes requests on. Their order is that in which they came. */
export class Recorder {
  #server;
  #target;
  #change;
  /** What was asked: `method`, `path`, `type`, `version`, `request`; and what was answered: `status`, `response`. */
  entries = [];

  constructor(target, change) {
    this.#target = new URL(target);
    this.#change = change;
  }

  /** Starts one for the server at an address. `change` may return another entry: its answer is sent, or none if it `isLost`. */
  static async start(target, change = (entry) => entry) {
    const recorder = new Recorder(target, change);
    recorder.#server = createServer((incoming, outgoing) => {
      recorder.#pass(incoming, outgoing).catch((error) => outgoing.destroy(error));
    });
    recorder.#server.listen(0, "127.0.0.1");
    await once(recorder.#server, "listening");
    recorder.url = `http://127.0.0.1:${recorder.#server.address().port}`;
    return recorder;
  }

  async #pass(incoming, outgoing) {
    const sent = Buffer.concat(await incoming.toArray());
    const { method, url: path, headers } = incoming;
    const type = headers["content-type"] ?? "";
    const version = headers["plaid-version"];
    const entry = { method, path, type, version, request: body(sent, type), status: 0, response: null };
    this.entries.push(entry);
    const { hostname, port } = this.#target;
    const forwarded = request({ hostname, port, method, path, headers });
    forwarded.end(sent);
    const [answer] = await once(forwarded, "response");
    let bytes = Buffer.concat(await answer.toArray());
    entry.status = answer.statusCode;
    entry.response = body(bytes, answer.headers["content-type"]);
    const changed = this.#change(entry);
    const passed = { ...answer.headers };
    delete passed["transfer-encoding"];
    if (changed.isLost) {
      outgoing.destroy();
      return;
    }
    if (changed !== entry) {
      Object.assign(entry, changed);
      bytes = Buffer.from(JSON.stringify(entry.response));
    }
    passed["content-length"] = bytes.length;
    outgoing.writeHead(entry.status, passed).end(bytes);
  }

  /** Stops it. */
  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
