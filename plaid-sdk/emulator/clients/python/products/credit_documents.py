"""Document income: a user uploads pay stubs, and Plaid looks for signs of fraud."""

from datetime import date

from lending import link_payroll
from plaid.models import (
    CreditBankStatementsUploadsGetRequest,
    CreditPayrollIncomeGetRequest,
    CreditPayrollIncomeParsingConfigUpdateRequest,
    CreditPayrollIncomeRefreshRequest,
    CreditPayrollIncomeRiskSignalsGetRequest,
    IncomeVerificationDocParsingConfig,
    UserCreateRequest,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    user = client.user_create(UserCreateRequest(client_user_id="ann"))
    link_payroll(plaid, client, receiver, user.user_token, "payroll_document_income", ["ocr", "risk_signals"])
    [item] = client.credit_payroll_income_get(CreditPayrollIncomeGetRequest(user_token=user.user_token)).items
    stubs = item.payroll_income[0].pay_stubs
    assert len(stubs) > 0
    assert stubs[0].document_metadata.name is not None
    receiver.wait("INCOME_VERIFICATION_RISK_SIGNALS")
    [signals] = client.credit_payroll_income_risk_signals_get(
        CreditPayrollIncomeRiskSignalsGetRequest(user_token=user.user_token)
    ).items
    assert signals.item_id == item.item_id
    # Afterwards only the figures are read.
    client.credit_payroll_income_parsing_config_update(
        CreditPayrollIncomeParsingConfigUpdateRequest(
            user_token=user.user_token, parsing_config=[IncomeVerificationDocParsingConfig("ocr")]
        )
    )
    with refused("INVALID_FIELD"):
        client.credit_payroll_income_parsing_config_update(
            CreditPayrollIncomeParsingConfigUpdateRequest(user_token=user.user_token, parsing_config=[])
        )
    [uploaded] = client.credit_bank_statements_uploads_get(
        CreditBankStatementsUploadsGetRequest(user_token=user.user_token)
    ).items
    assert uploaded.item_id == item.item_id
    [statement] = uploaded.bank_statements
    [period] = statement.bank_accounts[0].periods
    assert (period.start_date, period.end_date) == (date(2026, 10, 1), date(2026, 10, 31))
    # What goes out of an account has a positive amount.
    out = sum(row.amount for row in statement.transactions)
    assert round(period.starting_balance - out, 2) == period.ending_balance
    # Documents stay as they were uploaded. Only a payroll is read again.
    with refused("INVALID_FIELD"):
        client.credit_payroll_income_refresh(CreditPayrollIncomeRefreshRequest(user_token=user.user_token))
