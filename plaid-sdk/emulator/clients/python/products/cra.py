"""Plaid Check: a lender orders a consumer report about a user, and reads its parts when they are ready."""

from lending import borrower, link_for
from plaid.models import (
    AccountsGetRequest,
    ConsumerReportPermissiblePurpose,
    CraCheckReportBaseReportGetRequest,
    CraCheckReportCreateLendScoreOptions,
    CraCheckReportCreateRequest,
    CraCheckReportIncomeInsightsGetRequest,
    CraCheckReportLendScoreGetRequest,
    CraCheckReportPDFGetRequest,
    PlaidLendScoreVersion,
    Products,
)
from plaid_emulator import Tenant
from support import Receiver, is_pdf, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    user_id = borrower(client).user_id
    access_token, item_id = link_for(client, user_id)
    with refused("PRODUCT_NOT_READY"):
        client.cra_check_report_base_report_get(CraCheckReportBaseReportGetRequest(user_id=user_id))

    client.cra_check_report_create(
        CraCheckReportCreateRequest(
            user_id=user_id,
            webhook=receiver.url,
            days_requested=365,
            consumer_report_permissible_purpose=ConsumerReportPermissiblePurpose("EXTENSION_OF_CREDIT"),
            client_report_id="loan-7",
            products=[Products("cra_base_report"), Products("cra_income_insights"), Products("cra_lend_score")],
            lend_score=CraCheckReportCreateLendScoreOptions(lend_score_version=PlaidLendScoreVersion("LS1")),
        )
    )
    ready = receiver.wait("USER_CHECK_REPORT_READY", {"user_id": user_id})
    assert ready["successful_products"] == ["cra_base_report", "cra_income_insights", "cra_lend_score"]

    report = client.cra_check_report_base_report_get(CraCheckReportBaseReportGetRequest(user_id=user_id)).report
    assert (report.client_report_id, report.days_requested) == ("loan-7", 365)
    [item] = report.items
    assert (item.item_id, item.institution_name) == (item_id, "First Platypus Bank")
    accounts = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts
    assert [account.account_id for account in item.accounts] == [account.account_id for account in accounts]
    income = client.cra_check_report_income_insights_get(CraCheckReportIncomeInsightsGetRequest(user_id=user_id)).report
    assert income.report_id == report.report_id
    score = client.cra_check_report_lend_score_get(CraCheckReportLendScoreGetRequest(user_id=user_id)).report.lend_score
    assert 1 <= score.score and score.score <= 99
    pdf = client.cra_check_report_pdf_get(CraCheckReportPDFGetRequest(user_id=user_id)).read()
    assert is_pdf(pdf)

    # A report can be read for a day.
    plaid.advance(24 * 60 * 60)
    with refused("CONSUMER_REPORT_EXPIRED"):
        client.cra_check_report_base_report_get(CraCheckReportBaseReportGetRequest(user_id=user_id))
    with refused("USER_NOT_FOUND"):
        client.cra_check_report_base_report_get(CraCheckReportBaseReportGetRequest(user_id="usr_unknown"))
