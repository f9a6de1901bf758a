"""What transactions tell of a user: a summary of all Items, which are refreshed together."""

from plaid.models import (
    ItemPublicTokenExchangeRequest,
    Products,
    SandboxPublicTokenCreateRequest,
    TransactionsUserInsightsGetRequest,
    UserCreateRequest,
    UserFinancialDataRefreshRequest,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    assert len(client.categories_get({}).categories) > 100
    user = client.user_create(UserCreateRequest(client_user_id="ann"))
    public_token = client.sandbox_public_token_create(
        SandboxPublicTokenCreateRequest(
            institution_id="ins_109508", initial_products=[Products("transactions")], user_token=user.user_token
        )
    ).public_token
    client.item_public_token_exchange(ItemPublicTokenExchangeRequest(public_token=public_token))
    insights = client.transactions_user_insights_get(TransactionsUserInsightsGetRequest(client_user_id="ann"))
    assert insights.user_data_overview.transaction_count > 20
    assert len(client.user_financial_data_refresh(UserFinancialDataRefreshRequest(user_id=user.user_id)).results) == 1
    with refused("USER_NOT_FOUND"):
        client.transactions_user_insights_get(TransactionsUserInsightsGetRequest(client_user_id="nobody"))
