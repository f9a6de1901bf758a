"""Virtual accounts: money comes into a wallet, and is paid out of it."""

from plaid.models import (
    WalletCreateRequest,
    WalletGetRequest,
    WalletISOCurrencyCode,
    WalletListRequest,
    WalletTransactionAmount,
    WalletTransactionCounterparty,
    WalletTransactionCounterpartyBACS,
    WalletTransactionCounterpartyNumbers,
    WalletTransactionExecuteRequest,
    WalletTransactionGetRequest,
    WalletTransactionIdempotencyKey,
    WalletTransactionListRequest,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    plaid.control("POST", "wallets/options", {"webhook": receiver.url})
    wallet = client.wallet_create(WalletCreateRequest(iso_currency_code=WalletISOCurrencyCode("GBP")))
    assert (wallet.status.value, wallet.balance.current) == ("ACTIVE", 0)
    plaid.control("POST", f"wallets/{wallet.wallet_id}/fund", {"amount": "100.00"})
    assert client.wallet_get(WalletGetRequest(wallet_id=wallet.wallet_id)).balance.available == 100

    payout = client.wallet_transaction_execute(
        WalletTransactionExecuteRequest(
            wallet_id=wallet.wallet_id,
            idempotency_key=WalletTransactionIdempotencyKey("payout-1"),
            reference="Payout1",
            amount=WalletTransactionAmount(iso_currency_code=WalletISOCurrencyCode("GBP"), value=30.5),
            counterparty=WalletTransactionCounterparty(
                name="Ann Perkins",
                numbers=WalletTransactionCounterpartyNumbers(
                    bacs=WalletTransactionCounterpartyBACS(account="26207729", sort_code="560029")
                ),
            ),
        )
    )
    receiver.wait(
        "WALLET_TRANSACTION_STATUS_UPDATE", {"transaction_id": payout.transaction_id, "new_status": "EXECUTED"}
    )
    done = client.wallet_transaction_get(WalletTransactionGetRequest(transaction_id=payout.transaction_id))
    assert (done.type, done.status.value, done.amount.value) == ("PAYOUT", "EXECUTED", 30.5)
    assert client.wallet_get(WalletGetRequest(wallet_id=wallet.wallet_id)).balance.current == 69.5

    # The same key makes one payout, and can't be used for another.
    again = client.wallet_transaction_execute(
        WalletTransactionExecuteRequest(
            wallet_id=wallet.wallet_id,
            idempotency_key=WalletTransactionIdempotencyKey("payout-1"),
            reference="Payout1",
            amount=WalletTransactionAmount(iso_currency_code=WalletISOCurrencyCode("GBP"), value=30.5),
            counterparty=WalletTransactionCounterparty(
                name="Ann Perkins",
                numbers=WalletTransactionCounterpartyNumbers(
                    bacs=WalletTransactionCounterpartyBACS(account="26207729", sort_code="560029")
                ),
            ),
        )
    )
    assert again.transaction_id == payout.transaction_id
    with refused("NONIDENTICAL_REQUEST"):
        client.wallet_transaction_execute(
            WalletTransactionExecuteRequest(
                wallet_id=wallet.wallet_id,
                idempotency_key=WalletTransactionIdempotencyKey("payout-1"),
                reference="Payout1",
                amount=WalletTransactionAmount(iso_currency_code=WalletISOCurrencyCode("GBP"), value=31.0),
                counterparty=WalletTransactionCounterparty(
                    name="Ann Perkins",
                    numbers=WalletTransactionCounterpartyNumbers(
                        bacs=WalletTransactionCounterpartyBACS(account="26207729", sort_code="560029")
                    ),
                ),
            )
        )
    rows = client.wallet_transaction_list(
        WalletTransactionListRequest(wallet_id=wallet.wallet_id, count=10)
    ).transactions
    assert [row.type for row in rows] == ["PAYOUT", "BANK_TRANSFER"]
    assert [
        one.wallet_id
        for one in client.wallet_list(WalletListRequest(iso_currency_code=WalletISOCurrencyCode("GBP"))).wallets
    ] == [wallet.wallet_id]
