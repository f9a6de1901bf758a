"""Payroll income and employment: a user logs in to a payroll, or uploads pay stubs."""

from lending import link_payroll
from plaid.models import (
    CreditEmploymentGetRequest,
    CreditPayrollIncomeGetRequest,
    CreditPayrollIncomePrecheckRequest,
    CreditPayrollIncomeRefreshRequest,
    CreditSessionsGetRequest,
    IncomeVerificationPrecheckEmployer,
    UserCreateRequest,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    user = client.user_create(UserCreateRequest(client_user_id="ann"))
    with refused("INCOME_VERIFICATION_NOT_FOUND"):
        client.credit_payroll_income_get(CreditPayrollIncomeGetRequest(user_token=user.user_token))
    done = link_payroll(plaid, client, receiver, user.user_token, "payroll_digital_income")

    [item] = client.credit_payroll_income_get(CreditPayrollIncomeGetRequest(user_token=user.user_token)).items
    assert (item.item_id, item.status.processing_status) == (done["item_id"], "PROCESSING_COMPLETE")
    stubs = item.payroll_income[0].pay_stubs
    assert len(stubs) == 2
    latest = stubs[0]
    assert latest.employer.name == "Platypus Industries"
    # What is paid out is what was earned without what was taken off.
    assert (
        round(latest.earnings.total.current_amount - latest.deductions.total.current_amount, 2)
        == latest.net_pay.current_amount
    )
    [job] = client.credit_employment_get(CreditEmploymentGetRequest(user_token=user.user_token)).items[0].employments
    assert (job.employer.name, job.status) == ("Platypus Industries", "ACTIVE")

    # A session of the user says how it went.
    [session] = client.credit_sessions_get(CreditSessionsGetRequest(user_token=user.user_token)).sessions
    [added] = session.results.payroll_income_results
    assert (added.num_paystubs_retrieved, added.institution_id) == (2, "ins_109508")
    precheck = client.credit_payroll_income_precheck(
        CreditPayrollIncomePrecheckRequest(
            user_token=user.user_token, employer=IncomeVerificationPrecheckEmployer(name="employer_good")
        )
    )
    assert precheck.confidence.value == "HIGH"

    # Two weeks later there is another pay stub.
    def refresh() -> str:
        return client.credit_payroll_income_refresh(
            CreditPayrollIncomeRefreshRequest(user_token=user.user_token)
        ).verification_refresh_status

    assert refresh() == "NOT_FOUND"
    plaid.advance(14 * 24 * 60 * 60)
    assert refresh() == "SUCCESSFUL"
    [later] = client.credit_payroll_income_get(CreditPayrollIncomeGetRequest(user_token=user.user_token)).items
    newest = later.payroll_income[0].pay_stubs[0]
    assert newest.pay_period_details.pay_date > latest.pay_period_details.pay_date
