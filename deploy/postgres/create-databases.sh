#!/bin/sh
# Run once by the PostgreSQL image. For each service a database, a role that reads and writes its rows and nothing else,
# and a role that owns it, for migrations; no role gets into another's database.
set -eu
while read -r service password owner_password; do
  role=hoerok_$service
  owner=${role}_owner
  psql --username postgres --set ON_ERROR_STOP=1 <<SQL
CREATE ROLE $role LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '$password';
CREATE ROLE $owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '$owner_password';
ALTER ROLE $role SET statement_timeout = '15s';
ALTER ROLE $role SET idle_in_transaction_session_timeout = '30s';
CREATE DATABASE $role OWNER $owner;
REVOKE ALL ON DATABASE $role FROM PUBLIC;
GRANT CONNECT ON DATABASE $role TO $role;
\connect $role
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO $role;
GRANT ALL ON SCHEMA public TO $owner;
ALTER DEFAULT PRIVILEGES FOR ROLE $owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO $role;
ALTER DEFAULT PRIVILEGES FOR ROLE $owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO $role;
SQL
done </run/secrets/database-passwords
psql --username postgres --set ON_ERROR_STOP=1 --command 'REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC'
