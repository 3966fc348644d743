#!/bin/sh
# Run once by the PostgreSQL image: a database and a role for each service; no role gets into another's database.
set -eu
while read -r service password; do
  psql --username postgres --set ON_ERROR_STOP=1 <<SQL
CREATE ROLE hoerok_$service LOGIN PASSWORD '$password';
CREATE DATABASE hoerok_$service OWNER hoerok_$service;
REVOKE ALL ON DATABASE hoerok_$service FROM PUBLIC;
SQL
done </run/secrets/database-passwords
