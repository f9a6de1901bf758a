//! Which properties of which operation play which role: `spec/runtime/pagination.yaml`, one table for each operation.

#[allow(unused_imports, reason = "the features decide which of them are used")]
use crate::paging::roles::{paged, synced};

#[cfg(feature = "bank_transfer")]
mod bank_transfer {
    use crate::bank_transfer::{
        BankTransfer, BankTransferEvent, BankTransferEventListRequest, BankTransferEventListResponse,
        BankTransferEventSyncRequest, BankTransferEventSyncResponse, BankTransferListRequest, BankTransferListResponse,
    };

    use super::paged;

    paged! {
        BankTransferEventListRequest bank_transfer_event_list BankTransferEventListResponse BankTransferEvent; OFFSET 25 25;
        at offset Offset; count count; items bank_transfer_events;
        key event_id;
    }

    paged! {
        BankTransferListRequest bank_transfer_list BankTransferListResponse BankTransfer; OFFSET 25 25;
        at offset Offset; count count; items bank_transfers;
        key id;
    }

    paged! {
        BankTransferEventSyncRequest bank_transfer_event_sync BankTransferEventSyncResponse BankTransferEvent; AFTER 25 25;
        at after_id After; count count; items bank_transfer_events;
        last event_id;
    }
}

#[cfg(feature = "beacon")]
mod beacon {
    use crate::beacon::{
        BeaconReport, BeaconReportListRequest, BeaconReportListResponse, BeaconReportSyndication,
        BeaconReportSyndicationListRequest, BeaconReportSyndicationListResponse, BeaconUser,
        BeaconUserHistoryListRequest, BeaconUserHistoryListResponse,
    };

    use super::paged;

    paged! {
        BeaconReportListRequest beacon_report_list BeaconReportListResponse BeaconReport; CURSOR;
        at cursor Cursor; items beacon_reports;
        next next_cursor;
    }

    paged! {
        BeaconReportSyndicationListRequest beacon_report_syndication_list BeaconReportSyndicationListResponse BeaconReportSyndication; CURSOR;
        at cursor Cursor; items beacon_report_syndications;
        next next_cursor;
    }

    paged! {
        BeaconUserHistoryListRequest beacon_user_history_list BeaconUserHistoryListResponse BeaconUser; CURSOR;
        at cursor Cursor; items beacon_users;
        next next_cursor;
    }
}

#[cfg(feature = "cashflow_report")]
mod cashflow_report {
    use crate::cashflow_report::{
        CashflowReportGetRequest, CashflowReportGetResponse, CashflowReportTransaction,
        CashflowReportTransactionsGetRequest, CashflowReportTransactionsGetResponse,
    };

    use super::paged;

    paged! {
        CashflowReportGetRequest cashflow_report_get CashflowReportGetResponse CashflowReportTransaction; CURSOR 100 500;
        at cursor Cursor; count count; items transactions;
        next next_cursor; more has_more; total total_transactions;
    }

    paged! {
        CashflowReportTransactionsGetRequest cashflow_report_transactions_get CashflowReportTransactionsGetResponse CashflowReportTransaction; CURSOR 100 500;
        at cursor Cursor; count count; items transactions;
        next next_cursor; more has_more; total total_transactions;
    }
}

#[cfg(feature = "dashboard_user")]
mod dashboard_user {
    use crate::dashboard_user::{DashboardUser, DashboardUserListRequest, DashboardUserListResponse};

    use super::paged;

    paged! {
        DashboardUserListRequest dashboard_user_list DashboardUserListResponse DashboardUser; CURSOR;
        at cursor Cursor; items dashboard_users;
        next next_cursor;
    }
}

#[cfg(feature = "identity_verification")]
mod identity_verification {
    use crate::identity_verification::{
        IdentityVerification, IdentityVerificationListRequest, IdentityVerificationListResponse,
    };

    use super::paged;

    paged! {
        IdentityVerificationListRequest identity_verification_list IdentityVerificationListResponse IdentityVerification; CURSOR;
        at cursor Cursor; items identity_verifications;
        next next_cursor;
    }
}

#[cfg(feature = "institutions")]
mod institutions {
    use crate::institutions::{Institution, InstitutionsGetRequest, InstitutionsGetResponse};

    use super::paged;

    paged! {
        InstitutionsGetRequest institutions_get InstitutionsGetResponse Institution; OFFSET_OF_SIFTED 500 500;
        at offset Offset; count count; items institutions;
        total total;
    }
}

#[cfg(feature = "investments")]
mod investments {
    use crate::investments::{
        InvestmentTransaction, InvestmentsTransactionsGetRequest, InvestmentsTransactionsGetResponse,
    };

    use super::paged;

    paged! {
        InvestmentsTransactionsGetRequest investments_transactions_get InvestmentsTransactionsGetResponse InvestmentTransaction; OFFSET 100 500;
        at [options] offset Offset; count [options] count; items investment_transactions;
        total total_investment_transactions; key investment_transaction_id;
    }
}

#[cfg(feature = "item")]
mod item {
    use crate::item::{Activity, ItemActivityListRequest, ItemActivityListResponse};

    use super::paged;

    paged! {
        ItemActivityListRequest item_activity_list ItemActivityListResponse Activity; CURSOR 50 50;
        at cursor Cursor; count count; items activities;
        next cursor;
    }
}

#[cfg(feature = "payment_initiation")]
mod payment_initiation {
    use crate::payment_initiation::{
        PaymentInitiationPayment, PaymentInitiationPaymentListRequest, PaymentInitiationPaymentListResponse,
        PaymentInitiationRecipient, PaymentInitiationRecipientListRequest, PaymentInitiationRecipientListResponse,
    };

    use super::paged;

    paged! {
        PaymentInitiationPaymentListRequest payment_initiation_payment_list PaymentInitiationPaymentListResponse PaymentInitiationPayment; CURSOR 10 200;
        at cursor Cursor; count count; items payments;
        next next_cursor;
    }

    paged! {
        PaymentInitiationRecipientListRequest payment_initiation_recipient_list PaymentInitiationRecipientListResponse PaymentInitiationRecipient; CURSOR 100 100;
        at cursor Cursor; count count; items recipients;
        next next_cursor;
    }
}

#[cfg(feature = "processor")]
mod processor {
    use crate::processor::{
        AccountBaseNullable, InvestmentTransaction, ProcessorInvestmentsTransactionsGetRequest,
        ProcessorInvestmentsTransactionsGetResponse, ProcessorTransactionsGetRequest, ProcessorTransactionsGetResponse,
        ProcessorTransactionsSyncRequest, ProcessorTransactionsSyncResponse, RemovedTransaction, Transaction,
    };

    use super::{paged, synced};

    synced! {
        ProcessorTransactionsSyncRequest processor_transactions_sync ProcessorTransactionsSyncResponse; Transaction RemovedTransaction AccountBaseNullable account_id;
        cursor count;
        added modified removed account next_cursor has_more transactions_update_status;
    }

    paged! {
        ProcessorInvestmentsTransactionsGetRequest processor_investments_transactions_get ProcessorInvestmentsTransactionsGetResponse InvestmentTransaction; OFFSET 100 500;
        at [options] offset Offset; count [options] count; items investment_transactions;
        total total_investment_transactions; key investment_transaction_id;
    }

    paged! {
        ProcessorTransactionsGetRequest processor_transactions_get ProcessorTransactionsGetResponse Transaction; OFFSET 100 500;
        at [options] offset Offset; count [options] count; items transactions;
        total total_transactions; key transaction_id;
    }
}

#[cfg(feature = "sandbox")]
mod sandbox {
    use crate::sandbox::{
        SandboxTransferTestClockListRequest, SandboxTransferTestClockListResponse, TransferTestClock,
    };

    use super::paged;

    paged! {
        SandboxTransferTestClockListRequest sandbox_transfer_test_clock_list SandboxTransferTestClockListResponse TransferTestClock; OFFSET 25 25;
        at offset Offset; count count; items test_clocks;
        key test_clock_id;
    }
}

#[cfg(feature = "transactions")]
mod transactions {
    use crate::transactions::{
        AccountBase, RemovedTransaction, Transaction, TransactionsGetRequest, TransactionsGetResponse,
        TransactionsSyncRequest, TransactionsSyncResponse,
    };

    use super::{paged, synced};

    synced! {
        TransactionsSyncRequest transactions_sync TransactionsSyncResponse; Transaction RemovedTransaction AccountBase account_id;
        cursor count;
        added modified removed accounts next_cursor has_more transactions_update_status;
    }

    paged! {
        TransactionsGetRequest transactions_get TransactionsGetResponse Transaction; OFFSET 100 500;
        at [options] offset Offset; count [options] count; items transactions;
        total total_transactions; key transaction_id;
    }
}

#[cfg(feature = "transfer")]
mod transfer {
    use crate::transfer::{
        Originator, RecurringTransfer, Transfer, TransferEvent, TransferEventListRequest, TransferEventListResponse,
        TransferEventSyncRequest, TransferEventSyncResponse, TransferLedgerEvent, TransferLedgerEventListRequest,
        TransferLedgerEventListResponse, TransferListRequest, TransferListResponse, TransferOriginatorListRequest,
        TransferOriginatorListResponse, TransferRecurringListRequest, TransferRecurringListResponse, TransferRepayment,
        TransferRepaymentListRequest, TransferRepaymentListResponse, TransferRepaymentReturn,
        TransferRepaymentReturnListRequest, TransferRepaymentReturnListResponse, TransferSweep,
        TransferSweepListRequest, TransferSweepListResponse,
    };

    use super::paged;

    paged! {
        TransferEventListRequest transfer_event_list TransferEventListResponse TransferEvent; OFFSET 25 25;
        at offset Offset; count count; items transfer_events;
        more has_more; key event_id;
    }

    paged! {
        TransferLedgerEventListRequest transfer_ledger_event_list TransferLedgerEventListResponse TransferLedgerEvent; OFFSET 25 25;
        at offset Offset; count count; items ledger_events;
        more has_more; key ledger_event_id;
    }

    paged! {
        TransferListRequest transfer_list TransferListResponse Transfer; OFFSET 25 25;
        at offset Offset; count count; items transfers;
        key id;
    }

    paged! {
        TransferOriginatorListRequest transfer_originator_list TransferOriginatorListResponse Originator; OFFSET 25 25;
        at offset Offset; count count; items originators;
        key client_id;
    }

    paged! {
        TransferRecurringListRequest transfer_recurring_list TransferRecurringListResponse RecurringTransfer; OFFSET 25 25;
        at offset Offset; count count; items recurring_transfers;
        key recurring_transfer_id;
    }

    paged! {
        TransferRepaymentListRequest transfer_repayment_list TransferRepaymentListResponse TransferRepayment; OFFSET 25 25;
        at offset Offset; count count; items repayments;
        key repayment_id;
    }

    paged! {
        TransferRepaymentReturnListRequest transfer_repayment_return_list TransferRepaymentReturnListResponse TransferRepaymentReturn; OFFSET 25 25;
        at offset Offset; count count; items repayment_returns;
        key event_id;
    }

    paged! {
        TransferSweepListRequest transfer_sweep_list TransferSweepListResponse TransferSweep; OFFSET 25 25;
        at offset Offset; count count; items sweeps;
        key id;
    }

    paged! {
        TransferEventSyncRequest transfer_event_sync TransferEventSyncResponse TransferEvent; AFTER 100 500;
        at after_id After; count count; items transfer_events;
        more has_more; last event_id;
    }
}

#[cfg(feature = "wallet")]
mod wallet {
    use crate::wallet::{
        Wallet, WalletListRequest, WalletListResponse, WalletTransaction, WalletTransactionListRequest,
        WalletTransactionListResponse,
    };

    use super::paged;

    paged! {
        WalletListRequest wallet_list WalletListResponse Wallet; CURSOR 10 20;
        at cursor Cursor; count count; items wallets;
        next next_cursor;
    }

    paged! {
        WalletTransactionListRequest wallet_transaction_list WalletTransactionListResponse WalletTransaction; CURSOR 10 200;
        at cursor Cursor; count count; items transactions;
        next next_cursor;
    }
}

#[cfg(feature = "watchlist_screening")]
mod watchlist_screening {
    use crate::watchlist_screening::{
        EntityWatchlistProgram, EntityWatchlistScreening, EntityWatchlistScreeningHit, EntityWatchlistScreeningReview,
        IndividualWatchlistProgram, WatchlistScreeningEntityHistoryListRequest,
        WatchlistScreeningEntityHistoryListResponse, WatchlistScreeningEntityHitListRequest,
        WatchlistScreeningEntityHitListResponse, WatchlistScreeningEntityListRequest,
        WatchlistScreeningEntityListResponse, WatchlistScreeningEntityProgramListRequest,
        WatchlistScreeningEntityProgramListResponse, WatchlistScreeningEntityReviewListRequest,
        WatchlistScreeningEntityReviewListResponse, WatchlistScreeningHit, WatchlistScreeningIndividual,
        WatchlistScreeningIndividualHistoryListRequest, WatchlistScreeningIndividualHistoryListResponse,
        WatchlistScreeningIndividualHitListRequest, WatchlistScreeningIndividualHitListResponse,
        WatchlistScreeningIndividualListRequest, WatchlistScreeningIndividualListResponse,
        WatchlistScreeningIndividualProgramListRequest, WatchlistScreeningIndividualProgramListResponse,
        WatchlistScreeningIndividualReviewListRequest, WatchlistScreeningIndividualReviewListResponse,
        WatchlistScreeningReview,
    };

    use super::paged;

    paged! {
        WatchlistScreeningEntityHistoryListRequest watchlist_screening_entity_history_list WatchlistScreeningEntityHistoryListResponse EntityWatchlistScreening; CURSOR;
        at cursor Cursor; items entity_watchlist_screenings;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningEntityHitListRequest watchlist_screening_entity_hit_list WatchlistScreeningEntityHitListResponse EntityWatchlistScreeningHit; CURSOR;
        at cursor Cursor; items entity_watchlist_screening_hits;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningEntityListRequest watchlist_screening_entity_list WatchlistScreeningEntityListResponse EntityWatchlistScreening; CURSOR;
        at cursor Cursor; items entity_watchlist_screenings;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningEntityProgramListRequest watchlist_screening_entity_program_list WatchlistScreeningEntityProgramListResponse EntityWatchlistProgram; CURSOR;
        at cursor Cursor; items entity_watchlist_programs;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningEntityReviewListRequest watchlist_screening_entity_review_list WatchlistScreeningEntityReviewListResponse EntityWatchlistScreeningReview; CURSOR;
        at cursor Cursor; items entity_watchlist_screening_reviews;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningIndividualHistoryListRequest watchlist_screening_individual_history_list WatchlistScreeningIndividualHistoryListResponse WatchlistScreeningIndividual; CURSOR;
        at cursor Cursor; items watchlist_screenings;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningIndividualHitListRequest watchlist_screening_individual_hit_list WatchlistScreeningIndividualHitListResponse WatchlistScreeningHit; CURSOR;
        at cursor Cursor; items watchlist_screening_hits;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningIndividualListRequest watchlist_screening_individual_list WatchlistScreeningIndividualListResponse WatchlistScreeningIndividual; CURSOR;
        at cursor Cursor; items watchlist_screenings;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningIndividualProgramListRequest watchlist_screening_individual_program_list WatchlistScreeningIndividualProgramListResponse IndividualWatchlistProgram; CURSOR;
        at cursor Cursor; items watchlist_programs;
        next next_cursor;
    }

    paged! {
        WatchlistScreeningIndividualReviewListRequest watchlist_screening_individual_review_list WatchlistScreeningIndividualReviewListResponse WatchlistScreeningReview; CURSOR;
        at cursor Cursor; items watchlist_screening_reviews;
        next next_cursor;
    }
}
