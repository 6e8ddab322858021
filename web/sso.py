"""Signing in with one's organisation's account: OpenID Connect, code flow with PKCE. Needs ``duban[sso]``.

Where it is and which keys it signs with is asked anew each time: nothing is kept between two visitors.
"""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
from authlib.common.urls import add_params_to_uri  # type: ignore[import-untyped]  # authlib has no types
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # as above
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # as above
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from config.errors import UserError
from config.settings import Settings
from web.sso_way import Way

PATH = "/sso/callback"
"""Where the organisation's sign-in sends people back to."""

_ALGORITHMS = ["RS256", "PS256", "ES256"]
_SECONDS = 10.0
_LEEWAY = 60  # seconds by which two clocks may differ

Told = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The sign-in of an organisation, as the settings name it; ``back`` is our page it sends people to."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    back: str


def provider_of(settings: Settings) -> Provider:
    """Return the organisation's sign-in that the settings name."""
    secret = settings.sso_client_secret
    return Provider(
        issuer=settings.sso_issuer or "",
        client_id=settings.sso_client_id or "",
        secret=secret.get_secret_value() if secret else "",
        back=f"{settings.base_url.rstrip('/')}{PATH}",
    )


def departure(provider: Provider, way: Way) -> str:
    """Return the address at which a visitor proves who they are; UserError where there is no answer."""
    with _talk() as client:
        page = str(_about(client, provider)["authorization_endpoint"])
        if not page.startswith(("https://", "http://")):
            raise ValueError(f"it is at {page!r}, which is no web page")
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": provider.back,
        "scope": "openid email",
        "state": way.state,
        "nonce": way.nonce,
        "code_challenge": create_s256_code_challenge(way.verifier),
        "code_challenge_method": "S256",
    }
    return str(add_params_to_uri(page, list(asked.items())))


def verified_address(provider: Provider, way: Way, code: str, *, now: datetime) -> str:
    """Return the mail address that the organisation has verified of whoever came back with a code.

    UserError where code, signature or any claim is not right, or the address is not verified.
    """
    with _talk() as client:
        about = _about(client, provider)
        tokens = _tokens(client, provider, about, form={"code": code, "code_verifier": way.verifier})
        keys = KeySet.import_key_set(_asked(client, about["jwks_uri"]))  # type: ignore[arg-type]  # it checks
        claims = _proved(provider, tokens, keys, nonce=way.nonce, now=now)
        if "email" not in claims and "userinfo_endpoint" in about:
            told = _asked(client, about["userinfo_endpoint"], token=tokens["access_token"])
            claims = told if told.get("sub") == claims["sub"] else {}
    address = claims.get("email")
    if not isinstance(address, str) or claims.get("email_verified") not in (True, "true"):
        raise UserError(
            zh="单位账号里没有经过核实的邮箱，没有登录。请改用邮箱登录，或请单位的账号管理员核实您的邮箱。",
            en="your organisation's account has no verified mail address and you are not signed in;"
            " sign in by your mail address, or have it verified there",
            code="sso.unverified",
        )
    return address


@contextmanager
def _talk() -> Iterator[httpx.Client]:
    try:
        with httpx.Client(timeout=_SECONDS, headers={"accept": "application/json"}) as client:
            yield client
    except (httpx.HTTPError, httpx.InvalidURL, KeyError, TypeError, ValueError) as error:
        raise UserError(
            zh="单位的统一登录没有正常答复，没有登录。请稍后再试，或改用邮箱登录。",
            en="your organisation's sign-in did not answer as it should and you are not signed in;"
            " try again later or sign in by your mail address",
            code="sso.unreachable",
        ) from error


def _asked(client: httpx.Client, address: str, *, token: str | None = None) -> Told:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return dict(client.get(address, headers=headers).raise_for_status().json())


def _about(client: httpx.Client, provider: Provider) -> Told:
    about = _asked(client, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if about["issuer"] != provider.issuer:
        raise ValueError(f"the issuer calls itself {about['issuer']!r}")
    return about


def _tokens(client: httpx.Client, provider: Provider, about: Told, *, form: dict[str, str]) -> Told:
    form |= {"grant_type": "authorization_code", "redirect_uri": provider.back}
    headers = {}
    if "client_secret_basic" in about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
        headers["authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": provider.client_id, "client_secret": provider.secret}
    answer = client.post(about["token_endpoint"], data=form, headers=headers)
    if answer.is_client_error:
        raise refused()
    return dict(answer.raise_for_status().json())


def _proved(provider: Provider, tokens: Told, keys: KeySet, *, nonce: str, now: datetime) -> Told:
    """Return what the identity token says, once its signature and each of its claims have been checked."""
    must = {"iss": provider.issuer, "aud": provider.client_id}
    known = {"nonce": nonce, "client_id": provider.client_id, "access_token": tokens["access_token"]}
    try:
        token = jwt.decode(tokens["id_token"], keys, algorithms=_ALGORITHMS)
        options = {name: {"essential": True, "value": value} for name, value in must.items()}
        claims = CodeIDToken(token.claims, token.header, options, known)
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
    except (JoseError, ValueError) as error:
        raise refused() from error
    return dict(claims)


def refused() -> UserError:
    """Return the error of a way that did not end as it should."""
    return UserError(
        zh="单位账号的登录没有完成，没有登录。请从头再登录一次，或改用邮箱登录。",
        en="the sign-in with your organisation's account was not completed and you are not signed in;"
        " begin again or sign in by your mail address",
        code="sso.refused",
    )
