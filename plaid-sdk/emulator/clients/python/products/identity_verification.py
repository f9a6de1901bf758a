"""Identity verification: a user passes, another one fails the check and gets a second attempt."""

from plaid.models import (
    IdentityVerificationCreateRequest,
    IdentityVerificationGetRequest,
    IdentityVerificationListRequest,
    IdentityVerificationRetryRequest,
    Strategy,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def verify(client, name):
    """An attempt of a user, which starts with the phone."""
    return client.identity_verification_create(
        IdentityVerificationCreateRequest(
            client_user_id=name, template_id="idvtmp_1", is_shareable=True, gave_consent=True
        )
    )


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    plaid.control("POST", "dashboard/webhook", {"url": receiver.url})
    started = verify(client, "leslie")
    assert (started.status.value, started.steps.verify_sms.value) == ("active", "active")
    assert started.shareable_url is not None
    # The Sandbox knows one person, and one code.
    plaid.control(
        "POST", "identity_verification/phone", {"identity_verification_id": started.id, "phone_number": "+12345678909"}
    )
    plaid.control("POST", "identity_verification/code", {"identity_verification_id": started.id, "code": "11111"})
    address = {"street": "123 Main St.", "city": "Pawnee", "region": "IN", "postal_code": "46001", "country": "US"}
    person = {
        "name": {"given_name": "Leslie", "family_name": "Knope"},
        "date_of_birth": "1975-01-18",
        "email_address": "knope1975@gmail.com",
        "id_number": {"value": "123456788", "type": "us_ssn"},
        "address": address,
    }
    plaid.control("POST", "identity_verification/data", {"identity_verification_id": started.id, "user": person})
    receiver.wait("STATUS_UPDATED", {"identity_verification_id": started.id})
    passed = client.identity_verification_get(IdentityVerificationGetRequest(identity_verification_id=started.id))
    assert (passed.status.value, passed.steps.kyc_check.value, passed.kyc_check.name.summary.value) == (
        "success",
        "success",
        "match",
    )

    # Another name does not fit the rest, so documents are asked for. None of three is good.
    failing = verify(client, "ron")
    plaid.control(
        "POST", "identity_verification/phone", {"identity_verification_id": failing.id, "phone_number": "+14155550123"}
    )
    plaid.control("POST", "identity_verification/code", {"identity_verification_id": failing.id, "code": "11111"})
    other = {**person, "name": {"given_name": "Ron", "family_name": "Swanson"}}
    plaid.control("POST", "identity_verification/data", {"identity_verification_id": failing.id, "user": other})
    for number in [1, 2, 3]:
        plaid.control(
            "POST", "identity_verification/document", {"identity_verification_id": failing.id, "category": "passport"}
        )
    failed = client.identity_verification_get(IdentityVerificationGetRequest(identity_verification_id=failing.id))
    assert (failed.status.value, failed.kyc_check.name.summary.value) == ("failed", "no_match")
    assert [one.attempt for one in failed.documentary_verification.documents] == [1, 2, 3]

    retried = client.identity_verification_retry(
        IdentityVerificationRetryRequest(client_user_id="ron", template_id="idvtmp_1", strategy=Strategy("reset"))
    )
    assert (retried.previous_attempt_id, retried.status.value) == (failing.id, "active")
    receiver.wait("RETRIED", {"identity_verification_id": retried.id})
    attempts = client.identity_verification_list(
        IdentityVerificationListRequest(client_user_id="ron", template_id="idvtmp_1")
    ).identity_verifications
    assert [one.id for one in attempts] == [retried.id, failing.id]
    with refused("INVALID_FIELD"):
        client.identity_verification_get(IdentityVerificationGetRequest(identity_verification_id="idv_unknown"))
