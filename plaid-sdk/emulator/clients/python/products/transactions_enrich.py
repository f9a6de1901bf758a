"""Enrichment: descriptions of an application's own transactions become merchants and categories.

The scenario in Node also calls the older operation, for which the client of Python has no method.
"""

from plaid.models import (
    ClientProvidedTransaction,
    EnrichTransactionDirection,
    TransactionsEnrichRequest,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    rows = client.transactions_enrich(
        TransactionsEnrichRequest(
            account_type="credit",
            transactions=[
                ClientProvidedTransaction(
                    id="1",
                    description="UBER 072515 SF**POOL**",
                    amount=6.33,
                    direction=EnrichTransactionDirection("OUTFLOW"),
                    iso_currency_code="USD",
                ),
                ClientProvidedTransaction(
                    id="2",
                    description="ACME PAYROLL",
                    amount=900.0,
                    direction=EnrichTransactionDirection("INFLOW"),
                    iso_currency_code="USD",
                ),
            ],
        )
    ).enriched_transactions
    [ride, pay] = [row.enrichments for row in rows]
    assert (ride.merchant_name, ride.website) == ("Uber", "uber.com")
    assert ride.personal_finance_category.detailed == "TRANSPORTATION_TAXIS_AND_RIDE_SHARES"
    assert pay.personal_finance_category.primary == "INCOME"
    with refused("INVALID_FIELD"):
        client.transactions_enrich(
            TransactionsEnrichRequest(
                account_type="loan",
                transactions=[
                    ClientProvidedTransaction(
                        id="1",
                        description="Starbucks",
                        amount=4.33,
                        direction=EnrichTransactionDirection("OUTFLOW"),
                        iso_currency_code="USD",
                    )
                ],
            )
        )
