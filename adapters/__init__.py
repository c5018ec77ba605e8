"""The only code that touches the world. One folder for each port; `margent.wiring` alone imports them."""
