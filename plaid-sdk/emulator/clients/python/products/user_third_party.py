"""Third-party tokens: another company reads a user's report, until the token is taken back."""

from lending import borrower, link_for
from plaid.models import (
    AccountsGetRequest,
    ConsumerReportPermissiblePurpose,
    CraCheckReportBaseReportGetRequest,
    CraCheckReportCreateRequest,
    UserItemsRemoveRequest,
    UserThirdPartyTokenCreateRequest,
    UserThirdPartyTokenRemoveRequest,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    user_id = borrower(client).user_id
    access_token, item_id = link_for(client, user_id)
    client.cra_check_report_create(
        CraCheckReportCreateRequest(
            user_id=user_id,
            webhook="https://example.com/webhook",
            days_requested=90,
            consumer_report_permissible_purpose=ConsumerReportPermissiblePurpose("EXTENSION_OF_CREDIT"),
        )
    )
    token = client.user_third_party_token_create(
        UserThirdPartyTokenCreateRequest(user_id=user_id, third_party_client_id="abcdefabcdefabcdefabcdef")
    ).third_party_user_token
    report = client.cra_check_report_base_report_get(
        CraCheckReportBaseReportGetRequest(third_party_user_token=token)
    ).report
    assert report.items[0].item_id == item_id
    assert client.user_third_party_token_remove(UserThirdPartyTokenRemoveRequest(third_party_user_token=token)).removed
    with refused("INVALID_USER_TOKEN"):
        client.cra_check_report_base_report_get(CraCheckReportBaseReportGetRequest(third_party_user_token=token))
    client.user_items_remove(UserItemsRemoveRequest(user_id=user_id, item_ids=[item_id]))
    with refused("ITEM_NOT_FOUND"):
        client.accounts_get(AccountsGetRequest(access_token=access_token))
