"""Third-party tokens: another company reads a user's report, until the token is taken back."""

from datetime import date

from plaid.models import (
    AccountsGetRequest,
    ClientUserIdentity,
    ClientUserIdentityAddress,
    ClientUserIdentityEmail,
    ClientUserIdentityName,
    ClientUserIdentityPhoneNumber,
    ConsumerReportPermissiblePurpose,
    CraCheckReportBaseReportGetRequest,
    CraCheckReportCreateRequest,
    ItemGetRequest,
    UserCreateRequest,
    UserItemsAssociateRequest,
    UserItemsRemoveRequest,
    UserThirdPartyTokenCreateRequest,
    UserThirdPartyTokenRemoveRequest,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    user_id = client.user_create(
        UserCreateRequest(
            client_user_id="ann",
            identity=ClientUserIdentity(
                name=ClientUserIdentityName(given_name="Anna", family_name="Charleston"),
                date_of_birth=date(1975, 1, 18),
                emails=[ClientUserIdentityEmail(data="anna@example.com", primary=True)],
                phone_numbers=[ClientUserIdentityPhoneNumber(data="+14155550011", primary=True)],
                addresses=[
                    ClientUserIdentityAddress(
                        street_1="2493 Leisure Lane",
                        city="San Matias",
                        region="CA",
                        postal_code="93405",
                        country="US",
                        primary=True,
                    )
                ],
            ),
        )
    ).user_id
    access_token = link(client, ["transactions"])
    item_id = client.item_get(ItemGetRequest(access_token=access_token)).item.item_id
    client.user_items_associate(UserItemsAssociateRequest(user_id=user_id, item_ids=[item_id]))
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
