"""The blueprint that the officers' pages hang on."""

from flask import Blueprint

blueprint = Blueprint("officer", "portal.officer", url_prefix="/can-bo")
