"""Plaid Check after a loan was made: its payments are reported, and the borrower's cash flow is watched."""

from datetime import date

from lending import borrower, link_for
from plaid.models import (
    AccountsGetRequest,
    CraLoanApplication,
    CraLoanApplicationDecision,
    CraLoanClosedStatus,
    CraLoanOpenedStatus,
    CraLoanPaymentSchedule,
    CraLoanRegister,
    CraLoansApplicationsRegisterRequest,
    CRALoansRegisterRequest,
    CraLoanStatus,
    CraLoanStatusHistoryUpdate,
    CraLoansUnregisterRequest,
    CraLoansUpdateRequest,
    CraLoanType,
    CraLoanUnregister,
    CraLoanUpdate,
    CraMonitoringInsightsGetRequest,
    CraMonitoringInsightsSubscribeRequest,
    CraMonitoringInsightsUnsubscribeRequest,
    MonitoringConsumerReportPermissiblePurpose,
    SandboxCraCashflowUpdatesUpdateRequest,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    user = borrower(client)
    user_id, user_token = user.user_id, user.user_token
    access_token, item_id = link_for(client, user_id)

    client.cra_loans_applications_register(
        CraLoansApplicationsRegisterRequest(
            applications=[
                CraLoanApplication(
                    user_token=user_token,
                    application_id="application-7",
                    type=CraLoanType("PERSONAL"),
                    decision=CraLoanApplicationDecision("APPROVED"),
                    application_date=date(2026, 11, 1),
                    decision_date=date(2026, 11, 2),
                )
            ]
        )
    )
    client.cra_loans_register(
        CRALoansRegisterRequest(
            loans=[
                CraLoanRegister(
                    user_token=user_token,
                    loan_id="loan-7",
                    type=CraLoanType("PERSONAL"),
                    payment_schedule=CraLoanPaymentSchedule("MONTHLY"),
                    opened_date=date(2026, 11, 3),
                    opened_with_status=CraLoanOpenedStatus(status=CraLoanStatus("CURRENT"), date=date(2026, 11, 3)),
                    loan_amount=5000.0,
                )
            ]
        )
    )
    client.cra_loans_update(
        CraLoansUpdateRequest(
            loans=[
                CraLoanUpdate(
                    loan_id="loan-7",
                    status_history=[
                        CraLoanStatusHistoryUpdate(status=CraLoanStatus("CURRENT"), date=date(2026, 11, 20))
                    ],
                )
            ]
        )
    )
    with refused("INVALID_FIELD"):
        client.cra_loans_update(
            CraLoansUpdateRequest(
                loans=[
                    CraLoanUpdate(
                        loan_id="loan-8",
                        status_history=[
                            CraLoanStatusHistoryUpdate(status=CraLoanStatus("CURRENT"), date=date(2026, 11, 20))
                        ],
                    )
                ]
            )
        )

    subscription_id = client.cra_monitoring_insights_subscribe(
        CraMonitoringInsightsSubscribeRequest(user_id=user_id, item_id=item_id, webhook=receiver.url)
    ).subscription_id
    plaid.advance(24 * 60 * 60)
    told = receiver.wait("CASH_FLOW_INSIGHTS_UPDATED", {"user_id": user_id})
    assert told["status"] == "AVAILABLE"
    insights = client.cra_monitoring_insights_get(
        CraMonitoringInsightsGetRequest(
            user_id=user_id,
            consumer_report_permissible_purpose=MonitoringConsumerReportPermissiblePurpose("ACCOUNT_REVIEW_CREDIT"),
        )
    )
    assert [item.item_id for item in insights.items] == [item_id]
    # The Sandbox makes an update at once. It notices what has come in since the last one.
    account_id = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0].account_id
    lottery = {"date": "2026-12-01", "amount": -6000, "description": "Lottery"}
    plaid.append_transactions(access_token, account_id, [lottery])
    client.sandbox_cra_cashflow_updates_update(SandboxCraCashflowUpdatesUpdateRequest(user_id=user_id))
    large = receiver.wait("CASH_FLOW_INSIGHTS_UPDATED", {"insights": ["LARGE_DEPOSIT_DETECTED"]})
    assert large["user_id"] == user_id
    client.cra_monitoring_insights_unsubscribe(CraMonitoringInsightsUnsubscribeRequest(subscription_id=subscription_id))
    with refused("INVALID_FIELD"):
        client.cra_monitoring_insights_unsubscribe(
            CraMonitoringInsightsUnsubscribeRequest(subscription_id=subscription_id)
        )
    client.cra_loans_unregister(
        CraLoansUnregisterRequest(
            loans=[
                CraLoanUnregister(
                    loan_id="loan-7",
                    closed_with_status=CraLoanClosedStatus(status=CraLoanStatus("PAID_OFF"), date=date(2026, 11, 30)),
                )
            ]
        )
    )
