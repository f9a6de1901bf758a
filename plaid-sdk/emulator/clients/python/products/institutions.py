"""Institutions: the banks that a user can choose from."""

from plaid.models import (
    CountryCode,
    InstitutionsGetByIdRequest,
    InstitutionsGetByIdRequestOptions,
    InstitutionsGetRequest,
    InstitutionsSearchRequest,
    Products,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    page = client.institutions_get(InstitutionsGetRequest(count=3, offset=0, country_codes=[CountryCode("US")]))
    assert len(page.institutions) == 3
    assert page.total > 50
    next_page = client.institutions_get(InstitutionsGetRequest(count=3, offset=3, country_codes=[CountryCode("US")]))
    assert next_page.institutions[0].institution_id != page.institutions[0].institution_id

    [bank] = client.institutions_search(
        InstitutionsSearchRequest(
            query="First Platypus Bank", products=[Products("auth")], country_codes=[CountryCode("US")]
        )
    ).institutions
    assert bank.institution_id == "ins_109508"
    found = client.institutions_get_by_id(
        InstitutionsGetByIdRequest(
            institution_id="ins_109508",
            country_codes=[CountryCode("US")],
            options=InstitutionsGetByIdRequestOptions(include_optional_metadata=True, include_status=True),
        )
    ).institution
    assert found.name == "First Platypus Bank"
    assert found.status.item_logins.status == "HEALTHY"
    assert not found.oauth
    assert client.institutions_get_by_id(
        InstitutionsGetByIdRequest(institution_id="ins_127287", country_codes=[CountryCode("US")])
    ).institution.oauth
    with refused("INVALID_INSTITUTION"):
        client.institutions_get_by_id(
            InstitutionsGetByIdRequest(institution_id="ins_0", country_codes=[CountryCode("US")])
        )
