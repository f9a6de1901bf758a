"""Identity: the documents by which owners of accounts are known."""

from plaid.models import IdentityDocumentsUploadsGetRequest
from plaid_emulator import Tenant
from support import link


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["identity"])
    accounts = client.identity_documents_uploads_get(
        IdentityDocumentsUploadsGetRequest(access_token=access_token)
    ).accounts
    assert len(accounts) == 14
    # The bank has told the owners, so nobody had to send a document.
    assert accounts[0].documents == []
    assert accounts[0].owners[0].names == ["Alberta Bobbeth Charleson"]
