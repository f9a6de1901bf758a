//! The codes of `spec/errors.yaml`.

super::error_codes! {
    NotFound "NOT_FOUND" ["INVALID_REQUEST"] ChangeRequest
        "There is nothing under this path or id. Check the environment and the id.";
    AuthLimit "AUTH_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for account numbers. They hardly change: keep them.";
    RateLimit "RATE_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls. Slow down.";
    InvalidMfa "INVALID_MFA" ["ITEM_ERROR"] AskUser
        "The answer to the bank's second question was wrong. Let the user try again.";
    InvalidOtp "INVALID_OTP" ["ITEM_ERROR"] AskUser
        "The one-time code was wrong. Let the user ask for a new one and type it in.";
    ItemLocked "ITEM_LOCKED" ["ITEM_ERROR"] AskUser
        "The bank has locked the login. The user has to unlock it there, then go through update mode.";
    NoAccounts "NO_ACCOUNTS" ["ITEM_ERROR" "CHECK_REPORT_ERROR"] AskUser
        "The login has no open accounts that fit. Ask the user for another login.";
    InvalidBody "INVALID_BODY" ["INVALID_REQUEST"] ChangeRequest
        "The body is no JSON object, or its media type is another.";
    InvalidLogo "INVALID_LOGO" ["PARTNER_ERROR"] ChangeRequest
        "The logo is no square PNG of the asked size.";
    SandboxOnly "SANDBOX_ONLY" ["INVALID_REQUEST"] ChangeSetup
        "This call is there in the sandbox only.";
    BalanceLimit "BALANCE_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for balances of one Item. Slow down.";
    InvalidField "INVALID_FIELD" ["INVALID_REQUEST"] ChangeRequest
        "A property has a value that is not allowed. The message names it. If it is a cursor, begin again without one.";
    LogoRequired "LOGO_REQUIRED" ["PARTNER_ERROR"] ChangeRequest
        "The end customer has no logo, which banks ask for. Add one.";
    RecaptchaBad "RECAPTCHA_BAD" ["RECAPTCHA_ERROR"] AskUser
        "The challenge was not solved. Let the user try again, or report users who can't.";
    OauthInvalidGrant "invalid_grant" [] StartOver
        "The code or refresh token has expired, was used or revoked. Let the user grant access again.";
    OauthInvalidScope "invalid_scope" [] ChangeRequest
        "The scope is unknown, or more than was granted.";
    AccountsLimit "ACCOUNTS_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for accounts. Slow down, for this Item above all.";
    IdentityLimit "IDENTITY_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for identity data. It hardly changes: keep it.";
    InvalidParent "INVALID_PARENT" ["ASSET_REPORT_ERROR"] ChangeRequest
        "The report to start from is not known or was removed. Start from another or make a new one.";
    ItemGetLimit "ITEM_GET_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for the state of Items. Learn of changes by webhooks.";
    ItemNotFound "ITEM_NOT_FOUND" ["ITEM_ERROR"] StartOver
        "There is no such Item any more. Forget its access token; to go on, the user links the account anew.";
    MissingFields "MISSING_FIELDS" ["INVALID_REQUEST"] ChangeRequest
        "A property is missing that this call can't do without. The message names it.";
    UnknownFields "UNKNOWN_FIELDS" ["INVALID_REQUEST"] ChangeRequest
        "The request has a property that this call does not know. The message names it.";
    UserNotFound "USER_NOT_FOUND" ["USER_ERROR"] ChangeRequest
        "There is no such user. Use the id or token that was given when the user was made.";
    OauthInvalidClient "invalid_client" [] ChangeSetup
        "Client id and secret were not accepted.";
    InvalidHeaders "INVALID_HEADERS" ["INVALID_REQUEST"] ChangeRequest
        "A header is missing or wrong. Look at the headers you add, and at proxies in between.";
    InvalidProduct "INVALID_PRODUCT" ["INVALID_INPUT"] ChangeSetup
        "Your team can't use this product, or its name is wrong. See which ones are switched on, on the dashboard.";
    InvalidUserId "INVALID_USER_ID" ["INVALID_INPUT"] ChangeRequest
        "There is no user with this id. Use the one that was given when the user was made.";
    PaymentBlocked "PAYMENT_BLOCKED" ["PAYMENT_ERROR"] GiveUp
        "The payment was held back as too risky. Don't try it again; ask Plaid if it should not have been.";
    OauthInvalidRequest "invalid_request" [] ChangeRequest
        "A parameter is missing, unknown, or there twice.";
    ContactRequired "CONTACT_REQUIRED" ["PARTNER_ERROR"] ChangeRequest
        "The end customer has no contact for billing or technical matters. Add one.";
    DataUnavailable "DATA_UNAVAILABLE" ["ASSET_REPORT_ERROR" "CHECK_REPORT_ERROR"] AskUser
        "The accounts don't have the data for this report. The causes name the Items: send their users through update mode.";
    InstitutionDown "INSTITUTION_DOWN" ["INSTITUTION_ERROR"] TryLater
        "The bank can't be reached at present. Try again in some hours, and tell the user that it is the bank.";
    InvalidApiKeys "INVALID_API_KEYS" ["INVALID_INPUT"] ChangeSetup
        "Client id and secret don't fit together or the environment. Each environment has a secret of its own.";
    NoAuthAccounts "NO_AUTH_ACCOUNTS" ["ITEM_ERROR"] AskUser
        "No checking or savings account was found or shared. Ask the user to share one, in update mode, or to use another login.";
    PaymentRejected "PAYMENT_REJECTED" ["PAYMENT_ERROR"] AskUser
        "The bank refused the payment and does not say why. Ask the user for another account or way to pay.";
    RequestConflict "REQUEST_CONFLICT" ["TRANSACTION_ERROR"] TryAgain
        "A request with the same idempotency key is still being worked on. Wait a moment, then ask again with the same key.";
    CreditsExhausted "CREDITS_EXHAUSTED" ["RATE_LIMIT_EXCEEDED"] ChangeSetup
        "The quota of your plan is used up. Trying again does not help: ask for more on the dashboard.";
    MfaNotSupported "MFA_NOT_SUPPORTED" ["ITEM_ERROR"] GiveUp
        "The login's second factor is of a kind that is not supported. Another kind, or another bank, may do.";
    PaymentCancelled "PAYMENT_CANCELLED" ["PAYMENT_ERROR"] AskUser
        "The user called the payment off. Make a new one if they want it after all.";
    ProductNotReady "PRODUCT_NOT_READY" ["ITEM_ERROR" "ASSET_REPORT_ERROR" "INCOME_VERIFICATION_ERROR" "CHECK_REPORT_ERROR"] WaitForData
        "The data is still being fetched or computed. Ask again in some seconds, or wait for the product's webhook.";
    RulesetNotFound "RULESET_NOT_FOUND" ["SIGNAL_ERROR"] ChangeRequest
        "There is no ruleset with this key. Look at the dashboard.";
    AccessNotGranted "ACCESS_NOT_GRANTED" ["ITEM_ERROR"] UpdateMode
        "The user did not grant what the product needs. Send them through update mode and say which permissions to leave on.";
    CustomerNotFound "CUSTOMER_NOT_FOUND" ["PARTNER_ERROR"] ChangeRequest
        "There is no end customer with this id.";
    InvalidAccountId "INVALID_ACCOUNT_ID" ["INVALID_INPUT"] ChangeRequest
        "The Item has no such account, or it was closed. Ask for the accounts anew; ids may have changed.";
    InvalidLinkToken "INVALID_LINK_TOKEN" ["INVALID_INPUT"] StartOver
        "The link token has expired or was used. Make a new one each time Link is opened.";
    InvalidUserToken "INVALID_USER_TOKEN" ["INVALID_INPUT"] ChangeRequest
        "There is no user with this token. Use the one that was given when the user was made.";
    ItemNotSupported "ITEM_NOT_SUPPORTED" ["ITEM_ERROR"] GiveUp
        "This kind of login is not supported. The user has to link another one.";
    RecaptchaRequired "RECAPTCHA_REQUIRED" ["RECAPTCHA_ERROR"] AskUser
        "The user has to show that they are no machine. Link does that by itself: let them go on there.";
    TransactionsLimit "TRANSACTIONS_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for transactions. Fetch when the webhook says that there are new ones.";
    UserInputTimeout "USER_INPUT_TIMEOUT" ["ITEM_ERROR"] AskUser
        "The user took too long to answer in Link. Let them start it again.";
    AddendumNotSigned "ADDENDUM_NOT_SIGNED" ["SIGNAL_ERROR"] ChangeSetup
        "A contract for this product is not signed yet. Do so on the dashboard.";
    InvalidCredentials "INVALID_CREDENTIALS" ["ITEM_ERROR"] AskUser
        "User name or password were wrong. Let the user try again, in update mode if the Item exists.";
    InvalidInstitution "INVALID_INSTITUTION" ["INVALID_INPUT"] ChangeRequest
        "There is no institution with this id, or not in this environment.";
    InvalidSendMethod "INVALID_SEND_METHOD" ["ITEM_ERROR"] AskUser
        "The chosen way to get the code does not work at this bank. Let the user choose another.";
    ItemLoginRequired "ITEM_LOGIN_REQUIRED" ["ITEM_ERROR"] UpdateMode
        "The bank wants the user to log in again. Send them through update mode; the access token stays valid.";
    NoLongerAvailable "NO_LONGER_AVAILABLE" ["INVALID_REQUEST"] GiveUp
        "This call has been withdrawn. See Plaid's documentation for what took its place.";
    PlannedMaintenance "PLANNED_MAINTENANCE" ["API_ERROR"] TryLater
        "Plaid is down for maintenance. Hold the work back until its status page says that it is over.";
    ProductNotEnabled "PRODUCT_NOT_ENABLED" ["ITEM_ERROR" "ASSET_REPORT_ERROR" "INCOME_VERIFICATION_ERROR"] ChangeSetup
        "The Item was linked without this product. Name it when the link token is made, or get consent for it in update mode.";
    UnauthorizedAccess "UNAUTHORIZED_ACCESS" ["TRANSFER_ERROR"] ChangeSetup
        "Your team may not see or change this object.";
    UserSetupRequired "USER_SETUP_REQUIRED" ["ITEM_ERROR"] AskUser
        "The bank waits for the user to finish setting up the login there. Ask them to, then send them through update mode.";
    OauthUnauthorizedClient "unauthorized_client" [] ChangeSetup
        "The client may not use this way to get a token.";
    EmploymentNotFound "EMPLOYMENT_NOT_FOUND" ["INCOME_VERIFICATION_ERROR"] AskUser
        "No employment was found for this user. Let them try another way.";
    IncorrectLinkToken "INCORRECT_LINK_TOKEN" ["OAUTH_ERROR"] ChangeRequest
        "Link was opened again with another link token after the bank. Keep the first and use it for both.";
    InsightsNotEnabled "INSIGHTS_NOT_ENABLED" ["ASSET_REPORT_ERROR"] ChangeSetup
        "Your team's reports have no insights. Ask for the report without, or ask Plaid for them.";
    InstantMatchFailed "INSTANT_MATCH_FAILED" ["ITEM_ERROR"] AskUser
        "The account could not be matched at once. Offer another way to verify it, such as micro-deposits.";
    InvalidAccessToken "INVALID_ACCESS_TOKEN" ["INVALID_INPUT"] StartOver
        "The access token is not known: mistyped, replaced, removed, or of another environment. Look at how it was stored.";
    InvalidPhoneNumber "INVALID_PHONE_NUMBER" ["ITEM_ERROR"] AskUser
        "The phone number can't be used. Ask for another, with its country code.";
    InvalidPublicToken "INVALID_PUBLIC_TOKEN" ["INVALID_INPUT"] StartOver
        "The public token was used already, is over half an hour old, or of another environment. Exchange it as soon as Link gives it.";
    NonidenticalRequest "NONIDENTICAL_REQUEST" ["TRANSACTION_ERROR"] ChangeRequest
        "The idempotency key was used for something else before. Use a new key for each thing.";
    UnsupportedResponse "UNSUPPORTED_RESPONSE" ["INSTITUTION_ERROR"] GiveUp
        "The bank's answer could not be understood. Trying again does not help; report it if it goes on.";
    FlowdownNotComplete "FLOWDOWN_NOT_COMPLETE" ["PARTNER_ERROR"] ChangeSetup
        "The end customer has not agreed to the terms yet. Do that on the dashboard first.";
    IncorrectOauthNonce "INCORRECT_OAUTH_NONCE" ["OAUTH_ERROR"] StartOver
        "The user came back from the bank to another session than they left. Let them start Link again, in one browser.";
    InternalServerError "INTERNAL_SERVER_ERROR" ["API_ERROR"] TryAgain
        "Something went wrong at Plaid. Try again with growing pauses; for payments only with an idempotency key.";
    InvalidConfiguration "INVALID_CONFIGURATION" ["INVALID_REQUEST"] ChangeSetup
        "The account lacks a setting that this call relies on. Look at the dashboard.";
    NoLiabilityAccounts "NO_LIABILITY_ACCOUNTS" ["ITEM_ERROR"] AskUser
        "No loan or credit account was found or shared. Ask the user to share one, or to use another login.";
    InstitutionsGetLimit "INSTITUTIONS_GET_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for the list of institutions. Fetch it once a day and keep it.";
    InstitutionRateLimit "INSTITUTION_RATE_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryLater
        "The bank limits how often its data is fetched. Leave this Item alone for a while.";
    InvalidAccountNumber "INVALID_ACCOUNT_NUMBER" ["INVALID_REQUEST"] ChangeRequest
        "The account number has a form that no account has. Ask the user for it again.";
    InvalidStripeAccount "INVALID_STRIPE_ACCOUNT" ["INVALID_INPUT"] ChangeSetup
        "The Stripe account is not connected. Connect it on the dashboard.";
    NoInvestmentAccounts "NO_INVESTMENT_ACCOUNTS" ["ITEM_ERROR"] AskUser
        "No investment account was found or shared. Ask the user to share one, or to use another login.";
    ProductsNotSupported "PRODUCTS_NOT_SUPPORTED" ["ITEM_ERROR"] GiveUp
        "The bank does not offer this product. Check what it offers before, by the institution's list of products.";
    OauthUnsupportedGrantType "unsupported_grant_type" [] ChangeRequest
        "This way to get a token is not offered.";
    ConsumerReportExpired "CONSUMER_REPORT_EXPIRED" ["CHECK_REPORT_ERROR"] StartOver
        "The report is too old to be read. Have a new one made, with the user's consent.";
    InvalidProcessorToken "INVALID_PROCESSOR_TOKEN" ["INVALID_INPUT"] StartOver
        "The processor token is not known. Make a new one for this processor.";
    PasswordResetRequired "PASSWORD_RESET_REQUIRED" ["ITEM_ERROR"] AskUser
        "The bank wants a new password. The user sets it there, then goes through update mode.";
    SandboxWebhookInvalid "SANDBOX_WEBHOOK_INVALID" ["SANDBOX_ERROR"] ChangeRequest
        "The Item has no webhook address, or can't fire this code. Set one first.";
    TransactionsSyncLimit "TRANSACTIONS_SYNC_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for changes of transactions. Fetch when the webhook says that there are some, 500 a page.";
    UserPermissionRevoked "USER_PERMISSION_REVOKED" ["INVALID_INPUT"] StartOver
        "The user has taken back their permission. Remove the Item; to go on, they have to link the account anew.";
    CustomerAlreadyCreated "CUSTOMER_ALREADY_CREATED" ["PARTNER_ERROR"] GiveUp
        "There is an end customer like this already. Use that one.";
    CustomerAlreadyEnabled "CUSTOMER_ALREADY_ENABLED" ["PARTNER_ERROR"] GiveUp
        "The end customer has production access already. There is nothing to do.";
    IncompatibleApiVersion "INCOMPATIBLE_API_VERSION" ["INVALID_REQUEST"] ChangeRequest
        "The call does not exist in the version of the API that was asked for. Don't override the Plaid-Version header.";
    InsufficientCredentials "INSUFFICIENT_CREDENTIALS" ["ITEM_ERROR"] AskUser
        "The login at the bank was not completed. Let the user start Link again and finish it.";
    InvalidAuditCopyToken "INVALID_AUDIT_COPY_TOKEN" ["INVALID_INPUT"] StartOver
        "The token of the audit copy is not known or was revoked. Get a new one from whoever made it.";
    InvalidUpdatedUsername "INVALID_UPDATED_USERNAME" ["ITEM_ERROR"] AskUser
        "The user name belongs to another login. Ask for the one the Item was made with, or make a new Item.";
    NetworkConsentRequired "NETWORK_CONSENT_REQUIRED" ["CHECK_REPORT_ERROR"] UpdateMode
        "The user has not consented to share data within the network. Ask for it in Link.";
    OauthRegistrationError "OAUTH_REGISTRATION_ERROR" ["PARTNER_ERROR"] ChangeSetup
        "The end customer could not be registered at a bank. Ask Plaid.";
    OauthStateIdNotFound "OAUTH_STATE_ID_NOT_FOUND" ["OAUTH_ERROR"] StartOver
        "This return from the bank belongs to no session. Pass the whole address on as it came, or let the user start again.";
    PaymentInvalidSchedule "PAYMENT_INVALID_SCHEDULE" ["PAYMENT_ERROR"] ChangeRequest
        "The bank does not accept the dates of the standing order. Use later ones, or another interval.";
    TransactionBacsInvalid "TRANSACTION_BACS_INVALID" ["TRANSACTION_ERROR"] ChangeRequest
        "The sort code or account number can't be right. Ask for them again.";
    TransactionIbanInvalid "TRANSACTION_IBAN_INVALID" ["TRANSACTION_ERROR"] ChangeRequest
        "The IBAN can't be right. Ask for it again.";
    TransferAccountBlocked "TRANSFER_ACCOUNT_BLOCKED" ["TRANSFER_ERROR"] GiveUp
        "The account can't be used for transfers. Ask the user for another.";
    TransferNotCancellable "TRANSFER_NOT_CANCELLABLE" ["TRANSFER_ERROR"] GiveUp
        "It is too late to cancel: the transfer is on its way, or done. A refund may undo it.";
    TransferUiUnauthorized "TRANSFER_UI_UNAUTHORIZED" ["TRANSFER_ERROR"] ChangeSetup
        "Your team can't use Transfer's own interface. Ask Plaid.";
    UnauthorizedEnvironment "UNAUTHORIZED_ENVIRONMENT" ["INVALID_INPUT"] ChangeSetup
        "Your team has no access to this environment yet. Ask for it on the dashboard.";
    UnauthorizedInstitution "UNAUTHORIZED_INSTITUTION" ["INSTITUTION_ERROR"] ChangeSetup
        "Your team has no access to this bank. Ask Plaid for it.";
    DataQualityCheckFailed "DATA_QUALITY_CHECK_FAILED" ["ASSET_REPORT_ERROR" "CHECK_REPORT_ERROR"] AskUser
        "The data is not good enough for a report. Ask the user for another account.";
    InstitutionNotAvailable "INSTITUTION_NOT_AVAILABLE" ["INSTITUTION_ERROR"] TryLater
        "The bank can't be reached at present. Try again in some hours.";
    ItemConcurrentlyDeleted "ITEM_CONCURRENTLY_DELETED" ["ITEM_ERROR"] StartOver
        "The Item was removed while the call ran. Forget its access token.";
    PaymentConsentCancelled "PAYMENT_CONSENT_CANCELLED" ["PAYMENT_ERROR"] StartOver
        "The user has withdrawn the consent. Ask for a new one.";
    PaymentInvalidRecipient "PAYMENT_INVALID_RECIPIENT" ["PAYMENT_ERROR"] ChangeRequest
        "The bank does not accept the recipient's name, number or address. Make a new recipient.";
    PaymentInvalidReference "PAYMENT_INVALID_REFERENCE" ["PAYMENT_ERROR"] ChangeRequest
        "The bank does not accept the reference. Keep it short, of plain letters and digits.";
    UnauthorizedRouteAccess "UNAUTHORIZED_ROUTE_ACCESS" ["INVALID_INPUT"] ChangeSetup
        "Your team has no access to this call. Ask Plaid for the product.";
    AccountsBalanceGetLimit "ACCOUNTS_BALANCE_GET_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for fresh balances. Slow down, and use cached balances where they do.";
    IncomeVerificationFailed "INCOME_VERIFICATION_FAILED" ["INCOME_VERIFICATION_ERROR"] AskUser
        "The income could not be verified. Let the user try another way.";
    InstitutionNotResponding "INSTITUTION_NOT_RESPONDING" ["INSTITUTION_ERROR"] TryLater
        "The bank does not answer. Try again in some hours.";
    InvalidLinkCustomization "INVALID_LINK_CUSTOMIZATION" ["INVALID_INPUT"] ChangeSetup
        "The named customisation of Link does not exist or does not fit the products. Look at it on the dashboard.";
    InvalidUserIdentityData "INVALID_USER_IDENTITY_DATA" ["INVALID_INPUT"] ChangeRequest
        "What is known of the user is incomplete or contradicts itself. The message names what.";
    PaymentInsufficientFunds "PAYMENT_INSUFFICIENT_FUNDS" ["PAYMENT_ERROR"] AskUser
        "There is too little money in the account. Ask the user for another one, or to try later.";
    QuestionnaireNotComplete "QUESTIONNAIRE_NOT_COMPLETE" ["PARTNER_ERROR"] ChangeSetup
        "The end customer's security questionnaire is not filled in. Do that on the dashboard first.";
    TransactionsRefreshLimit "TRANSACTIONS_REFRESH_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryLater
        "Transactions were refreshed too often. Plaid fetches them by itself several times a day.";
    AdditionalConsentRequired "ADDITIONAL_CONSENT_REQUIRED" ["INVALID_INPUT"] UpdateMode
        "The user has not consented to this product. Ask for it in update mode, naming the product.";
    InvalidConfigurationState "INVALID_CONFIGURATION_STATE" ["SIGNAL_ERROR"] ChangeSetup
        "The rules are in a state in which they can't be used. Look at them on the dashboard.";
    NoInvestmentAuthAccounts "NO_INVESTMENT_AUTH_ACCOUNTS" ["ITEM_ERROR"] AskUser
        "No account has the data that a transfer of investments needs. Ask the user for another login.";
    SandboxProductNotEnabled "SANDBOX_PRODUCT_NOT_ENABLED" ["SANDBOX_ERROR"] ChangeRequest
        "The Item lacks the product that this test event is about. Make a sandbox Item with it.";
    TransactionAmountExceeded "TRANSACTION_AMOUNT_EXCEEDED" ["TRANSACTION_ERROR"] ChangeRequest
        "The amount is over what may be moved, or more than was paid. Use a smaller one.";
    TransactionOnSameAccount "TRANSACTION_ON_SAME_ACCOUNT" ["TRANSACTION_ERROR"] ChangeRequest
        "The money would go to the wallet that it comes from. Use another counterparty.";
    CustomerRemovalNotAllowed "CUSTOMER_REMOVAL_NOT_ALLOWED" ["PARTNER_ERROR"] GiveUp
        "An end customer that is in production can't be removed. Ask Plaid.";
    InstitutionsGetByIdLimit "INSTITUTIONS_GET_BY_ID_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for single institutions. Keep what you have fetched.";
    ManualVerificationRequired "MANUAL_VERIFICATION_REQUIRED" ["ITEM_ERROR"] AskUser
        "The bank wants the user to confirm something on its own site first. Ask them to, then let them try again.";
    PaymentSchemeNotSupported "PAYMENT_SCHEME_NOT_SUPPORTED" ["PAYMENT_ERROR"] ChangeRequest
        "The bank does not take part in the asked scheme. Leave the scheme out, or use another bank.";
    TransactionExecutionFailed "TRANSACTION_EXECUTION_FAILED" ["TRANSACTION_ERROR"] TryAgain
        "The transaction failed. Look at its state, then execute a new one with a new key.";
    TransferForbiddenAchClass "TRANSFER_FORBIDDEN_ACH_CLASS" ["TRANSFER_ERROR"] ChangeRequest
        "Your team can't use this ACH class for this transfer. Use another one or ask Plaid.";
    BankTransferAccountBlocked "BANK_TRANSFER_ACCOUNT_BLOCKED" ["MICRODEPOSITS_ERROR" "BANK_TRANSFER_ERROR"] GiveUp
        "The account can't be debited or credited. The user has to use another.";
    IncomeVerificationNotFound "INCOME_VERIFICATION_NOT_FOUND" ["INCOME_VERIFICATION_ERROR"] ChangeRequest
        "There is no such verification for this user.";
    InsufficientTransactionData "INSUFFICIENT_TRANSACTION_DATA" ["CHECK_REPORT_ERROR"] AskUser
        "There are too few transactions to tell anything. Ask the user for the account they use most.";
    InvestmentHoldingsGetLimit "INVESTMENT_HOLDINGS_GET_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for holdings. Wait for the webhook that tells of new ones.";
    InvestmentTransactionsLimit "INVESTMENT_TRANSACTIONS_LIMIT" ["RATE_LIMIT_EXCEEDED"] TryAgain
        "Too many calls for investment transactions. Wait for the webhook that tells of new ones.";
    ProfileAuthenticationFailed "PROFILE_AUTHENTICATION_FAILED" ["INVALID_INPUT"] AskUser
        "The user could not be recognised. Let them go through Link anew.";
    TransactionCurrencyMismatch "TRANSACTION_CURRENCY_MISMATCH" ["TRANSACTION_ERROR"] ChangeRequest
        "The wallet has another currency than the amount.";
    TransactionFastPayDisabled "TRANSACTION_FAST_PAY_DISABLED" ["TRANSACTION_ERROR"] ChangeRequest
        "The counterparty's bank takes no instant payments. Use another account.";
    TransferOriginatorNotFound "TRANSFER_ORIGINATOR_NOT_FOUND" ["TRANSFER_ERROR"] ChangeRequest
        "There is no originator with this id under your platform.";
    AssetReportGenerationFailed "ASSET_REPORT_GENERATION_FAILED" ["ASSET_REPORT_ERROR"] TryAgain
        "The report could not be made. Ask for a new one.";
    DirectIntegrationNotEnabled "DIRECT_INTEGRATION_NOT_ENABLED" ["INVALID_INPUT"] ChangeSetup
        "The direct integration is not switched on for your team. Ask Plaid.";
    IncompleteCustomerOnboarding "INCOMPLETE_CUSTOMER_ONBOARDING" ["TRANSFER_ERROR"] ChangeSetup
        "The originator has not been approved yet. Finish its onboarding first.";
    IncorrectDepositVerification "INCORRECT_DEPOSIT_VERIFICATION" ["INVALID_INPUT"] AskUser
        "The amounts of the micro-deposits were wrong. Ask the user to look at them again; attempts are limited.";
    TooManyVerificationAttempts "TOO_MANY_VERIFICATION_ATTEMPTS" ["INVALID_INPUT"] StartOver
        "The micro-deposits were guessed wrong too often. The user has to link the account anew.";
    TransactionInsufficientFunds "TRANSACTION_INSUFFICIENT_FUNDS" ["TRANSACTION_ERROR"] ChangeRequest
        "There is too little money in the wallet. Fund it first.";
    InsightsPreviouslyNotEnabled "INSIGHTS_PREVIOUSLY_NOT_ENABLED" ["ASSET_REPORT_ERROR"] ChangeRequest
        "The report was made before insights were switched on. Refresh it, or make a new one.";
    InstitutionNoLongerSupported "INSTITUTION_NO_LONGER_SUPPORTED" ["INSTITUTION_ERROR"] GiveUp
        "Plaid has no connection to this bank any more. Remove the Item and ask the user for another bank.";
    TransferNetworkLimitExceeded "TRANSFER_NETWORK_LIMIT_EXCEEDED" ["TRANSFER_ERROR"] ChangeRequest
        "The amount is over what this network carries. Use a smaller amount or another network.";
    AssetsUnderManagementRequired "ASSETS_UNDER_MANAGEMENT_REQUIRED" ["PARTNER_ERROR"] ChangeRequest
        "The end customer's assets under management are missing. Add them.";
    IncomeVerificationUploadError "INCOME_VERIFICATION_UPLOAD_ERROR" ["INCOME_VERIFICATION_ERROR"] AskUser
        "The uploaded file can't be read. Ask the user for a better copy.";
    OauthStateIdAlreadyProcessed "OAUTH_STATE_ID_ALREADY_PROCESSED" ["OAUTH_ERROR"] StartOver
        "This return from the bank was handled before. Let the user start Link again if nothing was linked.";
    SignalTransactionNotInitiated "SIGNAL_TRANSACTION_NOT_INITIATED" ["SIGNAL_ERROR"] ChangeRequest
        "A return was reported for a transaction that was never reported as begun. Report the decision first.";
    CustomerNotReadyForEnablement "CUSTOMER_NOT_READY_FOR_ENABLEMENT" ["PARTNER_ERROR"] ChangeSetup
        "The end customer is not ready for production. Its state says what is missing.";
    InstitutionRegistrationRequired "INSTITUTION_REGISTRATION_REQUIRED" ["INSTITUTION_ERROR"] ChangeSetup
        "The bank wants your application to be registered with it first. Look at the bank's state on the dashboard.";
    TransferUnsupportedAccountType "TRANSFER_UNSUPPORTED_ACCOUNT_TYPE" ["TRANSFER_ERROR"] AskUser
        "Accounts of this kind can't be used for transfers. Ask the user for a checking or savings account.";
    InvalidWebhookVerificationKeyId "INVALID_WEBHOOK_VERIFICATION_KEY_ID" ["INVALID_INPUT"] ChangeRequest
        "There is no key of this id in this environment. A webhook that names it was not sent by Plaid, or to another environment.";
    PaymentConsentInvalidConstraints "PAYMENT_CONSENT_INVALID_CONSTRAINTS" ["PAYMENT_ERROR"] ChangeRequest
        "The bank does not accept the limits of the consent, or the payment is outside of them.";
    ClientTransactionIdAlreadyInUse "CLIENT_TRANSACTION_ID_ALREADY_IN_USE" ["SIGNAL_ERROR"] ChangeRequest
        "This transaction was scored before. Use another id, or the score that you have.";
    VerificationStatusPendingApproval "VERIFICATION_STATUS_PENDING_APPROVAL" ["INCOME_VERIFICATION_ERROR"] WaitForData
        "The user has not approved the verification yet. Wait for the webhook.";
    IncomeVerificationDocumentNotFound "INCOME_VERIFICATION_DOCUMENT_NOT_FOUND" ["INCOME_VERIFICATION_ERROR"] AskUser
        "No document of this kind was uploaded. Ask the user for it.";
    InstitutionNotEnabledInEnvironment "INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT" ["INSTITUTION_ERROR"] ChangeSetup
        "The bank can't be used in this environment. Use a made-up one in the sandbox.";
    SandboxTransferEventTransitionInvalid "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID" ["SANDBOX_ERROR"] ChangeRequest
        "A transfer in this state can't have that event next. Simulate the ones in between first.";
    TransactionsSyncMutationDuringPagination "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION" ["TRANSACTIONS_ERROR"] Restart
        "The data changed between two pages. Begin again from the cursor that this update began with, and drop its pages.";
    InstitutionTransactionHistoryNotSupported "INSTITUTION_TRANSACTION_HISTORY_NOT_SUPPORTED" ["CHECK_REPORT_ERROR"] GiveUp
        "The bank gives too little history for this report. Ask the user for another bank.";
    PlaidDirectItemImportReturnedInvalidMfa "PLAID_DIRECT_ITEM_IMPORT_RETURNED_INVALID_MFA" ["INVALID_RESULT"] AskUser
        "The import met a second factor that it can't answer. The user has to link the account in Link.";
    NotEnabledForSignalTransactionScoreRulesets "NOT_ENABLED_FOR_SIGNAL_TRANSACTION_SCORE_RULESETS" ["SIGNAL_ERROR"] ChangeSetup
        "Your team can't use rulesets. Leave the ruleset's key out, or ask Plaid.";
}
