"""What the name of a cookie tells: that it is a session's, that it surely is none, or whose session it would be."""

from __future__ import annotations

import re

NAMED = re.compile(
    r"sess|(^|[_.-])sid(?![a-z])|auth|token|jwt|login|phien|ticket|aspxauth|aspnet(core)?\.(application|cookies)|identity|connect\.|remember",
    re.I,
)
# A secret value does not make these a session: protection against forgery and what one log-in hands to its next step,
# load balancers and shields before the system, measuring, chat, choices.
NO_SESSION = re.compile(
    r"csrf|xsrf|antiforgery|requestverification"
    r"|nonce|correlation|(^|[_.-])state([_.-]|$)|pkce|code[_.-]?verifier|auth(orization)?_request"
    r"|^_ga|^_gid|^_gat|^_fbp|^_pk_|^_hj|^__utm|^_cl|^matomo_|^mtm_|^piwik_"
    r"|^bigip|^ts[0-9a-f]{6,}|^f5_|^f5avr|^awsalb|^awselb|^__cf|^cf_|^incap_|^visid_|^nlbi_|^nsc_|^citrix|^rdwr|^fgt"
    r"|^applicationgatewayaffinity|^arraffinity|^ingresscookie|^serverid$|^route$|^d1n$|^adc_|^cookiesession1$"
    r"|^barra_counter|^bni_|^ak_bmsc|^bm_s[vz]$|^_abck"
    r"|^_zlcmid|^zalo|^__zi|lang|locale|consent",
    re.I,
)
# Cookies of identity providers: Keycloak, WSO2, CAS, IdentityServer, Shibboleth, AD FS. They hang on the log-in there.
OF_IDENTITY = re.compile(
    r"^(auth_session_id|keycloak_|kc_|commonauthid|opbs|samlssotokenid|tgc$|castgc|idsrv|shib_idp|msis)", re.I
)
IDENTITY_HOST = re.compile(
    r"^(sso|idp?|auth|oauth|oidc|cas|login|accounts?|keycloak|identity|dangnhap|xacthuc)\d*\.", re.I
)


def may_be_session(name: str) -> bool:
    """True unless the name says that the cookie is no session's."""
    return not NO_SESSION.search(name)


def named_like_session(name: str) -> bool:
    """True for a name that sessions have, and nothing else."""
    return bool(NAMED.search(name)) and may_be_session(name)


def of_identity_provider(name: str, host: str = "") -> bool:
    """True when the session would be that of an identity provider, by its name or by the host that holds it."""
    return bool(OF_IDENTITY.search(name) or IDENTITY_HOST.search(host.lstrip(".")))
