"""Issues: a user can't log in, the bank is known to be broken, and the application is told when it is repaired."""

from plaid.models import (
    IssuesGetRequest,
    IssuesSearchRequest,
    IssuesSubscribeRequest,
    LinkTokenGetRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_token, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    token = link_token(client, ["auth"])
    plaid.control("POST", "link/select", {"link_token": token, "institution_id": "ins_132361"})
    plaid.exit_link(token)
    session = client.link_token_get(LinkTokenGetRequest(link_token=token)).link_sessions[0]
    [issue] = client.issues_search(IssuesSearchRequest(link_session_id=session.link_session_id)).issues
    assert (issue.status.value, issue.institution_ids) == ("REPORTED", ["ins_132361"])

    client.issues_subscribe(IssuesSubscribeRequest(issue_id=issue.issue_id, webhook=receiver.url))
    for status in ["AWAITING_RESOLUTION", "FIX_IN_PROGRESS", "FIX_PENDING_VALIDATION", "RESOLVED"]:
        plaid.control("POST", f"issues/{issue.issue_id}", {"status": status})
        assert client.issues_get(IssuesGetRequest(issue_id=issue.issue_id)).issue.status.value == status
    told = receiver.wait("ISSUE_RESOLVED")
    assert (told["issue_id"], told["institution_id"]) == (issue.issue_id, "ins_132361")
    with refused("INVALID_FIELD"):
        client.issues_get(IssuesGetRequest(issue_id="unknown"))
