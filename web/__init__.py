"""Pages over HTTP: the same services as the API, rendered with Jinja2. Every page works without script."""
