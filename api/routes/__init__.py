"""The API's routes, a module for each part. Routers are made by `build_router`, so that importing makes nothing."""
