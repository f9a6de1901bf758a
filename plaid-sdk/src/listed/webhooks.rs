//! The webhooks of `spec/plaid.yaml`, by type and code (`x-webhook`).
//!
//! Three schemas have the pair and the shape of another, so that nothing tells them apart, and stand for it:
//! `FallbackAuthMicrodepositAutoVerifiedWebhook`, `FallbackAuthMicrodepositVerificationExpiredWebhook` and
//! `BankTransfersEventsUpdateWebhookForAuth`.
#![allow(deprecated, reason = "deprecated webhooks are sent all the same")]

use crate::event::{UnlistedWebhook, webhooks};
use crate::webhooks::{
    AssetsErrorWebhook, AssetsProductReadyWebhook, AuthDefaultUpdateWebhook, AutomaticallyVerifiedWebhook,
    BankIncomeCompleteWebhook, BankIncomeRefreshCompleteWebhook, BankIncomeRefreshUpdateWebhook,
    BankTransfersEventsUpdateWebhook, BaseReportsErrorWebhook, BeaconDuplicateDetectedWebhook,
    BeaconReportCreatedWebhook, BeaconReportSyndicationCreatedWebhook, BeaconReportUpdatedWebhook,
    BeaconUserStatusUpdatedWebhook, CashFlowUpdatesExpectedDepositMissedWebhook, CashFlowUpdatesInsightsV2Webhook,
    CashFlowUpdatesInsightsWebhook, CashFlowUpdatesLargeDepositWebhook, CashFlowUpdatesLowBalanceWebhook,
    CashFlowUpdatesNewIncomeStreamWebhook, CashFlowUpdatesNewLoanPaymentWebhook, CashFlowUpdatesNsfWebhook,
    CraBankIncomeCompleteWebhook, CraBankIncomeErrorWebhook, CraCheckReportFailedWebhook, CraCheckReportReadyWebhook,
    CraPartnerInsightsCompleteWebhook, CraPartnerInsightsErrorWebhook, CraUpgradeFailedWebhook,
    CraUserCheckReportFailedWebhook, CraUserCheckReportReadyWebhook, DefaultUpdateWebhook,
    EntityScreeningStatusUpdatedWebhook, HistoricalUpdateWebhook, HoldingsDefaultUpdateWebhook,
    HostedMmdVerificationWebhook, IdentityDefaultUpdateWebhook, IdentityVerificationRetriedWebhook,
    IdentityVerificationStatusUpdatedWebhook, IdentityVerificationStepUpdatedWebhook,
    IncomeVerificationRefreshReconnectNeededWebhook, IncomeVerificationRiskSignalsStatusWebhook,
    IncomeVerificationStatusWebhook, InitialUpdateWebhook, InstitutionStatusAlertWebhook,
    InvestmentsDefaultUpdateWebhook, InvestmentsHistoricalUpdateWebhook, IssueResolvedWebhook, ItemAddResultWebhook,
    ItemErrorWebhook, ItemLoginRepairedWebhook, ItemProductReadyWebhook, LayerAuthenticationPassedWebhook,
    LiabilitiesDefaultUpdateWebhook, LinkDeliveryCallbackWebhook, LinkEventsWebhook, LinkSessionFinishedWebhook,
    LinkUserDeliveryStatusWebhook, NewAccountsAvailableWebhook, PartnerEndCustomerOAuthStatusUpdatedWebhook,
    PaymentInitiationConsentStatusUpdateWebhook, PaymentStatusUpdateWebhook, PendingDisconnectWebhook,
    PendingExpirationWebhook, ProcessorDefaultUpdateWebhook, ProcessorHistoricalUpdateWebhook,
    ProcessorInitialUpdateWebhook, ProcessorRecurringTransactionsUpdateWebhook, ProcessorSyncUpdatesAvailableWebhook,
    ProcessorTokenWebhookUpdate, ProcessorTransactionsRemovedWebhook, ProductPermissionsRequiredAuthWebhook,
    ProductPermissionsRequiredIdentityWebhook, ProtectUserEventWebhook, RecurringCancelledWebhook,
    RecurringNewTransferWebhook, RecurringTransactionsUpdateWebhook, RecurringTransferSkippedWebhook,
    ScreeningStatusUpdatedWebhook, StatementsRefreshCompleteWebhook, SyncUpdatesAvailableWebhook,
    TransactionsRemovedWebhook, TransferEventsUpdateWebhook, TransferPlatformOnboardingUpdateWebhook,
    UserAccountRevokedWebhook, UserPermissionRevokedWebhook, VerificationExpiredWebhook,
    WalletTransactionStatusUpdateWebhook, WebhookUpdateAcknowledgedWebhook,
};

/// What Plaid tells an application by a webhook: one variant for each type and code.
///
/// Where a code is sent for Items and, in another shape, for processors, there are two. A webhook of a type or code that
/// this version does not list is kept whole. It can be stored and read again, for example to go on a queue.
///
/// ```
/// use plaid_sdk::Webhook;
///
/// let json = r#"{"webhook_type": "TRANSACTIONS", "webhook_code": "SYNC_UPDATES_AVAILABLE", "item_id": "i1",
///     "initial_update_complete": true, "historical_update_complete": false, "environment": "production"}"#;
/// match plaid_sdk::serde_json::from_str(json)? {
///     Webhook::SyncUpdatesAvailable(webhook) => println!("news of {}", webhook.item_id),
///     other => println!("{} {}", other.webhook_type(), other.webhook_code()),
/// }
/// # Ok::<(), plaid_sdk::serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Webhook {
    /// `ASSETS`, `ERROR`.
    AssetsError(Box<AssetsErrorWebhook>),
    /// `ASSETS`, `PRODUCT_READY`.
    AssetsProductReady(Box<AssetsProductReadyWebhook>),
    /// `AUTH`, `AUTOMATICALLY_VERIFIED`.
    AutomaticallyVerified(Box<AutomaticallyVerifiedWebhook>),
    /// `AUTH`, `DEFAULT_UPDATE`.
    AuthDefaultUpdate(Box<AuthDefaultUpdateWebhook>),
    /// `AUTH`, `PRODUCT_PERMISSIONS_REQUIRED`.
    ProductPermissionsRequiredAuth(Box<ProductPermissionsRequiredAuthWebhook>),
    /// `AUTH`, `SMS_MICRODEPOSITS_VERIFICATION`.
    HostedMmdVerification(Box<HostedMmdVerificationWebhook>),
    /// `AUTH`, `VERIFICATION_EXPIRED`.
    VerificationExpired(Box<VerificationExpiredWebhook>),
    /// `BANK_TRANSFERS`, `BANK_TRANSFERS_EVENTS_UPDATE`.
    BankTransfersEventsUpdate(Box<BankTransfersEventsUpdateWebhook>),
    /// `BASE_REPORT`, `ERROR`.
    BaseReportsError(Box<BaseReportsErrorWebhook>),
    /// `BEACON`, `DUPLICATE_DETECTED`.
    BeaconDuplicateDetected(Box<BeaconDuplicateDetectedWebhook>),
    /// `BEACON`, `REPORT_CREATED`.
    BeaconReportCreated(Box<BeaconReportCreatedWebhook>),
    /// `BEACON`, `REPORT_SYNDICATION_CREATED`.
    BeaconReportSyndicationCreated(Box<BeaconReportSyndicationCreatedWebhook>),
    /// `BEACON`, `REPORT_UPDATED`.
    BeaconReportUpdated(Box<BeaconReportUpdatedWebhook>),
    /// `BEACON`, `USER_STATUS_UPDATED`.
    BeaconUserStatusUpdated(Box<BeaconUserStatusUpdatedWebhook>),
    /// `CASH_FLOW_UPDATES`, `CASH_FLOW_INSIGHTS_UPDATED`.
    CashFlowUpdatesInsightsV2(Box<CashFlowUpdatesInsightsV2Webhook>),
    /// `CASH_FLOW_UPDATES`, `EXPECTED_DEPOSIT_MISSED`.
    CashFlowUpdatesExpectedDepositMissed(Box<CashFlowUpdatesExpectedDepositMissedWebhook>),
    /// `CASH_FLOW_UPDATES`, `INSIGHTS_UPDATED`.
    CashFlowUpdatesInsights(Box<CashFlowUpdatesInsightsWebhook>),
    /// `CASH_FLOW_UPDATES`, `LARGE_DEPOSIT_DETECTED`.
    CashFlowUpdatesLargeDeposit(Box<CashFlowUpdatesLargeDepositWebhook>),
    /// `CASH_FLOW_UPDATES`, `LOW_BALANCE_DETECTED`.
    CashFlowUpdatesLowBalance(Box<CashFlowUpdatesLowBalanceWebhook>),
    /// `CASH_FLOW_UPDATES`, `NEW_INCOME_STREAM_DETECTED`.
    CashFlowUpdatesNewIncomeStream(Box<CashFlowUpdatesNewIncomeStreamWebhook>),
    /// `CASH_FLOW_UPDATES`, `NEW_LOAN_PAYMENT_DETECTED`.
    CashFlowUpdatesNewLoanPayment(Box<CashFlowUpdatesNewLoanPaymentWebhook>),
    /// `CASH_FLOW_UPDATES`, `NSF_OVERDRAFT_DETECTED`.
    CashFlowUpdatesNsf(Box<CashFlowUpdatesNsfWebhook>),
    /// `CHECK_REPORT`, `CHECK_REPORT_FAILED`.
    CraCheckReportFailed(Box<CraCheckReportFailedWebhook>),
    /// `CHECK_REPORT`, `CHECK_REPORT_READY`.
    CraCheckReportReady(Box<CraCheckReportReadyWebhook>),
    /// `CHECK_REPORT`, `UPGRADE_FAILED`.
    CraUpgradeFailed(Box<CraUpgradeFailedWebhook>),
    /// `CHECK_REPORT`, `USER_CHECK_REPORT_FAILED`.
    CraUserCheckReportFailed(Box<CraUserCheckReportFailedWebhook>),
    /// `CHECK_REPORT`, `USER_CHECK_REPORT_READY`.
    CraUserCheckReportReady(Box<CraUserCheckReportReadyWebhook>),
    /// `CRA_INCOME`, `BANK_INCOME_COMPLETE`.
    CraBankIncomeComplete(Box<CraBankIncomeCompleteWebhook>),
    /// `CRA_INCOME`, `ERROR`.
    CraBankIncomeError(Box<CraBankIncomeErrorWebhook>),
    /// `CRA_INSIGHTS`, `PARTNER_INSIGHTS_COMPLETE`.
    CraPartnerInsightsComplete(Box<CraPartnerInsightsCompleteWebhook>),
    /// `CRA_INSIGHTS`, `PARTNER_INSIGHTS_ERROR`.
    CraPartnerInsightsError(Box<CraPartnerInsightsErrorWebhook>),
    /// `DASHBOARD_CONFIGURED_ALERT`, `INSTITUTION_STATUS_ALERT_TRIGGERED`.
    InstitutionStatusAlert(Box<InstitutionStatusAlertWebhook>),
    /// `ENTITY_SCREENING`, `STATUS_UPDATED`.
    EntityScreeningStatusUpdated(Box<EntityScreeningStatusUpdatedWebhook>),
    /// `HOLDINGS`, `DEFAULT_UPDATE`.
    HoldingsDefaultUpdate(Box<HoldingsDefaultUpdateWebhook>),
    /// `IDENTITY`, `DEFAULT_UPDATE`.
    IdentityDefaultUpdate(Box<IdentityDefaultUpdateWebhook>),
    /// `IDENTITY`, `PRODUCT_PERMISSIONS_REQUIRED`.
    ProductPermissionsRequiredIdentity(Box<ProductPermissionsRequiredIdentityWebhook>),
    /// `IDENTITY_VERIFICATION`, `RETRIED`.
    IdentityVerificationRetried(Box<IdentityVerificationRetriedWebhook>),
    /// `IDENTITY_VERIFICATION`, `STATUS_UPDATED`.
    IdentityVerificationStatusUpdated(Box<IdentityVerificationStatusUpdatedWebhook>),
    /// `IDENTITY_VERIFICATION`, `STEP_UPDATED`.
    IdentityVerificationStepUpdated(Box<IdentityVerificationStepUpdatedWebhook>),
    /// `INCOME`, `BANK_INCOME_COMPLETE`.
    BankIncomeComplete(Box<BankIncomeCompleteWebhook>),
    /// `INCOME`, `BANK_INCOME_REFRESH_COMPLETE`.
    BankIncomeRefreshComplete(Box<BankIncomeRefreshCompleteWebhook>),
    /// `INCOME`, `BANK_INCOME_REFRESH_UPDATE`.
    BankIncomeRefreshUpdate(Box<BankIncomeRefreshUpdateWebhook>),
    /// `INCOME`, `INCOME_VERIFICATION`.
    IncomeVerificationStatus(Box<IncomeVerificationStatusWebhook>),
    /// `INCOME`, `INCOME_VERIFICATION_REFRESH_RECONNECT_NEEDED`.
    IncomeVerificationRefreshReconnectNeeded(Box<IncomeVerificationRefreshReconnectNeededWebhook>),
    /// `INCOME`, `INCOME_VERIFICATION_RISK_SIGNALS`.
    IncomeVerificationRiskSignalsStatus(Box<IncomeVerificationRiskSignalsStatusWebhook>),
    /// `INCOME`, `PRODUCT_READY`.
    ItemProductReady(Box<ItemProductReadyWebhook>),
    /// `INVESTMENTS_TRANSACTIONS`, `DEFAULT_UPDATE`.
    InvestmentsDefaultUpdate(Box<InvestmentsDefaultUpdateWebhook>),
    /// `INVESTMENTS_TRANSACTIONS`, `HISTORICAL_UPDATE`.
    InvestmentsHistoricalUpdate(Box<InvestmentsHistoricalUpdateWebhook>),
    /// `ISSUES`, `ISSUE_RESOLVED`.
    IssueResolved(Box<IssueResolvedWebhook>),
    /// `ITEM`, `ERROR`.
    ItemError(Box<ItemErrorWebhook>),
    /// `ITEM`, `LOGIN_REPAIRED`.
    ItemLoginRepaired(Box<ItemLoginRepairedWebhook>),
    /// `ITEM`, `NEW_ACCOUNTS_AVAILABLE`.
    NewAccountsAvailable(Box<NewAccountsAvailableWebhook>),
    /// `ITEM`, `PENDING_DISCONNECT`.
    PendingDisconnect(Box<PendingDisconnectWebhook>),
    /// `ITEM`, `PENDING_EXPIRATION`.
    PendingExpiration(Box<PendingExpirationWebhook>),
    /// `ITEM`, `USER_ACCOUNT_REVOKED`.
    UserAccountRevoked(Box<UserAccountRevokedWebhook>),
    /// `ITEM`, `USER_PERMISSION_REVOKED`.
    UserPermissionRevoked(Box<UserPermissionRevokedWebhook>),
    /// `ITEM`, `WEBHOOK_UPDATE_ACKNOWLEDGED`.
    WebhookUpdateAcknowledged(Box<WebhookUpdateAcknowledgedWebhook>),
    /// `LAYER`, `LAYER_AUTHENTICATION_PASSED`.
    LayerAuthenticationPassed(Box<LayerAuthenticationPassedWebhook>),
    /// `LIABILITIES`, `DEFAULT_UPDATE`.
    LiabilitiesDefaultUpdate(Box<LiabilitiesDefaultUpdateWebhook>),
    /// `LINK`, `EVENTS`.
    LinkEvents(Box<LinkEventsWebhook>),
    /// `LINK`, `ITEM_ADD_RESULT`.
    ItemAddResult(Box<ItemAddResultWebhook>),
    /// `LINK`, `SESSION_FINISHED`.
    LinkSessionFinished(Box<LinkSessionFinishedWebhook>),
    /// `LINK_DELIVERY`, `DELIVERY_STATUS`.
    LinkUserDeliveryStatus(Box<LinkUserDeliveryStatusWebhook>),
    /// `LINK_DELIVERY`, `LINK_CALLBACK`.
    LinkDeliveryCallback(Box<LinkDeliveryCallbackWebhook>),
    /// `PARTNER`, `END_CUSTOMER_OAUTH_STATUS_UPDATED`.
    PartnerEndCustomerOAuthStatusUpdated(Box<PartnerEndCustomerOAuthStatusUpdatedWebhook>),
    /// `PAYMENT_INITIATION`, `CONSENT_STATUS_UPDATE`.
    PaymentInitiationConsentStatusUpdate(Box<PaymentInitiationConsentStatusUpdateWebhook>),
    /// `PAYMENT_INITIATION`, `PAYMENT_STATUS_UPDATE`.
    PaymentStatusUpdate(Box<PaymentStatusUpdateWebhook>),
    /// `PROCESSOR_TOKEN`, `WEBHOOK_UPDATE_ACKNOWLEDGED`.
    ProcessorTokenWebhookUpdate(Box<ProcessorTokenWebhookUpdate>),
    /// `PROTECT`, `PROTECT_USER_EVENT`.
    ProtectUserEvent(Box<ProtectUserEventWebhook>),
    /// `SCREENING`, `STATUS_UPDATED`.
    ScreeningStatusUpdated(Box<ScreeningStatusUpdatedWebhook>),
    /// `STATEMENTS`, `STATEMENTS_REFRESH_COMPLETE`.
    StatementsRefreshComplete(Box<StatementsRefreshCompleteWebhook>),
    /// `TRANSACTIONS`, `DEFAULT_UPDATE`, for processors.
    ProcessorDefaultUpdate(Box<ProcessorDefaultUpdateWebhook>),
    /// `TRANSACTIONS`, `DEFAULT_UPDATE`.
    DefaultUpdate(Box<DefaultUpdateWebhook>),
    /// `TRANSACTIONS`, `HISTORICAL_UPDATE`, for processors.
    ProcessorHistoricalUpdate(Box<ProcessorHistoricalUpdateWebhook>),
    /// `TRANSACTIONS`, `HISTORICAL_UPDATE`.
    HistoricalUpdate(Box<HistoricalUpdateWebhook>),
    /// `TRANSACTIONS`, `INITIAL_UPDATE`, for processors.
    ProcessorInitialUpdate(Box<ProcessorInitialUpdateWebhook>),
    /// `TRANSACTIONS`, `INITIAL_UPDATE`.
    InitialUpdate(Box<InitialUpdateWebhook>),
    /// `TRANSACTIONS`, `RECURRING_TRANSACTIONS_UPDATE`, for processors.
    ProcessorRecurringTransactionsUpdate(Box<ProcessorRecurringTransactionsUpdateWebhook>),
    /// `TRANSACTIONS`, `RECURRING_TRANSACTIONS_UPDATE`.
    RecurringTransactionsUpdate(Box<RecurringTransactionsUpdateWebhook>),
    /// `TRANSACTIONS`, `SYNC_UPDATES_AVAILABLE`, for processors.
    ProcessorSyncUpdatesAvailable(Box<ProcessorSyncUpdatesAvailableWebhook>),
    /// `TRANSACTIONS`, `SYNC_UPDATES_AVAILABLE`.
    SyncUpdatesAvailable(Box<SyncUpdatesAvailableWebhook>),
    /// `TRANSACTIONS`, `TRANSACTIONS_REMOVED`, for processors.
    ProcessorTransactionsRemoved(Box<ProcessorTransactionsRemovedWebhook>),
    /// `TRANSACTIONS`, `TRANSACTIONS_REMOVED`.
    TransactionsRemoved(Box<TransactionsRemovedWebhook>),
    /// `TRANSFER`, `PLATFORM_ONBOARDING_UPDATE`.
    TransferPlatformOnboardingUpdate(Box<TransferPlatformOnboardingUpdateWebhook>),
    /// `TRANSFER`, `RECURRING_CANCELLED`.
    RecurringCancelled(Box<RecurringCancelledWebhook>),
    /// `TRANSFER`, `RECURRING_NEW_TRANSFER`.
    RecurringNewTransfer(Box<RecurringNewTransferWebhook>),
    /// `TRANSFER`, `RECURRING_TRANSFER_SKIPPED`.
    RecurringTransferSkipped(Box<RecurringTransferSkippedWebhook>),
    /// `TRANSFER`, `TRANSFER_EVENTS_UPDATE`.
    TransferEventsUpdate(Box<TransferEventsUpdateWebhook>),
    /// `WALLET`, `WALLET_TRANSACTION_STATUS_UPDATE`.
    WalletTransactionStatusUpdate(Box<WalletTransactionStatusUpdateWebhook>),
    /// Any other, as it came.
    Unlisted(Box<UnlistedWebhook>),
}

webhooks! {
    Webhook;
    AssetsError "ASSETS" "ERROR";
    AssetsProductReady "ASSETS" "PRODUCT_READY";
    AutomaticallyVerified "AUTH" "AUTOMATICALLY_VERIFIED";
    AuthDefaultUpdate "AUTH" "DEFAULT_UPDATE";
    ProductPermissionsRequiredAuth "AUTH" "PRODUCT_PERMISSIONS_REQUIRED";
    HostedMmdVerification "AUTH" "SMS_MICRODEPOSITS_VERIFICATION";
    VerificationExpired "AUTH" "VERIFICATION_EXPIRED";
    BankTransfersEventsUpdate "BANK_TRANSFERS" "BANK_TRANSFERS_EVENTS_UPDATE";
    BaseReportsError "BASE_REPORT" "ERROR";
    BeaconDuplicateDetected "BEACON" "DUPLICATE_DETECTED";
    BeaconReportCreated "BEACON" "REPORT_CREATED";
    BeaconReportSyndicationCreated "BEACON" "REPORT_SYNDICATION_CREATED";
    BeaconReportUpdated "BEACON" "REPORT_UPDATED";
    BeaconUserStatusUpdated "BEACON" "USER_STATUS_UPDATED";
    CashFlowUpdatesInsightsV2 "CASH_FLOW_UPDATES" "CASH_FLOW_INSIGHTS_UPDATED";
    CashFlowUpdatesExpectedDepositMissed "CASH_FLOW_UPDATES" "EXPECTED_DEPOSIT_MISSED";
    CashFlowUpdatesInsights "CASH_FLOW_UPDATES" "INSIGHTS_UPDATED";
    CashFlowUpdatesLargeDeposit "CASH_FLOW_UPDATES" "LARGE_DEPOSIT_DETECTED";
    CashFlowUpdatesLowBalance "CASH_FLOW_UPDATES" "LOW_BALANCE_DETECTED";
    CashFlowUpdatesNewIncomeStream "CASH_FLOW_UPDATES" "NEW_INCOME_STREAM_DETECTED";
    CashFlowUpdatesNewLoanPayment "CASH_FLOW_UPDATES" "NEW_LOAN_PAYMENT_DETECTED";
    CashFlowUpdatesNsf "CASH_FLOW_UPDATES" "NSF_OVERDRAFT_DETECTED";
    CraCheckReportFailed "CHECK_REPORT" "CHECK_REPORT_FAILED";
    CraCheckReportReady "CHECK_REPORT" "CHECK_REPORT_READY";
    CraUpgradeFailed "CHECK_REPORT" "UPGRADE_FAILED";
    CraUserCheckReportFailed "CHECK_REPORT" "USER_CHECK_REPORT_FAILED";
    CraUserCheckReportReady "CHECK_REPORT" "USER_CHECK_REPORT_READY";
    CraBankIncomeComplete "CRA_INCOME" "BANK_INCOME_COMPLETE";
    CraBankIncomeError "CRA_INCOME" "ERROR";
    CraPartnerInsightsComplete "CRA_INSIGHTS" "PARTNER_INSIGHTS_COMPLETE";
    CraPartnerInsightsError "CRA_INSIGHTS" "PARTNER_INSIGHTS_ERROR";
    InstitutionStatusAlert "DASHBOARD_CONFIGURED_ALERT" "INSTITUTION_STATUS_ALERT_TRIGGERED";
    EntityScreeningStatusUpdated "ENTITY_SCREENING" "STATUS_UPDATED";
    HoldingsDefaultUpdate "HOLDINGS" "DEFAULT_UPDATE";
    IdentityDefaultUpdate "IDENTITY" "DEFAULT_UPDATE";
    ProductPermissionsRequiredIdentity "IDENTITY" "PRODUCT_PERMISSIONS_REQUIRED";
    IdentityVerificationRetried "IDENTITY_VERIFICATION" "RETRIED";
    IdentityVerificationStatusUpdated "IDENTITY_VERIFICATION" "STATUS_UPDATED";
    IdentityVerificationStepUpdated "IDENTITY_VERIFICATION" "STEP_UPDATED";
    BankIncomeComplete "INCOME" "BANK_INCOME_COMPLETE";
    BankIncomeRefreshComplete "INCOME" "BANK_INCOME_REFRESH_COMPLETE";
    BankIncomeRefreshUpdate "INCOME" "BANK_INCOME_REFRESH_UPDATE";
    IncomeVerificationStatus "INCOME" "INCOME_VERIFICATION";
    IncomeVerificationRefreshReconnectNeeded "INCOME" "INCOME_VERIFICATION_REFRESH_RECONNECT_NEEDED";
    IncomeVerificationRiskSignalsStatus "INCOME" "INCOME_VERIFICATION_RISK_SIGNALS";
    ItemProductReady "INCOME" "PRODUCT_READY";
    InvestmentsDefaultUpdate "INVESTMENTS_TRANSACTIONS" "DEFAULT_UPDATE";
    InvestmentsHistoricalUpdate "INVESTMENTS_TRANSACTIONS" "HISTORICAL_UPDATE";
    IssueResolved "ISSUES" "ISSUE_RESOLVED";
    ItemError "ITEM" "ERROR";
    ItemLoginRepaired "ITEM" "LOGIN_REPAIRED";
    NewAccountsAvailable "ITEM" "NEW_ACCOUNTS_AVAILABLE";
    PendingDisconnect "ITEM" "PENDING_DISCONNECT";
    PendingExpiration "ITEM" "PENDING_EXPIRATION";
    UserAccountRevoked "ITEM" "USER_ACCOUNT_REVOKED";
    UserPermissionRevoked "ITEM" "USER_PERMISSION_REVOKED";
    WebhookUpdateAcknowledged "ITEM" "WEBHOOK_UPDATE_ACKNOWLEDGED";
    LayerAuthenticationPassed "LAYER" "LAYER_AUTHENTICATION_PASSED";
    LiabilitiesDefaultUpdate "LIABILITIES" "DEFAULT_UPDATE";
    LinkEvents "LINK" "EVENTS";
    ItemAddResult "LINK" "ITEM_ADD_RESULT";
    LinkSessionFinished "LINK" "SESSION_FINISHED";
    LinkUserDeliveryStatus "LINK_DELIVERY" "DELIVERY_STATUS";
    LinkDeliveryCallback "LINK_DELIVERY" "LINK_CALLBACK";
    PartnerEndCustomerOAuthStatusUpdated "PARTNER" "END_CUSTOMER_OAUTH_STATUS_UPDATED";
    PaymentInitiationConsentStatusUpdate "PAYMENT_INITIATION" "CONSENT_STATUS_UPDATE";
    PaymentStatusUpdate "PAYMENT_INITIATION" "PAYMENT_STATUS_UPDATE";
    ProcessorTokenWebhookUpdate "PROCESSOR_TOKEN" "WEBHOOK_UPDATE_ACKNOWLEDGED";
    ProtectUserEvent "PROTECT" "PROTECT_USER_EVENT";
    ScreeningStatusUpdated "SCREENING" "STATUS_UPDATED";
    StatementsRefreshComplete "STATEMENTS" "STATEMENTS_REFRESH_COMPLETE";
    ProcessorDefaultUpdate "TRANSACTIONS" "DEFAULT_UPDATE" has "account_id";
    DefaultUpdate "TRANSACTIONS" "DEFAULT_UPDATE";
    ProcessorHistoricalUpdate "TRANSACTIONS" "HISTORICAL_UPDATE" has "account_id";
    HistoricalUpdate "TRANSACTIONS" "HISTORICAL_UPDATE";
    ProcessorInitialUpdate "TRANSACTIONS" "INITIAL_UPDATE" has "account_id";
    InitialUpdate "TRANSACTIONS" "INITIAL_UPDATE";
    ProcessorRecurringTransactionsUpdate "TRANSACTIONS" "RECURRING_TRANSACTIONS_UPDATE" has "account_id";
    RecurringTransactionsUpdate "TRANSACTIONS" "RECURRING_TRANSACTIONS_UPDATE";
    ProcessorSyncUpdatesAvailable "TRANSACTIONS" "SYNC_UPDATES_AVAILABLE" has "account_id";
    SyncUpdatesAvailable "TRANSACTIONS" "SYNC_UPDATES_AVAILABLE";
    ProcessorTransactionsRemoved "TRANSACTIONS" "TRANSACTIONS_REMOVED" has "account_id";
    TransactionsRemoved "TRANSACTIONS" "TRANSACTIONS_REMOVED";
    TransferPlatformOnboardingUpdate "TRANSFER" "PLATFORM_ONBOARDING_UPDATE";
    RecurringCancelled "TRANSFER" "RECURRING_CANCELLED";
    RecurringNewTransfer "TRANSFER" "RECURRING_NEW_TRANSFER";
    RecurringTransferSkipped "TRANSFER" "RECURRING_TRANSFER_SKIPPED";
    TransferEventsUpdate "TRANSFER" "TRANSFER_EVENTS_UPDATE";
    WalletTransactionStatusUpdate "WALLET" "WALLET_TRANSACTION_STATUS_UPDATE";
}
