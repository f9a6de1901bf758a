"""Processors: whoever has the token of an account reads what the bank knows of it."""

from datetime import date

from plaid.models import (
    AccountsGetRequest,
    IdentityMatchUser,
    ProcessorAccountGetRequest,
    ProcessorApexProcessorTokenCreateRequest,
    ProcessorAuthGetRequest,
    ProcessorIdentityMatchRequest,
    ProcessorInvestmentsAuthGetRequest,
    ProcessorInvestmentsHoldingsGetRequest,
    ProcessorInvestmentsTransactionsGetRequest,
    ProcessorLiabilitiesGetRequest,
    ProcessorTokenCreateRequest,
    ProcessorTransactionsGetRequest,
    ProcessorTransactionsRecurringGetRequest,
    ProcessorTransactionsRefreshRequest,
    SandboxProcessorTokenCreateRequest,
)
from plaid_emulator import Tenant
from support import link


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    products = ["auth", "identity", "investments", "investments_auth", "liabilities", "transactions"]
    access_token = link(client, products)
    accounts = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts

    def token(subtype: str) -> str:
        account_id = next(account.account_id for account in accounts if account.subtype.value == subtype)
        return client.processor_token_create(
            ProcessorTokenCreateRequest(access_token=access_token, account_id=account_id, processor="dwolla")
        ).processor_token

    checking = token("checking")
    account = client.processor_account_get(ProcessorAccountGetRequest(processor_token=checking)).account
    assert (account.subtype.value, account.mask) == ("checking", "0000")
    rows = client.processor_transactions_get(
        ProcessorTransactionsGetRequest(
            processor_token=checking, start_date=date(2026, 11, 1), end_date=date(2026, 11, 30)
        )
    )
    assert rows.total_transactions == len(rows.transactions)
    assert all(row.account_id == account.account_id for row in rows.transactions)
    client.processor_transactions_refresh(ProcessorTransactionsRefreshRequest(processor_token=checking))
    streams = client.processor_transactions_recurring_get(
        ProcessorTransactionsRecurringGetRequest(processor_token=checking)
    )
    assert all(stream.account_id == account.account_id for stream in streams.outflow_streams)
    matched = client.processor_identity_match(
        ProcessorIdentityMatchRequest(
            processor_token=checking, user=IdentityMatchUser(legal_name="Alberta Bobbeth Charleson")
        )
    )
    assert matched.account.legal_name.score == 100

    liabilities = client.processor_liabilities_get(
        ProcessorLiabilitiesGetRequest(processor_token=token("credit card"))
    ).liabilities
    assert (len(liabilities.credit), liabilities.mortgage) == (1, None)
    invested = token("401k")
    held = client.processor_investments_holdings_get(ProcessorInvestmentsHoldingsGetRequest(processor_token=invested))
    assert all(one.account_id == held.account.account_id for one in held.holdings)
    traded = client.processor_investments_transactions_get(
        ProcessorInvestmentsTransactionsGetRequest(
            processor_token=invested, start_date=date(2026, 1, 1), end_date=date(2026, 11, 30)
        )
    )
    assert all(one.account_id == traded.account.account_id for one in traded.investment_transactions)
    numbers = client.processor_investments_auth_get(ProcessorInvestmentsAuthGetRequest(processor_token=invested))
    assert numbers.account.account_id == held.account.account_id

    other = client.processor_apex_processor_token_create(
        ProcessorApexProcessorTokenCreateRequest(access_token=access_token, account_id=account.account_id)
    )
    assert other.processor_token != checking
    seeded = client.sandbox_processor_token_create(SandboxProcessorTokenCreateRequest(institution_id="ins_109508"))
    assert (
        client.processor_auth_get(ProcessorAuthGetRequest(processor_token=seeded.processor_token)).account.mask
        == "0000"
    )
