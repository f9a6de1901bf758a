"""Document income: a user uploads pay stubs, and Plaid looks for signs of fraud."""

from plaid.models import (
    CountryCode,
    CreditPayrollIncomeGetRequest,
    CreditPayrollIncomeRefreshRequest,
    CreditPayrollIncomeRiskSignalsGetRequest,
    IncomeVerificationDocParsingConfig,
    IncomeVerificationPayrollFlowType,
    IncomeVerificationSourceType,
    LinkTokenCreateRequest,
    LinkTokenCreateRequestIncomeVerification,
    LinkTokenCreateRequestIncomeVerificationPayrollIncome,
    LinkTokenCreateRequestUser,
    Products,
    UserCreateRequest,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    user = client.user_create(UserCreateRequest(client_user_id="ann"))
    token = client.link_token_create(
        LinkTokenCreateRequest(
            client_name="Acme",
            language="en",
            country_codes=[CountryCode("US")],
            products=[Products("income_verification")],
            user=LinkTokenCreateRequestUser(client_user_id="ann"),
            user_token=user.user_token,
            webhook=receiver.url,
            income_verification=LinkTokenCreateRequestIncomeVerification(
                income_source_types=[IncomeVerificationSourceType("payroll")],
                payroll_income=LinkTokenCreateRequestIncomeVerificationPayrollIncome(
                    flow_types=[IncomeVerificationPayrollFlowType("payroll_document_income")],
                    parsing_config=[
                        IncomeVerificationDocParsingConfig("ocr"),
                        IncomeVerificationDocParsingConfig("risk_signals"),
                    ],
                ),
            ),
        )
    ).link_token
    plaid.complete_link(token)
    done = receiver.wait("INCOME_VERIFICATION")
    assert done["verification_status"] == "VERIFICATION_STATUS_PROCESSING_COMPLETE"
    [item] = client.credit_payroll_income_get(CreditPayrollIncomeGetRequest(user_token=user.user_token)).items
    stubs = item.payroll_income[0].pay_stubs
    assert len(stubs) > 0
    assert stubs[0].document_metadata.name is not None
    receiver.wait("INCOME_VERIFICATION_RISK_SIGNALS")
    [signals] = client.credit_payroll_income_risk_signals_get(
        CreditPayrollIncomeRiskSignalsGetRequest(user_token=user.user_token)
    ).items
    assert signals.item_id == item.item_id
    # Documents stay as they were uploaded. Only a payroll is read again.
    with refused("INVALID_FIELD"):
        client.credit_payroll_income_refresh(CreditPayrollIncomeRefreshRequest(user_token=user.user_token))
