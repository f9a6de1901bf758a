"""Dashboard users: the people of the team, who are named in the audit trails of reviews."""

from plaid.models import DashboardUserGetRequest, DashboardUserListRequest
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    plaid.control("POST", "dashboard/user", {"email_address": "leslie@example.com"})
    people = client.dashboard_user_list(DashboardUserListRequest()).dashboard_users
    leslie = next(one for one in people if one.email_address == "leslie@example.com")
    assert leslie.status.value == "active"
    found = client.dashboard_user_get(DashboardUserGetRequest(dashboard_user_id=leslie.id))
    assert (found.id, found.email_address) == (leslie.id, "leslie@example.com")
    with refused("INVALID_FIELD"):
        client.dashboard_user_get(DashboardUserGetRequest(dashboard_user_id="000000000000000000000000"))
