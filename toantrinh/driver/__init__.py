"""The portal driver: eyes that survey a page, a lexicon of what portals say, hands that act.

It knows no portal's inside.
"""
