"""The blueprint that the citizens' pages hang on."""

from flask import Blueprint

blueprint = Blueprint("citizen", "portal.citizen")
