"""Auth without a login: a small deposit is on its way, and the Sandbox lets it arrive or expire."""

from plaid.models import (
    AccountBase,
    AccountsGetRequest,
    AuthGetRequest,
    ItemPublicTokenExchangeRequest,
    SandboxItemSetVerificationStatusRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_token, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    numbers = {"account": "1111222233330000", "routing": "021000021", "name": "Ann Perkins", "subtype": "checking"}

    def enter(**login: str) -> str:
        token = link_token(client, ["auth"], webhook=receiver.url)
        public_token = plaid.complete_link(token, numbers=numbers, **login)["public_token"]
        return client.item_public_token_exchange(ItemPublicTokenExchangeRequest(public_token=public_token)).access_token

    def verified(access_token: str) -> AccountBase:
        return client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0]

    def end(access_token: str, status: str) -> None:
        account_id = verified(access_token).account_id
        client.sandbox_item_set_verification_status(
            SandboxItemSetVerificationStatusRequest(
                access_token=access_token, account_id=account_id, verification_status=status
            )
        )

    # A bank whose transactions Plaid can read confirms the deposit by itself.
    access_token = enter(institution_id="ins_109512", username="microdeposits_good", password="pass_good")
    waiting = verified(access_token)
    assert waiting.verification_status == "pending_automatic_verification"
    with refused("PRODUCT_NOT_READY"):
        client.auth_get(AuthGetRequest(access_token=access_token))
    end(access_token, "automatically_verified")
    receiver.wait("AUTOMATICALLY_VERIFIED", {"account_id": waiting.account_id})
    assert verified(access_token).verification_status == "automatically_verified"
    auth = client.auth_get(AuthGetRequest(access_token=access_token))
    assert auth.numbers.ach[0].account == "1111222233330000"
    with refused("INVALID_FIELD"):
        end(access_token, "automatically_verified")

    # At another bank the user has to confirm it, and does not.
    manual = enter()
    waiting = verified(manual)
    assert waiting.verification_status == "pending_manual_verification"
    end(manual, "verification_expired")
    receiver.wait("VERIFICATION_EXPIRED", {"account_id": waiting.account_id})
    assert verified(manual).verification_status == "verification_expired"
