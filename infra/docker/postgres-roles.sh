#!/bin/sh
# Runs once, when the cluster is made. The application's login owns nothing; the migrations give its group vastus_app what it may do.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE vastus_app NOLOGIN;
CREATE ROLE vastus LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password' IN ROLE vastus_app;
SQL
