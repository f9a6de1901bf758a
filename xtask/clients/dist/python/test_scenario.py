"""Goes through Plaid's flow with the official client and the fixtures of the wheel."""

import json
import os
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import plaid as official
import pytest
from plaid.model.accounts_get_request import AccountsGetRequest
from plaid.model.country_code import CountryCode
from plaid.model.item_public_token_exchange_request import ItemPublicTokenExchangeRequest
from plaid.model.link_token_create_request import LinkTokenCreateRequest
from plaid.model.link_token_create_request_user import LinkTokenCreateRequestUser
from plaid.model.products import Products
from plaid.model.transactions_sync_request import TransactionsSyncRequest

from plaid_emulator import Emulator, EmulatorError, Tenant


def link(tenant: Tenant) -> str:
    request = LinkTokenCreateRequest(
        client_name="Acme",
        language="en",
        country_codes=[CountryCode("US")],
        products=[Products("transactions")],
        user=LinkTokenCreateRequestUser(client_user_id="user-1"),
        webhook="http://127.0.0.1:9/webhook",
    )
    client = tenant.client()
    token = client.link_token_create(request).link_token
    public = tenant.complete_link(token, username="user_good", password="pass_good")["public_token"]
    return client.item_public_token_exchange(ItemPublicTokenExchangeRequest(public_token=public)).access_token


def moment(clock: dict) -> datetime:
    return datetime.fromisoformat(clock["now"].replace("Z", "+00:00"))


def accounts(tenant: Tenant, access_token: str) -> list:
    return tenant.client().accounts_get(AccountsGetRequest(access_token=access_token)).accounts


def code_of(error: official.ApiException) -> str:
    return json.loads(error.body)["error_code"]


def sync(tenant: Tenant, access_token: str, cursor: str = "") -> tuple[list, str]:
    added = []
    while True:
        request = TransactionsSyncRequest(access_token=access_token, cursor=cursor, count=20)
        page = tenant.client().transactions_sync(request)
        added += page.added
        cursor = page.next_cursor
        if not page.has_more:
            return added, cursor


def test_an_item_goes_from_link_to_transactions(plaid: Tenant) -> None:
    start = moment(plaid.freeze())
    token = link(plaid)
    assert len(accounts(plaid, token)) == 14
    first, cursor = sync(plaid, token)
    assert len(first) > 16

    later = plaid.advance(timedelta(days=30))
    assert moment(later) - start == timedelta(days=30)
    second, _ = sync(plaid, token, cursor)
    assert len(second) == 16

    seen = plaid.webhooks()
    update = plaid.wait_for_webhook("SYNC_UPDATES_AVAILABLE", kind="TRANSACTIONS")
    assert update["id"] in [webhook["id"] for webhook in seen]
    plaid.fire_webhook(token, "NEW_ACCOUNTS_AVAILABLE", "ITEM")
    assert plaid.wait_for_webhook("NEW_ACCOUNTS_AVAILABLE", after=seen[-1]["id"])["payload"]["item_id"]


def test_faults_and_broken_items_are_seen_by_the_client(plaid: Tenant) -> None:
    plaid.fault(error_type="RATE_LIMIT_EXCEEDED", error_code="RATE_LIMIT", operation="/accounts/get", count=1)
    token = link(plaid)
    with pytest.raises(official.ApiException) as limited:
        accounts(plaid, token)
    assert limited.value.status == 429 and code_of(limited.value) == "RATE_LIMIT"
    assert len(accounts(plaid, token)) == 14

    plaid.break_item(token)
    with pytest.raises(official.ApiException) as broken:
        accounts(plaid, token)
    assert code_of(broken.value) == "ITEM_LOGIN_REQUIRED"
    plaid.repair_item(token)
    plaid.snapshot("repaired")
    plaid.revoke_item(token)
    with pytest.raises(EmulatorError):
        plaid.call("/accounts/get", {"access_token": token})
    plaid.restore("repaired")
    assert len(plaid.call("/accounts/get", {"access_token": token})["accounts"]) == 14
    plaid.fault(http=503)
    with pytest.raises(EmulatorError) as proxy:
        plaid.call("/accounts/get", {"access_token": token})
    assert proxy.value.status == 503
    plaid.clear_faults()
    assert len(plaid.requests()) > 5
    with pytest.raises(EmulatorError, match="does not take the field"):
        plaid.control("POST", "clock/advance", {"second": 1})


def test_tenants_do_not_see_each_other_at_the_same_time(plaid: Tenant, plaid_emulator: Emulator) -> None:
    other = plaid_emulator.tenant()
    tokens: dict[str, str] = {}
    threads = [
        threading.Thread(target=lambda one=one: tokens.update({one.client_id: link(one)})) for one in (plaid, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plaid.fault(http=503)
    plaid.freeze()
    assert len(accounts(other, tokens[other.client_id])) == 14
    assert not other.clock()["frozen"]
    with pytest.raises(official.ApiException) as unknown:
        accounts(other, tokens[plaid.client_id])
    assert code_of(unknown.value) == "INVALID_ACCESS_TOKEN"


def test_an_emulator_of_ones_own_has_its_options_and_ends_with_its_block() -> None:
    frozen = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
    with Emulator(frozen=frozen, seed=7, args=["--self-check"]) as emulator:
        url = emulator.url
        tenant = emulator.tenant("mine")
        assert tenant.clock()["now"] == "2026-01-31T12:00:00Z"
        # The same name and the same calls give the same ids.
        token = link(tenant)
        assert link(emulator.tenant("mine")) == token
        assert emulator.tenant().client_id != tenant.client_id
        assert tenant.environment()["PLAID_BASE_URL"] == url
    with pytest.raises(URLError):
        urlopen(f"{url}/_plaid/health")
    with pytest.raises(RuntimeError, match="ended with code 2"):
        Emulator(args=["--no-such-option"])


def test_the_address_of_the_run_is_written(plaid_emulator: Emulator) -> None:
    Path("address.txt").write_text(plaid_emulator.url)


@pytest.mark.skipif("HOLD" not in os.environ, reason="it never ends: the runner is killed")
def test_hold(plaid_emulator: Emulator) -> None:
    Path("address.txt").write_text(plaid_emulator.url)
    time.sleep(600)
