"""The older product for income: what a user's payroll has, by the verification or by the Item."""

from plaid.models import (
    EmploymentVerificationGetRequest,
    IncomeVerificationCreateRequest,
    IncomeVerificationDocumentsDownloadRequest,
    IncomeVerificationPaystubsGetRequest,
    IncomeVerificationSourceType,
    IncomeVerificationTaxformsGetRequest,
    ItemPublicTokenExchangeRequest,
    LinkTokenCreateRequestIncomeVerification,
    UserCreateRequest,
)
from plaid_emulator import Tenant
from support import link_token, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    user_token = client.user_create(UserCreateRequest(client_user_id="ann")).user_token
    verification = client.income_verification_create(
        IncomeVerificationCreateRequest(webhook="https://example.com/webhook")
    )
    verification_id = verification.income_verification_id
    # Nobody has been through Link for it.
    with refused("PRODUCT_NOT_READY"):
        client.income_verification_paystubs_get(
            IncomeVerificationPaystubsGetRequest(income_verification_id=verification_id)
        )
    token = link_token(
        client,
        ["income_verification"],
        user_token=user_token,
        income_verification=LinkTokenCreateRequestIncomeVerification(
            income_source_types=[IncomeVerificationSourceType("payroll")], income_verification_id=verification_id
        ),
    )
    public_token = plaid.complete_link(token)["public_token"]
    access_token = client.item_public_token_exchange(
        ItemPublicTokenExchangeRequest(public_token=public_token)
    ).access_token

    found = client.income_verification_paystubs_get(
        IncomeVerificationPaystubsGetRequest(income_verification_id=verification_id)
    )
    same = client.income_verification_paystubs_get(IncomeVerificationPaystubsGetRequest(access_token=access_token))
    assert [one.doc_id for one in same.paystubs] == [one.doc_id for one in found.paystubs]
    stub = found.paystubs[0]
    assert stub.doc_id == found.document_metadata[0].doc_id
    assert stub.employer.name == "Platypus Industries"
    period = stub.pay_period_details
    assert period.pay_frequency.value == "PAY_FREQUENCY_BIWEEKLY"
    assert period.check_amount == stub.net_pay.current_amount
    [form] = client.income_verification_taxforms_get(
        IncomeVerificationTaxformsGetRequest(access_token=access_token)
    ).taxforms
    assert (form.document_type, form.w2.tax_year) == ("w2", "2025")
    [job] = client.employment_verification_get(EmploymentVerificationGetRequest(access_token=access_token)).employments
    assert (job.employer.name, job.status.value) == ("Platypus Industries", "EMPLOYMENT_STATUS_ACTIVE")

    # All documents come in one archive: two pay stubs and a tax form.
    def archive(**wanted: str) -> bytes:
        request = IncomeVerificationDocumentsDownloadRequest(access_token=access_token, **wanted)
        return client.income_verification_documents_download(request).read()

    files, one = archive(), archive(document_id=stub.doc_id)
    assert files.startswith(b"PK")
    assert (files.count(b"%PDF-"), one.count(b"%PDF-")) == (3, 1)
    with refused("INCOME_VERIFICATION_DOCUMENT_NOT_FOUND"):
        archive(document_id="nothing")
