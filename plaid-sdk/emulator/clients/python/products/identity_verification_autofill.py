"""Identity Verification: a phone number and a date of birth are enough for a person that Plaid knows."""

from datetime import date

from plaid.models import (
    IdentityVerificationAutofillCreateRequest,
    IdentityVerificationCreateRequest,
    IdentityVerificationCreateRequestUser,
)
from plaid_emulator import Tenant


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    created = client.identity_verification_create(
        IdentityVerificationCreateRequest(
            client_user_id="leslie",
            is_shareable=False,
            template_id="idvtmp_4FrXJvfQU3zGUR",
            gave_consent=True,
            user=IdentityVerificationCreateRequestUser(phone_number="+12345678909", date_of_birth=date(1975, 1, 18)),
        )
    )
    filled = client.identity_verification_autofill_create(
        IdentityVerificationAutofillCreateRequest(identity_verification_id=created.id)
    )
    assert (filled.status.value, filled.user.name.family_name) == ("success", "Knope")
