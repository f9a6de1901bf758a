"""Liabilities: what a user owes on a card, a student loan and a mortgage."""

from plaid.models import LiabilitiesGetRequest
from plaid_emulator import Tenant
from support import link


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["liabilities"])
    found = client.liabilities_get(LiabilitiesGetRequest(access_token=access_token))
    [card] = found.liabilities.credit
    [student] = found.liabilities.student
    [mortgage] = found.liabilities.mortgage
    assert (card.minimum_payment_amount, card.last_statement_balance) == (20, 1708.77)
    assert [apr.apr_type for apr in card.aprs if apr.apr_percentage == 12.5] == ["purchase_apr"]
    assert (student.interest_rate_percentage, student.guarantor) == (5.25, "DEPT OF ED")
    assert (mortgage.interest_rate.percentage, mortgage.next_monthly_payment) == (3.99, 3141.54)
    [account] = [one for one in found.accounts if one.account_id == mortgage.account_id]
    assert (account.mask, account.balances.current) == ("8888", 56302.06)
