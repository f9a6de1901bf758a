/** The program that this package carries. */
export const program: string;

/** A call or a control that was refused. */
export class EmulatorError extends Error {
  /** The status of the response. */
  readonly status: number;
  /** Its body: JSON, or text if it is none. */
  readonly body: any;
}

export interface StartOptions {
  /** What all ids are made from. */
  seed?: number;
  /** Lets the clocks of all tenants stand still at this time. */
  frozen?: string | Date;
  /** How long banks take: no time (the default), or as long as in Plaid's Sandbox. */
  pace?: "instant" | "sandbox";
  /** Further options of the program, as `plaid-emulator --help` lists them. */
  args?: string[];
  /** Another program than the one of this package. */
  program?: string;
}

/** A running emulator. */
export class Emulator implements AsyncDisposable {
  private constructor();
  /** Starts one on a free port. It ends with this process, however that ends. */
  static start(options?: StartOptions): Promise<Emulator>;
  /** One that runs already, at its address. `stop` leaves it running. */
  static at(url: string): Emulator;
  /** The base URL for clients. */
  readonly url: string;
  /** The number of its process, if this object started it and has not stopped it. */
  readonly pid: number | undefined;
  /**
   * A tenant without a past: other tenants neither see it nor are seen by it. The same name gives the same client id, and so the
   * same ids of Items and accounts. Without a name the client id is new.
   */
  tenant(name?: string): Promise<Tenant>;
  /** Stops it and waits for its end. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface LinkOptions {
  institution_id?: string;
  username?: string;
  password?: string;
  /** The masks of the accounts that the user shares. */
  accounts?: string[];
  /** An account that the user enters instead of a login. */
  numbers?: { account: string; routing: string; name?: string; subtype?: string; code?: string };
  /** The code of a micro-deposit, in update mode. */
  code?: string;
}

export interface ErrorOptions {
  error_type?: string;
  error_code?: string;
  error_message?: string;
}

/** What goes wrong: one of the effects, and for which calls. */
export interface Fault {
  error_code?: string;
  error_type?: string;
  error_message?: string;
  /** The status of a proxy's response without JSON. */
  http?: number;
  delay_ms?: number;
  /** Breaks the connection. */
  drop?: true;
  /** Breaks the connection in the middle of the body. */
  truncate?: true;
  /** The property of the response that gets a value nobody knows. */
  unknown_value?: string;
  /** The property of the response that becomes `null`. */
  null?: string;
  /** The path of the operation. Without it, all. */
  operation?: string;
  /** An Item by its id or access token. Without it, all. */
  item?: string;
  /** How many calls go well before. */
  skip?: number;
  /** How many calls it is for. Without it, all. */
  count?: number;
  /** How many of a hundred calls it is for. */
  percent?: number;
}

export interface Clock {
  now: string;
  frozen: boolean;
  /** When the next event is due. */
  next: string | null;
}

export interface Webhook {
  id: number;
  item: string | null;
  url: string | null;
  /** Its `webhook_type`. */
  kind: string;
  /** Its `webhook_code`. */
  code: string;
  made: string;
  /** The bytes that are sent and signed. */
  body: string;
  /** The body as an object. */
  payload: Record<string, any>;
  /** What became of it. */
  state: string;
  attempts: unknown[];
}

/** A client id with all that belongs to it. */
export class Tenant {
  /** The tenant of a client id, as it is. `Emulator.tenant` makes a new one. */
  constructor(url: string, clientId: string, secret?: string);
  readonly url: string;
  readonly clientId: string;
  readonly secret: string;
  /** What the constructor of `Configuration` in the package `plaid` takes. */
  configuration(): { basePath: string; baseOptions: { headers: Record<string, string> } };
  /** The environment of a program that calls Plaid: `PLAID_BASE_URL`, `PLAID_CLIENT_ID`, `PLAID_SECRET`, `PLAID_ENV`. */
  environment(): Record<string, string>;
  /** Calls an operation of the API without a client: `call("/accounts/get", { access_token })`. */
  call(path: string, body?: object): Promise<any>;
  /** Uses one of the controls that the README lists: `control("POST", "clock/advance", { seconds: 60 })`. */
  control(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<any>;
  /** Does all that a user does in Link. The answer has the `public_token`. */
  completeLink(linkToken: string, options?: LinkOptions): Promise<any>;
  /** Leaves Link as a user does. */
  exitLink(linkToken: string, options?: ErrorOptions): Promise<any>;
  clock(): Promise<Clock>;
  /** Lets the clock stand still. */
  freeze(): Promise<Clock>;
  /** Moves the clock: by seconds, to a time, or to the next event. All that becomes due on the way happens. */
  advance(far: number | Date | "next" | (string & {})): Promise<Clock>;
  /** Orders a fault and returns its number. */
  fault(fault: Fault): Promise<number>;
  clearFaults(): Promise<void>;
  /** Breaks an Item, by its id or access token. Without an error, its user has to log in again. */
  breakItem(item: string, error?: ErrorOptions): Promise<void>;
  repairItem(item: string): Promise<void>;
  /** Takes the user's permission back. */
  revokeItem(item: string): Promise<void>;
  /** Adds transactions to an account of an Item. */
  appendTransactions(item: string, account: string, transactions: object[]): Promise<any>;
  /** Lets the API send a webhook, by `/sandbox/item/fire_webhook`. */
  fireWebhook(accessToken: string, code: string, type?: string): Promise<void>;
  /** All webhooks, also those that nobody receives. */
  webhooks(): Promise<Webhook[]>;
  /** Waits for a webhook, `timeout` seconds at most. With `after`, only for one after that webhook. */
  waitForWebhook(code: string, options?: { type?: string; timeout?: number; after?: number }): Promise<Webhook>;
  /** The last 1,000 requests with their responses. */
  requests(): Promise<any[]>;
  /** Makes users and Items, or one object of each kind. */
  seed(wanted?: object): Promise<any>;
  snapshot(name: string): Promise<void>;
  restore(name: string): Promise<void>;
  /** Forgets all that the tenant has. */
  reset(): Promise<void>;
}
