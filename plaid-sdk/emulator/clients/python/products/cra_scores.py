"""Scores of Plaid Check: those of partners, and one file with scores and attributes for a credit decision."""

from lending import borrower, link_for
from plaid.models import (
    AccountsGetRequest,
    ConsumerReportPDFGetRequest,
    ConsumerReportPermissiblePurpose,
    CraCheckReportCreateLendScoreOptions,
    CraCheckReportCreatePartnerInsightsOptions,
    CraCheckReportCreateRequest,
    CraCheckReportLendScoreGetRequest,
    CraCheckReportPartnerInsightsGetRequest,
    CraCreditProfileInquiryType,
    CraCreditProfileReportGetRequest,
    CraCreditProfileReportGetResponse,
    CraCreditProfileReportType,
    CraCreditProfileReportVersion,
    CraPartnerInsightsGetRequest,
    PlaidLendScoreVersion,
    PrismCashScoreVersion,
    PrismDetectVersion,
    PrismVersions,
    Products,
)
from plaid_emulator import Tenant
from support import is_pdf, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    user = borrower(client)
    user_id, user_token = user.user_id, user.user_token
    access_token, item_id = link_for(client, user_id)
    client.cra_check_report_create(
        CraCheckReportCreateRequest(
            user_id=user_id,
            webhook="https://example.com/webhook",
            days_requested=365,
            consumer_report_permissible_purpose=ConsumerReportPermissiblePurpose("EXTENSION_OF_CREDIT"),
            client_report_id="loan-7",
            products=[Products("cra_base_report"), Products("cra_lend_score"), Products("cra_partner_insights")],
            lend_score=CraCheckReportCreateLendScoreOptions(lend_score_version=PlaidLendScoreVersion("LS1")),
            partner_insights=CraCheckReportCreatePartnerInsightsOptions(
                prism_versions=PrismVersions(cashscore=PrismCashScoreVersion("4"), detect=PrismDetectVersion("4"))
            ),
        )
    )

    partners = client.cra_check_report_partner_insights_get(
        CraCheckReportPartnerInsightsGetRequest(user_id=user_id)
    ).report
    assert (partners.client_report_id, partners.items[0].item_id) == ("loan-7", item_id)
    assert partners.prism.status == "SUCCESS"
    # First Detect is always there, Detect and Extend only if they were asked for.
    models = {name: partners.prism[name].model_version for name in ("cash_score", "detect", "first_detect")}
    assert models == {"cash_score": "4", "detect": "4", "first_detect": "3"}
    assert "extend" not in partners.prism
    [older] = client.cra_partner_insights_get(CraPartnerInsightsGetRequest(user_token=user_token)).report
    assert (older.report_id, older.prism.cash_score.score) == (partners.report_id, partners.prism.cash_score.score)

    def credit_profile(client_report_id: str) -> CraCreditProfileReportGetResponse:
        return client.cra_credit_profile_report_get(
            CraCreditProfileReportGetRequest(
                user_id=user_id,
                consumer_report_permissible_purpose=ConsumerReportPermissiblePurpose("EXTENSION_OF_CREDIT"),
                client_report_id=client_report_id,
                report_type=CraCreditProfileReportType("QUALIFY"),
                inquiry_type=CraCreditProfileInquiryType("SOFT_INQUIRY"),
                version=CraCreditProfileReportVersion("v1"),
            )
        )

    profile = credit_profile("decision-7").report
    assert (profile.client_report_id, profile.inquiry_type.value) == ("decision-7", "SOFT_INQUIRY")
    score = client.cra_check_report_lend_score_get(
        CraCheckReportLendScoreGetRequest(user_id=user_id)
    ).report.lend_score.score
    assert [one.score for one in profile.lend_scores] == [score]
    accounts = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts
    assert profile.metadata.account_count == len(accounts)
    with refused("INVALID_FIELD"):
        credit_profile("")

    assert is_pdf(client.consumer_report_pdf_get(ConsumerReportPDFGetRequest(user_token=user_token)).read())
