"""Plaid Check's other reports: cash flow and network insights, and a verification for a mortgage."""

from lending import borrower
from plaid.models import (
    CashflowAttributesVersion,
    ConsumerReportPermissiblePurpose,
    CountryCode,
    CraCheckReportCashflowInsightsGetRequest,
    CraCheckReportCreateBaseReportOptions,
    CraCheckReportCreateCashflowInsightsOptions,
    CraCheckReportCreateNetworkInsightsOptions,
    CraCheckReportCreateRequest,
    CraCheckReportHomeLendingReportOptions,
    CraCheckReportNetworkInsightsGetRequest,
    CraCheckReportVerificationGetReportType,
    CraCheckReportVerificationGetRequest,
    CraCheckReportVerificationPdfGetRequest,
    CraCheckReportVerificationPdfReportType,
    LinkTokenCreateRequest,
    LinkTokenCreateRequestCraOptions,
    NetworkInsightsVersion,
    Products,
)
from plaid_emulator import Tenant
from support import is_pdf


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    user_id = borrower(client).user_id
    token = client.link_token_create(
        LinkTokenCreateRequest(
            client_name="Acme",
            language="en",
            country_codes=[CountryCode("US")],
            products=[Products("cra_base_report"), Products("cra_cashflow_insights"), Products("cra_network_insights")],
            user_id=user_id,
            webhook="https://example.com/webhook",
            consumer_report_permissible_purpose=ConsumerReportPermissiblePurpose("EXTENSION_OF_CREDIT"),
            cra_options=LinkTokenCreateRequestCraOptions(days_requested=365),
        )
    ).link_token
    plaid.complete_link(token)
    client.cra_check_report_create(
        CraCheckReportCreateRequest(
            user_id=user_id,
            webhook="https://example.com/webhook",
            days_requested=365,
            consumer_report_permissible_purpose=ConsumerReportPermissiblePurpose("EXTENSION_OF_CREDIT"),
            products=[Products("cra_base_report"), Products("cra_cashflow_insights"), Products("cra_network_insights")],
            cashflow_insights=CraCheckReportCreateCashflowInsightsOptions(
                attributes_version=CashflowAttributesVersion("CFI1")
            ),
            base_report=CraCheckReportCreateBaseReportOptions(
                home_lending_report_options=CraCheckReportHomeLendingReportOptions(
                    reports_requested=[CraCheckReportVerificationGetReportType("VOA")]
                )
            ),
            network_insights=CraCheckReportCreateNetworkInsightsOptions(
                network_insights_version=NetworkInsightsVersion("NI1")
            ),
        )
    )
    cashflow = client.cra_check_report_cashflow_insights_get(
        CraCheckReportCashflowInsightsGetRequest(user_id=user_id)
    ).report
    network = client.cra_check_report_network_insights_get(
        CraCheckReportNetworkInsightsGetRequest(user_id=user_id)
    ).report
    assert cashflow.report_id == network.report_id
    assert len(network.items) == 1
    # Of what came in within 30 days, 500 dollars were a refund, and the rest was interest.
    assert cashflow.attributes["cash_flow_inflow_amt_30d"] == 504.22
    verification = client.cra_check_report_verification_get(
        CraCheckReportVerificationGetRequest(
            user_id=user_id, reports_requested=[CraCheckReportVerificationGetReportType("VOA")]
        )
    ).report
    assert verification.voa is not None
    assert is_pdf(
        client.cra_check_report_verification_pdf_get(
            CraCheckReportVerificationPdfGetRequest(
                user_id=user_id, reports_requested=[CraCheckReportVerificationPdfReportType("voa")]
            )
        ).read()
    )
