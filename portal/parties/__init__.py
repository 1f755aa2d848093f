"""The outside parties of the portal, each a web application on an origin of its own: identity, gateway, collector."""
