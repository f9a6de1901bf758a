// Ranks the entries of an exported index as the catalog does in Rust (codegen/tools/src/search). It needs no page.

/**
 * @typedef {{ operation?: { id: string, method: string, path: string, name?: string },
 *   property?: { name: string, places: string[], owners?: string[], names?: string[], count: number },
 *   webhook?: { kind: string, code: string }, error_code?: { code: string }, about?: string, weight?: number }} Entry
 * @typedef {{ entries: Entry[], words: Record<string, number[]>, synonyms: Record<string, string[]> }} Data
 * @typedef {{ entry: Entry, place: string | undefined }} Hit
 */

const NAME = 100;
const KEYWORD = 90;
const FORM = 0.95;
const BEGINNING = 0.6;
const SYNONYM = 0.8;
const WHOLE_NAME = 0.5;

const SILENT = new Set(
  ("a about all an and any are as at be by can do does for from has have how i if in into is it its many may me my not of on or so " +
    "than that the their them then there these they this to was what when where which who why will with you your").split(" "),
);

/** The words of a text. Names are cut where a capital follows a small letter. @param {string} text */
export function words(text) {
  const spaced = text.replace(/(?<=[\p{Ll}0-9])(?=\p{Lu})/gu, " ").replace(/'/g, "");
  return [...(spaced.toLowerCase().match(/[\p{Alphabetic}\p{N}]+/gu) ?? [])];
}

/** A word without the ending of its plural or of its past. @param {string} word */
export function stem(word) {
  /** @param {string} text @param {string} end @param {number} least */
  const cut = (text, end, least) =>
    text.endsWith(end) && text.length - end.length >= least ? text.slice(0, -end.length) : undefined;
  const ies = cut(word, "ies", 3);
  if (ies !== undefined) return ies;
  if (/(ss|us|is)$/.test(word)) return word;
  const one = cut(word, "s", 3) ?? word;
  return cut(one, "ed", 4) ?? cut(one, "e", 3) ?? cut(one, "y", 3) ?? one;
}

/** The letters and digits of a name. @param {string} name */
const folded = (name) => (name.match(/[\p{Alphabetic}\p{N}]/gu) ?? []).join("").toLowerCase();

/** How many letters must be inserted, removed, replaced or swapped. @param {string} a @param {string} b */
function distance(a, b) {
  /** @type {number[]} */
  let before = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      let least = Math.min(above[j] + (a[i] === b[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1);
      if (i > 0 && j > 0 && a[i - 1] === b[j] && a[i] === b[j - 1]) least = Math.min(least, before[j - 1] + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

/** @param {Entry} entry @returns {string[]} */
function names({ operation, property, webhook, error_code: error }) {
  if (operation) return [operation.id, operation.path, `${operation.method} ${operation.path}`, operation.name ?? ""];
  if (property) return [property.name];
  if (webhook) return [`${webhook.kind}: ${webhook.code}`, webhook.code];
  return error ? [error.code] : [];
}

/** The place of a property that a query names. @param {Entry} entry @param {string} query */
function named(entry, query) {
  if (!entry.property || !query.includes(".")) return undefined;
  const end = `.${query.replaceAll("[]", "")}`;
  const { places, owners = [] } = entry.property;
  const owner = query.slice(0, query.lastIndexOf("."));
  return places.find((place) => `.${(place.split(" ").pop() ?? "").replaceAll("[]", "")}`.endsWith(end)) ?? places[owners.indexOf(owner)];
}

/** An index that can be searched. */
export class Index {
  /** @param {Data} data */
  constructor({ entries, words: lists, synonyms }) {
    this.entries = entries;
    this.lists = new Map(Object.entries(lists));
    this.synonyms = new Map(Object.entries(synonyms));
    this.sorted = [...this.lists.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    /** @type {Map<string, string[]>} */
    this.forms = new Map();
    /** How many telling words the name of each entry has. */
    this.lengths = entries.map(() => 0);
    /** @type {Map<string, number>} How many entries have a word in their name or as a keyword. */
    this.common = new Map();
    for (const [word, list] of this.lists) {
      push(this.forms, stem(word), word);
      for (let at = 0; at < list.length; at += 2) {
        if (list[at + 1] === NAME && !SILENT.has(word)) this.lengths[list[at]] += 1;
        if (list[at + 1] >= KEYWORD) this.common.set(word, (this.common.get(word) ?? 0) + 1);
      }
    }
    /** @type {Map<string, number[]>} */
    this.exact = new Map();
    /** @type {Map<string, number[]>} */
    this.folded = new Map();
    entries.forEach((entry, index) => {
      for (const name of names(entry)) {
        if (!name) continue;
        push(this.exact, name.toLowerCase(), index);
        push(this.folded, folded(name), index);
      }
    });
  }

  /** The entries that a query means, the best first. @param {string} text @param {number} limit @returns {Hit[]} */
  search(text, limit) {
    const query = text.trim();
    const exact = this.named(query);
    const rest = this.rank(query, exact.length > 0).filter((index) => !exact.includes(index));
    return [...exact, ...rest].slice(0, limit).map((index) => {
      const entry = this.entries[index];
      return { entry, place: named(entry, query) };
    });
  }

  /** The entries with this name. @param {string} query */
  named(query) {
    const small = query.toLowerCase();
    const found = new Set(this.exact.get(small) ?? []);
    if (small.includes(".") && !/\s/.test(small)) {
      const last = small.slice(small.lastIndexOf(".") + 1);
      for (const index of this.exact.get(last) ?? []) if (named(this.entries[index], query)) found.add(index);
    }
    for (const index of this.folded.get(folded(query)) ?? []) found.add(index);
    const isWord = /^[\p{Alphabetic}\p{N}\s]*$/u.test(query);
    return [...found].filter((index) => !(isWord && this.entries[index].property));
  }

  /** @param {string} query @param {boolean} isKnown */
  rank(query, isKnown) {
    let asked = words(query);
    if (asked.some((word) => !SILENT.has(word))) asked = asked.filter((word) => !SILENT.has(word));
    asked = asked.filter((word, index) => word !== asked[index - 1]);
    const found = this.scored(asked);
    if (found.length || isKnown) return found;
    const corrected = asked.map((word) => this.correct(word));
    return corrected.every((word, index) => word === asked[index]) ? [] : this.scored(corrected);
  }

  /** @param {string[]} asked */
  scored(asked) {
    /** @type {Map<number, { words: number, sum: number, inName: number }>} */
    const scores = new Map();
    for (const word of asked) {
      for (const [entry, [value, inName]] of this.matches(word)) {
        const score = scores.get(entry) ?? { words: 0, sum: 0, inName: 0 };
        scores.set(entry, { words: score.words + 1, sum: score.sum + value, inName: score.inName + (inName ? 1 : 0) });
      }
    }
    const most = Math.max(0, ...[...scores.values()].map((score) => score.words));
    if (most * 2 < asked.length) return [];
    const total = (/** @type {number} */ entry, /** @type {{ sum: number, inName: number }} */ { sum, inName }) => {
      const length = Math.max(1, this.lengths[entry]);
      return sum * (this.entries[entry].weight ?? 0) * (1 + (WHOLE_NAME * Math.min(inName, length)) / length);
    };
    return [...scores]
      .filter(([, score]) => score.words === most)
      .map(([entry, score]) => /** @type {const} */ ([total(entry, score), entry]))
      .sort((a, b) => b[0] - a[0] || a[1] - b[1])
      .map(([, entry]) => entry);
  }

  /** The entries that have a word, or one that it may mean. @param {string} word */
  matches(word) {
    /** @type {Map<number, [number, boolean]>} */
    const found = new Map();
    /** @param {string} known @param {number} share */
    const add = (known, share) => {
      const list = this.lists.get(known) ?? [];
      const rarity = Math.log(1 + this.entries.length / Math.max(1, list.length / 2));
      for (let at = 0; at < list.length; at += 2) {
        const [value, inName] = found.get(list[at]) ?? [0, false];
        found.set(list[at], [Math.max(value, list[at + 1] * share * rarity), inName || list[at + 1] === NAME]);
      }
    };
    /** @param {string} of @param {number} share */
    const forms = (of, share) => {
      for (const form of this.forms.get(stem(of)) ?? []) if (form !== of) add(form, share);
    };
    add(word, 1);
    forms(word, FORM);
    for (const synonym of this.synonyms.get(word) ?? []) {
      add(synonym, SYNONYM);
      forms(synonym, SYNONYM * FORM);
    }
    if ([...word].length >= 2) {
      for (let at = this.after(word); this.sorted[at]?.startsWith(word); at += 1) {
        add(this.sorted[at], (BEGINNING * word.length) / this.sorted[at].length);
      }
    }
    return found;
  }

  /** The position of the first word behind this one. @param {string} word */
  after(word) {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] <= word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The known word that is closest. @param {string} word */
  correct(word) {
    const allowed = word.length < 4 || word.length > 32 ? 0 : word.length < 6 ? 1 : 2;
    let best = { word, distance: allowed + 1, count: 0 };
    if (!allowed) return word;
    for (const known of [...this.common.keys()].sort()) {
      if (Math.abs(known.length - word.length) > allowed) continue;
      const far = distance(word, known);
      const count = this.common.get(known) ?? 0;
      if (far < best.distance || (far === best.distance && far <= allowed && count > best.count)) {
        best = { word: known, distance: far, count };
      }
    }
    return best.word;
  }
}

/** @template V @param {Map<string, V[]>} map @param {string} key @param {V} value */
function push(map, key, value) {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

/** The name of an operation in addresses. @param {string} id */
const method = (id) => id.replace(/(?<=.)[A-Z]/g, "_$&").toLowerCase();

/** The search over a file that an export contains. @param {{ names: Record<string, string>, owners: Record<string, string[]>, index: Data }} file */
export function over({ names, owners, index }) {
  const name = (/** @type {string} */ id) => names[id] ?? method(id);
  for (const { operation, property } of index.entries) {
    if (operation) operation.name = name(operation.id);
    if (property) property.owners = owners[property.name];
  }
  const made = new Index(index);
  return (/** @type {string} */ query) => {
    const hits = made.search(query, 14);
    return hits.map(({ entry, place }) => {
      if (!entry.property) return entry;
      const shown = place ?? entry.property.places[0] ?? "";
      return { ...entry, property: { ...entry.property, places: [shown], names: [name(shown.split(" ")[0] ?? "")] } };
    });
  };
}
