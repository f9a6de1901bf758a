"""Payment profiles for Transfer (deprecated): a profile is ready once its user has been through Link."""

from plaid.models import (
    LinkTokenCreateRequestTransfer,
    PaymentProfileCreateRequest,
    PaymentProfileGetRequest,
    PaymentProfileRemoveRequest,
    SandboxPaymentProfileResetLoginRequest,
)
from plaid_emulator import Tenant
from support import link_account, link_token, refused
from transfers import authorize


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    profile = client.payment_profile_create(PaymentProfileCreateRequest()).payment_profile_token
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "PENDING"
    token = link_token(client, ["transfer"], transfer=LinkTokenCreateRequestTransfer(payment_profile_token=profile))
    with refused("INVALID_FIELD"):
        client.sandbox_payment_profile_reset_login(
            SandboxPaymentProfileResetLoginRequest(payment_profile_token=profile)
        )
    plaid.complete_link(token)
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "READY"
    account = link_account(client, ["transfer"])
    approved = authorize(client, account, "25.00", payment_profile_token=profile)
    assert approved.decision.value == "approved"
    # Whose login has ended has to be in Link again before another debit.
    reset = client.sandbox_payment_profile_reset_login(
        SandboxPaymentProfileResetLoginRequest(payment_profile_token=profile)
    )
    assert reset.reset_login
    waiting = authorize(client, account, "25.00", payment_profile_token=profile)
    assert waiting.decision.value == "user_action_required"
    assert waiting.decision_rationale.code.value == "PAYMENT_PROFILE_LOGIN_REQUIRED"
    client.payment_profile_remove(PaymentProfileRemoveRequest(payment_profile_token=profile))
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "REMOVED"
