"""Processors: risks of debits, and a debit of an older product."""

from plaid.models import (
    ProcessorBankTransferCreateRequest,
    ProcessorSignalDecisionReportRequest,
    ProcessorSignalEvaluateRequest,
    ProcessorSignalPrepareRequest,
    ProcessorSignalReturnReportRequest,
    ProcessorTokenCreateRequest,
)
from plaid_emulator import Tenant
from support import link_account, refused
from transfers import bank_debit


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["auth", "signal"])
    token = client.processor_token_create(ProcessorTokenCreateRequest(**account, processor="dwolla")).processor_token
    client.processor_signal_prepare(ProcessorSignalPrepareRequest(processor_token=token))
    client.processor_signal_evaluate(
        ProcessorSignalEvaluateRequest(processor_token=token, client_transaction_id="order-7", amount=12.17)
    )
    client.processor_signal_decision_report(
        ProcessorSignalDecisionReportRequest(processor_token=token, client_transaction_id="order-7", initiated=True)
    )
    client.processor_signal_return_report(
        ProcessorSignalReturnReportRequest(processor_token=token, client_transaction_id="order-7", return_code="R01")
    )
    with refused("INVALID_FIELD"):
        client.processor_signal_decision_report(
            ProcessorSignalDecisionReportRequest(processor_token=token, client_transaction_id="nobody", initiated=True)
        )

    request = ProcessorBankTransferCreateRequest(processor_token=token, **bank_debit())
    bank_transfer = client.processor_bank_transfer_create(request).bank_transfer
    assert (bank_transfer.status.value, bank_transfer.account_id) == ("pending", account["account_id"])
