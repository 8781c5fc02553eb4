"""enrich: fills in the papers that a site's Markdown pages cite, and harms no page."""

__version__ = "0.1.0"
