"""Users: what is known of a person is removed, and so are the products that are paid for."""

from plaid.models import (
    ClientUserIdentity,
    ClientUserIdentityEmail,
    ClientUserIdentityName,
    ProductsTerminateReasonCode,
    UserCreateRequest,
    UserGetRequest,
    UserIdentityRemoveRequest,
    UserProductsTerminateRequest,
)
from plaid_emulator import Tenant
from support import refused


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
    client.user_identity_remove(UserIdentityRemoveRequest(user_id=user_id))
    assert not client.user_get(UserGetRequest(user_id=user_id)).get("identity")
    client.user_products_terminate(
        UserProductsTerminateRequest(user_id=user_id, reason_code=ProductsTerminateReasonCode("CONSUMER_LOAN_PAID_OFF"))
    )
    with refused("USER_NOT_FOUND"):
        client.user_identity_remove(UserIdentityRemoveRequest(user_id="usr_11111111111111"))
