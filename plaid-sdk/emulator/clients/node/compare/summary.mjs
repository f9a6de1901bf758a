// All results of a comparison, put together by operation, as text and as Markdown.

/** Keys and tokens. A report has none, unless a server uses one as a name. */
const TOKEN = /\b[a-z]+(-[a-z]+)*-(sandbox|production)-[\w-]+/g;

/** The results of scenarios. */
export class Summary {
  #operations = new Map();
  #differences = new Map();
  #varying = new Map();
  #skipped = new Map();
  #calls = { compared: 0, skipped: 0 };
  #controls = 0;
  #secrets = new Set();

  /** Sets texts that are never shown. */
  hide(...secrets) {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /** Adds the results of a scenario. Returns how many calls were compared, how many differ, and how many were not replayed. */
  add(scenario, results) {
    const count = { compared: 0, different: 0, skipped: 0 };
    for (const { step, differences, skipped } of results) {
      if (step.control !== undefined) {
        this.#controls += 1;
        continue;
      }
      const name = step.operation?.name ?? "a page";
      const operation = this.#operation(name);
      if (skipped) {
        count.skipped += 1;
        this.#note(this.#skipped, { scenario, reason: skipped }, name);
        continue;
      }
      count.compared += 1;
      operation.compared += 1;
      const lasting = differences.filter(({ kind }) => kind !== "varying");
      if (lasting.length > 0) {
        count.different += 1;
        operation.isDifferent = true;
      }
      for (const { pointer, kind, emulator, other } of differences) {
        const place = { operation: name, pointer, kind, emulator, other };
        this.#note(kind === "varying" ? this.#varying : this.#differences, place, scenario);
      }
    }
    this.#calls.compared += count.compared;
    this.#calls.skipped += count.skipped;
    return count;
  }

  #operation(name) {
    if (!this.#operations.has(name)) this.#operations.set(name, { compared: 0, isDifferent: false });
    return this.#operations.get(name);
  }

  #note(all, entry, where) {
    const key = JSON.stringify(entry);
    if (!all.has(key)) all.set(key, { ...entry, where: new Map() });
    const counts = all.get(key).where;
    counts.set(where, (counts.get(where) ?? 0) + 1);
  }

  /** The differences, by operation. */
  get differences() {
    return sorted(this.#differences);
  }

  /** What is in some elements of lists in only one of the two. */
  get varying() {
    return sorted(this.#varying);
  }

  /** Whether there is a difference. */
  get isDifferent() {
    return this.#differences.size > 0;
  }

  /** How many operations and calls there are of each kind. */
  get counts() {
    const all = [...this.#operations.values()];
    const compared = all.filter((one) => one.compared > 0);
    const different = compared.filter((one) => one.isDifferent);
    return {
      compared: compared.length,
      equal: compared.length - different.length,
      different: different.length,
      notReplayed: all.length - compared.length,
      calls: this.#calls.compared,
      callsNotReplayed: this.#calls.skipped,
    };
  }

  #lines() {
    const { compared, equal, different, notReplayed, calls, callsNotReplayed } = this.counts;
    return [
      `compared: ${compared} operations in ${calls} calls`,
      `equal: ${equal}`,
      `different: ${different}`,
      `not replayed: ${callsNotReplayed} calls; ${notReplayed} operations were compared nowhere`,
    ];
  }

  /** For a terminal. */
  text() {
    const differences = this.differences.map((one) => `${place(one)}: ${both(one)} [${where(one)}]`);
    const skipped = [...this.#skipped.values()].map((one) => `${one.scenario}: ${one.reason}: ${where(one)}`);
    const parts = [
      ["not replayed:", skipped],
      ["differences:", differences],
      ["summary:", this.#lines()],
    ];
    const written = parts
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines]) => [title, ...lines].join("\n  "));
    return this.#safe(written.join("\n"));
  }

  /** For a file. `about` is what was compared. */
  markdown(about) {
    const table = (head, rows) => [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
    const places = (all) =>
      table(
        ["operation", "place", "kind", "emulator", "other", "scenarios"],
        all.map((one) => [one.operation, one.pointer || "the response", one.kind, one.emulator, one.other, where(one)]),
      );
    const skipped = [...this.#skipped.values()].map((one) => [one.scenario, one.reason, where(one)]);
    const parts = [
      `# The emulator beside ${about}`,
      this.#lines()
        .map((line) => `- ${line}`)
        .join("\n"),
      "## Differences",
      this.isDifferent ? places(this.differences) : "There are none.",
      "## Varying",
      "These depend on the data: only some elements of a list have them, in one of the two. They are no differences.",
      this.#varying.size > 0 ? places(this.varying) : "There are none.",
      "## Not replayed",
      `The scenarios use ${this.#controls} controls, which only the emulator has.`,
      skipped.length > 0 ? table(["scenario", "reason", "calls"], skipped) : "All calls were replayed.",
    ];
    return this.#safe(`${parts.join("\n\n")}\n`);
  }

  #safe(text) {
    const hidden = [...this.#secrets].reduce((left, secret) => left.replaceAll(secret, "…"), text);
    return hidden.replace(TOKEN, "…");
  }
}

function sorted(all) {
  const key = ({ operation, pointer, kind }) => `${operation} ${pointer} ${kind}`;
  return [...all.values()].toSorted((one, two) => (key(one) < key(two) ? -1 : 1));
}

function place({ operation, pointer }) {
  return pointer === "" ? operation : `${operation} ${pointer}`;
}

function both({ kind, emulator, other }) {
  return `${kind}: the emulator has ${emulator}, the other has ${other}`;
}

function where({ where }) {
  return [...where].map(([name, count]) => (count > 1 ? `${name} (${count})` : name)).join(", ");
}

function row(cells) {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
