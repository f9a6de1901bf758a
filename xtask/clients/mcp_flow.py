"""Goes through the explorer's tools with the PyPI client of MCP: from a search to transactions, with handles only.

Arguments: "http" and the address of the tools, or "stdio" and the program.
"""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters
from mcp.types import ElicitResult

SECRETS = ("access-sandbox-", "public-sandbox-", "link-sandbox-")

asked = []


async def person(context, params):
    """Answers questions as the test wants it."""
    asked.append(params.message)
    return ElicitResult(action=person.action, content={"send": True} if person.action == "accept" else None)


def text_of(result):
    return "\n".join(block.text for block in result.content if block.type == "text")


async def call(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    text = text_of(result)
    assert not any(secret in text + str(result.structured_content) for secret in SECRETS), f"{tool} shows a token: {text}"
    return result, text


async def operation(client, tool, name, **arguments):
    result, text = await call(client, tool, operation=name, arguments=arguments)
    assert not result.is_error, f"{name}: {text}"
    return json.loads(text.split("\n\nShortened")[0])


async def flow(client, can_ask):
    listed = await client.list_tools()
    names = [tool.name for tool in listed.tools]
    assert names[0] == "search_operations" and "complete_link" in names, names
    _, found = await call(client, "search_operations", query="create a link token")
    assert "link_token_create" in found, found
    _, about = await call(client, "describe_operation", operation="link_token_create")
    assert "client_name (string, required)" in about, about

    created = await operation(
        client,
        "call_write_operation",
        "link_token_create",
        client_name="Acme",
        language="en",
        country_codes=["US"],
        products=["transactions", "transfer"],
        user={"client_user_id": "user-1"},
    )
    assert created["link_token"].startswith("handle:link_token:"), created
    result, completed = await call(client, "complete_link", link_token=created["link_token"])
    assert not result.is_error, completed
    public_token = json.loads(completed)["public_token"]
    exchanged = await operation(client, "call_write_operation", "item_public_token_exchange", public_token=public_token)
    access_token = exchanged["access_token"]
    assert access_token.startswith("handle:access_token:"), exchanged

    for _ in range(60):
        page = await operation(client, "call_read_operation", "transactions_sync", access_token=access_token)
        if page["added"]:
            break
        await asyncio.sleep(0.5)
    assert page["added"], page

    result, refused = await call(client, "call_read_operation", operation="item_get", arguments={"access_token": 1})
    assert result.is_error and "`access_token` must be string" in refused, refused
    if can_ask:
        await money(client, access_token)
    documented = await client.read_resource("plaid://operations/transactions_sync.md")
    assert documented.contents[0].text.startswith("# "), documented


async def money(client, access_token):
    """A call that moves money is sent when the person agrees."""
    accounts = await operation(client, "call_read_operation", "accounts_get", access_token=access_token)
    account_id = accounts["accounts"][0]["account_id"]
    authorized = await operation(
        client,
        "call_write_operation",
        "transfer_authorization_create",
        access_token=access_token,
        account_id=account_id,
        type="debit",
        network="ach",
        amount="12.34",
        ach_class="ppd",
        user={"legal_name": "Anne Charleston"},
    )
    transfer = {
        "access_token": access_token,
        "account_id": account_id,
        "authorization_id": authorized["authorization"]["id"],
        "description": "payment",
    }
    before = len(asked)
    person.action = "decline"
    result, declined = await call(client, "call_write_operation", operation="transfer_create", arguments=transfer)
    assert result.is_error and "did not agree" in declined, declined
    person.action = "accept"
    sent = await operation(client, "call_write_operation", "transfer_create", **transfer)
    assert sent["transfer"]["amount"] == "12.34", sent
    assert len(asked) == before + 2 and "transfer_create moves money" in asked[-1], asked


async def main(transport, target):
    server = target if transport == "http" else StdioServerParameters(command=target, args=["mcp"])
    for mode, can_ask in MODES[transport]:
        person.action = "accept"
        async with Client(server, elicitation_callback=person, mode=mode) as client:
            await flow(client, can_ask)
            print(f"PyPI mcp, {transport}, revision {client.protocol_version}: all worked")


# How the client begins, and whether the server can ask the person: over HTTP, an older revision has no session for that.
MODES = {"http": [("auto", True), ("legacy", False)], "stdio": [("auto", True), ("legacy", True)]}

asyncio.run(main(*sys.argv[1:]))
