"""Users: one person with several banks, who is renamed, logs out and leaves."""

from plaid.models import (
    AccountsGetRequest,
    ClientUserIdentity,
    ClientUserIdentityEmail,
    ClientUserIdentityName,
    ItemGetRequest,
    SandboxUserResetLoginRequest,
    UserCreateRequest,
    UserGetRequest,
    UserItemsAssociateRequest,
    UserItemsGetRequest,
    UserRemoveRequest,
    UserTransactionsRefreshRequest,
    UserUpdateRequest,
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
                emails=[ClientUserIdentityEmail(data="anna@example.com", primary=True)],
            ),
        )
    ).user_id
    # The same name is the same user.
    assert client.user_create(UserCreateRequest(client_user_id="ann")).user_id == user_id
    client.user_update(
        UserUpdateRequest(
            user_id=user_id,
            identity=ClientUserIdentity(emails=[ClientUserIdentityEmail(data="new@example.com", primary=True)]),
        )
    )
    user = client.user_get(UserGetRequest(user_id=user_id))
    assert (user.client_user_id, user.identity.emails[0].data, user.identity.name.given_name) == (
        "ann",
        "new@example.com",
        "Anna",
    )

    access_tokens = [link(client, ["transactions"]), link(client, ["transactions"], institution_id="ins_109509")]
    item_ids = [client.item_get(ItemGetRequest(access_token=token)).item.item_id for token in access_tokens]
    client.user_items_associate(UserItemsAssociateRequest(user_id=user_id, item_ids=item_ids))
    items = client.user_items_get(UserItemsGetRequest(user_id=user_id)).items
    assert sorted(item.item_id for item in items) == sorted(item_ids)
    client.sandbox_user_reset_login(SandboxUserResetLoginRequest(user_id=user_id))
    refreshed = client.user_transactions_refresh(UserTransactionsRefreshRequest(user_id=user_id))
    assert [result.error.error_code for result in refreshed.results] == ["ITEM_LOGIN_REQUIRED", "ITEM_LOGIN_REQUIRED"]

    client.user_remove(UserRemoveRequest(user_id=user_id))
    with refused("USER_NOT_FOUND"):
        client.user_get(UserGetRequest(user_id=user_id))
    with refused("ITEM_NOT_FOUND"):
        client.accounts_get(AccountsGetRequest(access_token=access_tokens[0]))
