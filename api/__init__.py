"""JSON over HTTP: routes, sign-in, error rendering."""
