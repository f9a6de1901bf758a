"""Goes through the common flow with Plaid's client. Usage: python_flow.py URL [CLIENT_ID]

Without a client id, no credentials are sent.
"""

import sys

import plaid
from plaid.api import plaid_api
from plaid.model.accounts_get_request import AccountsGetRequest
from plaid.model.country_code import CountryCode
from plaid.model.item_public_token_exchange_request import ItemPublicTokenExchangeRequest
from plaid.model.item_remove_request import ItemRemoveRequest
from plaid.model.link_token_create_request import LinkTokenCreateRequest
from plaid.model.link_token_create_request_user import LinkTokenCreateRequestUser
from plaid.model.products import Products
from plaid.model.sandbox_public_token_create_request import SandboxPublicTokenCreateRequest
from plaid.model.transactions_sync_request import TransactionsSyncRequest

url, *client_id = sys.argv[1:]
keys = {"clientId": client_id[0], "secret": "secret"} if client_id else {}
configuration = plaid.Configuration(host=url, api_key=keys)
client = plaid_api.PlaidApi(plaid.ApiClient(configuration))

link = client.link_token_create(
    LinkTokenCreateRequest(
        client_name="Acme",
        language="en",
        country_codes=[CountryCode("US")],
        products=[Products("transactions")],
        user=LinkTokenCreateRequestUser(client_user_id="user-1"),
    )
)
assert link.link_token.startswith("link-sandbox-"), link
public = client.sandbox_public_token_create(
    SandboxPublicTokenCreateRequest(institution_id="ins_109508", initial_products=[Products("transactions")])
)
item = client.item_public_token_exchange(ItemPublicTokenExchangeRequest(public_token=public.public_token))
accounts = client.accounts_get(AccountsGetRequest(access_token=item.access_token))
assert len(accounts.accounts) == 14, len(accounts.accounts)

added, cursor = [], ""
while True:
    page = client.transactions_sync(TransactionsSyncRequest(access_token=item.access_token, cursor=cursor, count=20))
    added += page.added
    cursor = page.next_cursor
    if not page.has_more:
        break
assert len(added) >= 45, len(added)
assert len({transaction.transaction_id for transaction in added}) == len(added)

client.item_remove(ItemRemoveRequest(access_token=item.access_token))
try:
    client.accounts_get(AccountsGetRequest(access_token=item.access_token))
    raise AssertionError("a removed Item has accounts")
except plaid.ApiException as error:
    assert error.status == 400 and "ITEM_NOT_FOUND" in error.body, error
print(f"the client read 14 accounts and {len(added)} transactions, and removed the Item")
