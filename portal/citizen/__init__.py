"""The citizens' side: from the search box to the returned result."""

from portal.citizen import home, procedures
from portal.citizen.pages import blueprint

__all__ = ["blueprint", "home", "procedures"]
