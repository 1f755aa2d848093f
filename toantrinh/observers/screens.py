"""The screens on which a page is measured (criterion 2.3)."""

WIDTHS = (1366, 768, 360)  # CSS pixels: a desk, a tablet, a phone
