"""The store in SQL: tables, migrations, one unit of work and its repositories."""
