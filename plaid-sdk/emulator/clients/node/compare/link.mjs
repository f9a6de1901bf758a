// Link on another Plaid: nobody goes through it there, so its Sandbox makes the Item at once.

/** What Link asks for by default in the emulator. */
const INSTITUTION = "ins_109508";

/** Properties of a Link token whose value the Sandbox takes as they are. */
const USER = ["user_id", "user_token"];
const OPTIONS = ["webhook", "statements", "transactions", "income_verification"];

/** What a person enters in Link that the Sandbox can be told. It shares all accounts. */
const ENTERED = new Set(["link_token", "institution_id", "username", "password", "accounts"]);

/**
 * The body of `/sandbox/public_token/create` for a Link session: `token` is the body of `/link/token/create`, and `entered` that
 * of the control. It is `undefined` if the session was one of update mode, or had more than a login.
 */
export function withoutLink(token, entered) {
  const isMore = Object.keys(entered).some((name) => !ENTERED.has(name));
  if (isMore || token.access_token !== undefined || !token.products?.length) return undefined;
  const login = { override_username: entered.username, override_password: entered.password };
  return {
    institution_id: entered.institution_id ?? INSTITUTION,
    initial_products: token.products,
    ...picked(token, USER),
    options: { ...login, ...picked(token, OPTIONS) },
  };
}

/** The values of a plan's step for `/link/token/create` that the Item of `withoutLink` belongs to as well. */
export function shared(step) {
  const parts = USER.map((name) => step.parts.get(`/body/${name}`));
  return new Set(parts.filter((part) => part?.isMade).map((part) => part.value));
}

function picked(value, names) {
  const has = names.filter((name) => value[name] !== undefined);
  return Object.fromEntries(has.map((name) => [name, value[name]]));
}
