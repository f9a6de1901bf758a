"""Bank income: employers, a newer report, and webhooks about sources that come later."""

from lending import bank_income
from plaid.models import (
    CreditBankEmploymentGetRequest,
    CreditBankIncomeGetRequest,
    CreditBankIncomeGetRequestOptions,
    CreditBankIncomeRefreshRequest,
    CreditBankIncomeRefreshRequestOptions,
    CreditBankIncomeWebhookUpdateRequest,
    SandboxBankIncomeFireWebhookRequest,
    SandboxBankIncomeWebhookFireRequestWebhookCode,
    SandboxBankIncomeWebhookFireRequestWebhookFields,
    SandboxIncomeFireWebhookRequest,
    SandboxIncomeWebhookFireRequestWebhookCode,
)
from plaid_emulator import Tenant
from support import Receiver


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    user, item_id = bank_income(client, receiver)
    user_token = user.user_token
    jobs = client.credit_bank_employment_get(
        CreditBankEmploymentGetRequest(user_token=user_token)
    ).bank_employment_reports[0]
    assert jobs.items[0].bank_employments[0].employer.name == "Plaid Inc"

    client.credit_bank_income_refresh(
        CreditBankIncomeRefreshRequest(
            user_token=user_token, options=CreditBankIncomeRefreshRequestOptions(days_requested=60)
        )
    )
    assert receiver.wait("BANK_INCOME_REFRESH_COMPLETE")["result"] == "SUCCESS"
    reports = client.credit_bank_income_get(
        CreditBankIncomeGetRequest(user_token=user_token, options=CreditBankIncomeGetRequestOptions(count=2))
    ).bank_income
    assert [report.days_requested for report in reports] == [60, 120]
    client.credit_bank_income_webhook_update(
        CreditBankIncomeWebhookUpdateRequest(user_token=user_token, enable_webhooks=True)
    )
    client.sandbox_bank_income_fire_webhook(
        SandboxBankIncomeFireWebhookRequest(
            webhook_code=SandboxBankIncomeWebhookFireRequestWebhookCode("BANK_INCOME_REFRESH_UPDATE"),
            webhook_fields=SandboxBankIncomeWebhookFireRequestWebhookFields(user_id=user.user_id),
        )
    )
    assert receiver.wait("BANK_INCOME_REFRESH_UPDATE")["user_id"] == user.user_id
    client.sandbox_income_fire_webhook(
        SandboxIncomeFireWebhookRequest(
            item_id=item_id,
            webhook=receiver.url,
            webhook_code=SandboxIncomeWebhookFireRequestWebhookCode("INCOME_VERIFICATION"),
            verification_status="VERIFICATION_STATUS_PROCESSING_COMPLETE",
        )
    )
    assert receiver.wait("INCOME_VERIFICATION", {"item_id": item_id})["webhook_type"] == "INCOME"
