"""Processors: risks of debits, and a debit of an older product."""

from plaid.models import (
    AccountsGetRequest,
    ACHClass,
    BankTransferIdempotencyKey,
    BankTransferNetwork,
    BankTransferType,
    BankTransferUser,
    ProcessorBankTransferCreateRequest,
    ProcessorSignalDecisionReportRequest,
    ProcessorSignalEvaluateRequest,
    ProcessorSignalPrepareRequest,
    ProcessorSignalReturnReportRequest,
    ProcessorTokenCreateRequest,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["auth", "signal"])
    account_id = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0].account_id
    token = client.processor_token_create(
        ProcessorTokenCreateRequest(access_token=access_token, account_id=account_id, processor="dwolla")
    ).processor_token
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

    bank_transfer = client.processor_bank_transfer_create(
        ProcessorBankTransferCreateRequest(
            processor_token=token,
            idempotency_key=BankTransferIdempotencyKey("rent-1"),
            type=BankTransferType("debit"),
            network=BankTransferNetwork("ach"),
            amount="12.34",
            iso_currency_code="USD",
            description="rent",
            ach_class=ACHClass("web"),
            user=BankTransferUser(legal_name="Anne Charleston"),
        )
    ).bank_transfer
    assert (bank_transfer.status.value, bank_transfer.account_id) == ("pending", account_id)
