//! What the emulator keeps: plain data that can be saved and restored. The rules are in the operations.

mod account;
mod activity;
mod auth;
mod bank_transfer;
mod check;
mod cursor;
mod custom;
mod delta;
mod fault;
mod feed;
pub mod income;
mod intent;
mod investment;
mod issue;
mod item;
mod key;
mod ledger;
mod liability;
mod link;
mod link_delivery;
mod loan;
mod monitoring;
mod names;
mod oauth;
mod originator;
mod partner;
mod payments;
pub mod payroll;
mod persona;
mod platform;
mod processor;
mod recurring;
mod report;
mod rule;
mod schedule;
mod session;
pub mod signal;
mod statement;
mod tenant;
mod tidy;
mod transaction;
mod transfer;
mod user;
pub mod verify;
mod webhooks;

pub use self::account::{Account, Balances};
pub use self::activity::{Activity, ActivityKind, Application};
pub use self::auth::{Ach, AuthMethod, Bacs, Eft, Insights, International, Numbers, Verification, VerificationStatus};
pub use self::bank_transfer::{
    BankTransfer, BankTransferEvent, BankTransferFailure, BankTransferStatus, BankTransferSweep, BankTransfers,
    ORIGINATION_ACCOUNT,
};
pub use self::check::{
    CheckAccount, CheckContent, CheckItem, CheckOrder, CheckProduct, CheckReport, CheckStage, CheckState, Checks,
    HomeLending,
};
pub use self::cursor::{Cursor, Page};
pub use self::custom::{Custom, CustomAccount, CustomRow, Inflow, InflowKind, MonthDay};
pub use self::delta::Delta;
pub use self::fault::{Effect, Fault};
pub use self::feed::{Change, Feed, Readiness};
pub use self::income::{BankReport, IncomeEvent, ReportState};
pub use self::intent::{Intent, IntentOutcome};
pub use self::investment::{BondTerms, Holding, Investments, OptionTerms, Portfolio, Security, Trade};
pub use self::issue::{Issue, IssueStatus};
pub use self::item::{Item, ItemState};
pub use self::key::SigningKey;
pub use self::ledger::{Ledger, Ledgers, Movement, Source, SourceKind, Stamp};
pub use self::liability::{Liability, LiabilityKind};
pub use self::link::{LinkToken, PublicToken};
pub use self::link_delivery::{LinkDelivery, LinkDeliveryStatus};
pub use self::loan::{Loan, LoanApplication, LoanStatus, Loans};
pub use self::monitoring::{CashflowContent, CashflowReport, Insights as CashInsights, Subscription, ThirdParty};
pub use self::names::{AccountId, ItemId, TransactionId};
pub use self::oauth::{OauthKind, OauthToken};
pub use self::originator::{Diligence, Onboarding, OpenRequirement, Originator, Originators, Person};
pub use self::partner::{
    Customer, CustomerStatus, Flowdown, Partner, Questionnaire, Registration, RegistrationStatus, Requirement,
};
pub use self::payments::{
    Alignment, Amount, Consent, ConsentKind, ConsentStatus, Currency, Direction, FailureReason, Interval, Payer,
    PayerNumbers, Payment, PaymentStatus, Payments, PaymentsEvent, Period, Profile, ProfileStatus, Recipient, Sort,
    StandingOrder, TransactionStatus, UsedKey, Wallet, WalletStatus, WalletTransaction,
};
pub use self::persona::Persona;
pub use self::platform::Platform;
pub use self::processor::ProcessorToken;
pub use self::recurring::{Plan, RecurringStatus, RecurringTransfer, RecurringTransfers, Unit};
pub use self::report::{Content, Order, Relay, Report, Reports};
pub use self::rule::{Match, Rule};
pub use self::schedule::{Event, Schedule};
pub use self::session::{Session, Step};
pub use self::statement::{Entry, Statement};
pub use self::tenant::{Pace, Tenant};
pub use self::transaction::{Category, Description, Transaction};
pub use self::transfer::{
    AchClass, Announce, Authorization, DEFAULT_LEDGER, Decision, EventKind, FUNDING_ACCOUNT, Failure, Limits,
    LoginRequired, Named, Network, Proposal, Rationale, Refund, RefundStatus, Repayment, SECOND_LEDGER, Sweep,
    SweepState, SweepStatus, SweepTrigger, Transfer, TransferEvent, TransferKind, TransferRules, TransferStatus,
    TransferStep, Transfers, Usage,
};
pub use self::user::{User, UserApi};
pub use self::webhooks::{Attempt, Delivery, Webhook, Webhooks};
