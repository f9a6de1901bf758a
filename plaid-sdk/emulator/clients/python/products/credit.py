"""Bank income: the salaries that an account receives, as a report whose totals agree."""

from lending import bank_income
from plaid.models import (
    CreditBankIncomeGetRequest,
    CreditBankIncomePDFGetRequest,
)
from plaid_emulator import Tenant
from support import Receiver, is_pdf, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    user, item_id = bank_income(client, receiver)

    report = client.credit_bank_income_get(CreditBankIncomeGetRequest(user_token=user.user_token)).bank_income[0]
    assert report.days_requested == 120
    [item] = report.items
    assert (item.item_id, item.institution_name) == (item_id, "First Platypus Bank")
    salary = next(one for one in item.bank_income_sources if one.income_category.value == "SALARY")
    assert (salary.income_description, salary.pay_frequency.value) == ("Plaid Inc Direct Dep", "MONTHLY")
    months = salary.historical_summary
    assert round(sum(month.total_amounts[0].amount for month in months), 2) == salary.total_amount
    summary = report.bank_income_summary
    assert summary.income_sources_count == len(item.bank_income_sources)
    assert round(sum(source.total_amount for source in item.bank_income_sources), 2) == summary.total_amounts[0].amount
    pdf = client.credit_bank_income_pdf_get(CreditBankIncomePDFGetRequest(user_token=user.user_token)).read()
    assert is_pdf(pdf)

    with refused("INVALID_USER_TOKEN"):
        client.credit_bank_income_get(
            CreditBankIncomeGetRequest(user_token="user-sandbox-00000000-0000-0000-0000-000000000000")
        )
