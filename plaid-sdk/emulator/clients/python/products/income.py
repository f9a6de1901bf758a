"""The older product for income: employers, and pay stubs of a verification."""

from plaid.models import (
    EmployersSearchRequest,
    IncomeVerificationCreateRequest,
    IncomeVerificationPaystubsGetRequest,
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
    # Nobody has been through Link for it.
    with refused("PRODUCT_NOT_READY"):
        client.income_verification_paystubs_get(
            IncomeVerificationPaystubsGetRequest(income_verification_id=verification.income_verification_id)
        )
