"""The older product for income: employers, and whether a payroll can be linked."""

from plaid.models import (
    EmployersSearchRequest,
    IncomeVerificationCreateRequest,
    IncomeVerificationPrecheckEmployer,
    IncomeVerificationPrecheckRequest,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    employers = client.employers_search(EmployersSearchRequest(query="Platypus", products=["deposit_switch"])).employers
    assert len(employers) > 0
    precheck = client.income_verification_precheck(
        IncomeVerificationPrecheckRequest(employer=IncomeVerificationPrecheckEmployer(name="employer_good"))
    )
    assert precheck.confidence.value == "HIGH"
    verification = client.income_verification_create(
        IncomeVerificationCreateRequest(webhook="https://example.com/webhook", precheck_id=precheck.precheck_id)
    )
    assert verification.income_verification_id != precheck.precheck_id
    with refused("INVALID_FIELD"):
        client.income_verification_create(
            IncomeVerificationCreateRequest(webhook="https://example.com/webhook", precheck_id="nothing")
        )
