"""Signal: the risk that a debit is returned, and what became of it."""

from plaid.models import (
    SignalDecisionReportRequest,
    SignalEvaluateRequest,
    SignalPrepareRequest,
    SignalReturnReportRequest,
)
from plaid_emulator import Tenant
from support import link_account, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["auth"])
    client.signal_prepare(SignalPrepareRequest(access_token=account["access_token"]))
    # Three amounts have scores of their own in the Sandbox.
    for [amount, score, result] in [[3.53, 10, "ACCEPT"], [12.17, 60, "REVIEW"], [27.53, 90, "REROUTE"]]:
        evaluated = client.signal_evaluate(
            SignalEvaluateRequest(**account, client_transaction_id=f"order-{score}", amount=amount)
        )
        assert evaluated.scores.bank_initiated_return_risk.score.value == score
        assert evaluated.ruleset.result.value == result

    client.signal_decision_report(SignalDecisionReportRequest(client_transaction_id="order-10", initiated=True))
    client.signal_return_report(SignalReturnReportRequest(client_transaction_id="order-10", return_code="R01"))
    with refused("CLIENT_TRANSACTION_ID_ALREADY_IN_USE"):
        client.signal_evaluate(SignalEvaluateRequest(**account, client_transaction_id="order-10", amount=5.0))
    with refused("INVALID_FIELD"):
        client.signal_return_report(SignalReturnReportRequest(client_transaction_id="unknown", return_code="R01"))
