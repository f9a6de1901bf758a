// Replaying a scenario: its calls go to another Plaid, with the values that this one has made.

import { at, mapped, pointer } from "./json.mjs";
import { shared, withoutLink } from "./link.mjs";
import { shifted } from "./values.mjs";

/** A call that can't be sent. */
class Impossible extends Error {}

const NOWHERE = "it needs a value that no response has, such as one of a webhook";

/**
 * Sends the calls of a plan to another Plaid. Returns for each step its `differences`, or the reason why it was `skipped`.
 *
 * `setting` has `now`, the time there; `run`, a text that no other run has; `webhook`, the address of webhooks; and `team`,
 * the team's own ids by those of the emulator, or `undefined` if they are the same there.
 */
export async function replay(plan, other, setting, catalogue) {
  const lost = new Lost(plan.steps);
  const results = [];
  for (const [index, step] of plan.steps.entries()) {
    try {
      results.push(await result(step));
    } catch (error) {
      if (!(error instanceof Impossible)) throw error;
      lost.add(step);
      results.push({ step, skipped: error.message });
    }
  }
  return results;

  async function result(step) {
    if (step.control !== undefined) return controlled(step);
    if (!step.operation) throw new Impossible("it is a page for people");
    if (step.request?.file) throw new Impossible("it sends a file");
    const sent = mapped(step.sent, (_, path) => filled(step.parts.get(pointer(path))));
    const reason = lost.reason(step);
    if (reason) throw new Impossible(reason);
    const path = step.operation.name.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(sent.path[name]));
    const { answer, found, noAccess } = await other.compared(step, path, sent.body, catalogue);
    if (noAccess) throw new Impossible(`the keys have no access to it (${noAccess})`);
    return { step, sent: sent.body, answer, differences: found };
  }

  /** What takes the place of a control. */
  async function controlled(step) {
    const made = step.control === "link/complete" ? await linked(step) : undefined;
    if (!changesWebhooksOnly(step)) lost.add(step, made?.kept);
    return { step, answer: made?.answer };
  }

  /** The answer with the public token of an Item like that of a Link session, if there can be one. */
  async function linked(step) {
    const source = results.find((one) => one.step.makes.has(step.request.link_token));
    const body = source?.sent?.products && withoutLink(source.sent, step.request);
    if (!body) return undefined;
    const answer = await other.send(source.step, "/sandbox/public_token/create", body);
    return answer.status === 200 ? { answer, kept: shared(source.step) } : undefined;
  }

  function filled(part) {
    if (part.from === "receiver") return setting.webhook;
    if (part.from === "client id") return other.clientId;
    if (part.from === "secret") return other.secret;
    if (part.from === "nowhere") throw new Impossible(NOWHERE);
    if (part.from === "team") {
      const own = setting.team === undefined ? part.value : setting.team[part.value];
      if (own === undefined)
        throw new Impossible(`\`${part.name}\` is an id of the emulator; --team sets one of yours`);
      return own;
    }
    if (part.from === "response") return replaced(part);
    if (part.isUnique) return `${part.value}-${setting.run}`;
    return typeof part.value === "string" ? shifted(part.value, plan.now, setting.now) : part.value;
  }

  function replaced({ places, value, length, isMade }) {
    for (const { step, path } of places) {
      const own = at(results[step].answer?.response, path);
      if (own === undefined || own === null || typeof own === "object") continue;
      return length === undefined ? own : String(own).slice(0, length);
    }
    if (!isMade) return value;
    const [{ step, path }] = places;
    const { step: source, skipped } = results[step];
    if (source.control !== undefined) throw new Impossible(`it needs a value of the control \`${name(source)}\``);
    const why = skipped ? "which was not replayed" : `whose response had no \`${pointer(path)}\``;
    throw new Impossible(`it needs a value of ${source.operation.name}, ${why}`);
  }
}

/** Objects whose state is another one than on the emulator, since something was not replayed. */
class Lost {
  #steps;
  #values = new Map();
  #all;

  constructor(steps) {
    this.#steps = steps;
  }

  /** What a step would have changed: the objects that it names, or all if it is a control and names none. `kept` are not lost. */
  add(step, kept = new Set()) {
    const isControl = step.control !== undefined;
    if (step.status >= 400 || step.operation?.isRead) return;
    const reason = `it comes after ${isControl ? `the control \`${name(step)}\`` : step.operation?.name}`;
    for (const value of this.#related(step)) {
      if (!this.#values.has(value) && !kept.has(value)) this.#values.set(value, reason);
    }
    if (isControl && step.uses.size === 0) this.#all ??= reason;
  }

  /**
   * What a step names and belongs to it: what was made with it, what it was made from, and what was made under the same unique
   * name. So an item's id leads to its access token, and a Link token to its payment and its user.
   */
  #related({ uses }) {
    const makers = [...uses].map((value) => this.#steps.find((step) => step.makes.has(value))).filter(Boolean);
    const names = new Set(makers.flatMap((step) => [...step.unique]));
    const namesakes = this.#steps.filter((step) => [...step.unique].some((one) => names.has(one)));
    const sources = makers.flatMap((step) => [...step.uses, ...step.makes]);
    return new Set([...uses, ...names, ...sources, ...namesakes.flatMap((step) => [...step.makes])]);
  }

  /** Why the outcome of a step would be another one: it names such an object, or its response does. */
  reason({ uses, unique, makes }) {
    return this.#all ?? [...uses, ...unique, ...makes].map((value) => this.#values.get(value)).find(Boolean);
  }
}

/** Whether a control reads only, or sets where webhooks go and how they are signed. */
function changesWebhooksOnly({ method, control, parts }) {
  const isAddress = parts.size > 0 && [...parts.values()].every((part) => part.from === "receiver");
  return method === "GET" || isAddress || control.startsWith("webhooks/");
}

/** The name of a control without the ids in it. */
function name({ control, uses }) {
  return control
    .split("/")
    .map((part) => (uses.has(decodeURIComponent(part)) ? "…" : part))
    .join("/");
}
