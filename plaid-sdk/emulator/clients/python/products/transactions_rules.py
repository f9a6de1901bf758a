"""Rules: a user puts transactions into another category, and the application sees them change."""

from plaid.models import (
    ItemGetRequest,
    TransactionsRuleDetails,
    TransactionsRuleField,
    TransactionsRulesCreateRequest,
    TransactionsRulesListRequest,
    TransactionsRulesRemoveRequest,
    TransactionsRuleType,
    TransactionsSyncRequest,
    UserCreateRequest,
    UserItemsAssociateRequest,
)
from plaid_emulator import Tenant
from support import link


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    user_id = client.user_create(UserCreateRequest(client_user_id="ann")).user_id
    access_token = link(client, ["transactions"])
    item_id = client.item_get(ItemGetRequest(access_token=access_token)).item.item_id
    client.user_items_associate(UserItemsAssociateRequest(user_id=user_id, item_ids=[item_id]))
    start = client.transactions_sync(TransactionsSyncRequest(access_token=access_token, cursor="now")).next_cursor
    rule = client.transactions_rules_create(
        TransactionsRulesCreateRequest(
            client_user_id="ann",
            pfc_primary_category="ENTERTAINMENT",
            pfc_detailed_category="ENTERTAINMENT_SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS",
            rule_details=TransactionsRuleDetails(
                field=TransactionsRuleField("MERCHANT_NAME"),
                type=TransactionsRuleType("SUBSTRING_MATCH"),
                query="Touchstone",
            ),
        )
    ).rule
    assert [
        one.id for one in client.transactions_rules_list(TransactionsRulesListRequest(client_user_id="ann")).rules
    ] == [rule.id]
    changed = client.transactions_sync(
        TransactionsSyncRequest(access_token=access_token, cursor=start, count=100)
    ).modified
    assert len(changed) > 0
    assert all(row.name == "Touchstone Climbing" for row in changed)
    assert all(row.personal_finance_category.primary == "ENTERTAINMENT" for row in changed)
    client.transactions_rules_remove(TransactionsRulesRemoveRequest(client_user_id="ann", rule_id=rule.id))
    assert client.transactions_rules_list(TransactionsRulesListRequest(client_user_id="ann")).rules == []
