"""Auth from numbers: a database says whether an account that a user typed in can be paid from."""

from plaid.models import (
    AuthVerifyNumbersACH,
    AuthVerifyRequest,
    AuthVerifyRequestNumbers,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    known = client.auth_verify(
        AuthVerifyRequest(
            legal_name="John Smith",
            numbers=AuthVerifyRequestNumbers(ach=AuthVerifyNumbersACH(account="1111222233331111", routing="110000000")),
        )
    )
    assert known.verification_status == "database_insights_pass"
    assert known.verification_insights.name_match_score == 100
    doubtful = client.auth_verify(
        AuthVerifyRequest(
            legal_name="Ann Perkins",
            numbers=AuthVerifyRequestNumbers(ach=AuthVerifyNumbersACH(account="1111222233333333", routing="110000000")),
        )
    )
    assert doubtful.verification_status == "database_insights_pass_with_caution"
    other = client.auth_verify(
        AuthVerifyRequest(
            legal_name="Ann Perkins",
            numbers=AuthVerifyRequestNumbers(ach=AuthVerifyNumbersACH(account="1111222233330009", routing="110000000")),
        )
    )
    assert other.verification_status == "database_insights_fail"
    with refused("INVALID_FIELD"):
        client.auth_verify(
            AuthVerifyRequest(
                numbers=AuthVerifyRequestNumbers(ach=AuthVerifyNumbersACH(account="1111222233331111", routing="1"))
            )
        )
