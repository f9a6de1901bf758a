"""Users: what is known of a person is removed, and so are the products that are paid for."""

from lending import borrower
from plaid.models import (
    ProductsTerminateReasonCode,
    UserGetRequest,
    UserIdentityRemoveRequest,
    UserProductsTerminateRequest,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    user_id = borrower(client).user_id
    assert client.user_get(UserGetRequest(user_id=user_id)).identity.name.given_name == "Anna"
    client.user_identity_remove(UserIdentityRemoveRequest(user_id=user_id))
    assert not client.user_get(UserGetRequest(user_id=user_id)).get("identity")
    client.user_products_terminate(
        UserProductsTerminateRequest(user_id=user_id, reason_code=ProductsTerminateReasonCode("CONSUMER_LOAN_PAID_OFF"))
    )
    with refused("USER_NOT_FOUND"):
        client.user_identity_remove(UserIdentityRemoveRequest(user_id="usr_11111111111111"))
