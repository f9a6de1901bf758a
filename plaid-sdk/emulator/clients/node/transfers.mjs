// What the scenarios of transfers share: the debits that they order.

/** Asks whether an account can be debited, and returns the authorization. */
export async function authorize(client, account, amount, more = {}) {
  const { data: decided } = await client.transferAuthorizationCreate({
    ...account,
    type: "debit",
    network: "ach",
    ach_class: "web",
    amount,
    user: { legal_name: "Anne Charleston" },
    ...more,
  });
  return decided.authorization;
}

/** Authorizes and creates a debit, and returns the transfer. */
export async function debit(client, account, amount, more = {}) {
  const { id } = await authorize(client, account, amount, more);
  const order = { ...account, authorization_id: id, description: "order 7" };
  return (await client.transferCreate(order)).data.transfer;
}

/** A debit of Bank Transfer, the older product, without the account. */
export const BANK_DEBIT = {
  idempotency_key: "rent-1",
  type: "debit",
  network: "ach",
  amount: "12.34",
  iso_currency_code: "USD",
  description: "rent",
  ach_class: "web",
  user: { legal_name: "Anne Charleston" },
};

/** A weekly debit, which a test clock lets pass. */
export function rent(client, account, test_clock_id, end = {}) {
  return client.transferRecurringCreate({
    ...account,
    type: "debit",
    network: "ach",
    ach_class: "ppd",
    amount: "12.34",
    user: { legal_name: "Anne Charleston" },
    description: "rent",
    idempotency_key: "rent-1",
    test_clock_id,
    schedule: {
      interval_unit: "week",
      interval_count: 1,
      interval_execution_day: 2,
      start_date: "2022-11-15",
      ...end,
    },
  });
}
