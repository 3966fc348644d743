#!/bin/sh
# Makes every secret that docker-compose.yml names, once, under deploy/secrets. What is there is kept: to rotate one,
# delete its file, run this again and restart what uses it (docs/operations.md, "Rotating secrets").
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
umask 022 # containers read these as another user; the folder keeps everybody else out

keep_random() { [ -s "secrets/$1" ] || openssl rand -hex 24 >"secrets/$1"; }
secret() { keep_random "$1" && cat "secrets/$1"; }

keep_random internal-signing-keys
keep_random postgres-password
[ -s secrets/token-signing-key.pem ] || openssl genpkey -algorithm ed25519 -out secrets/token-signing-key.pem
chmod 644 secrets/token-signing-key.pem

# PostgreSQL: for each service a role for its rows and one that owns the tables, for migrations.
: >secrets/database-passwords.new
for service in users meetings transcripts ai todos notifications tasks; do
  password=$(secret "$service-database-password")
  owner=$(secret "$service-owner-database-password")
  echo "$service $password $owner" >>secrets/database-passwords.new
  echo "postgres://hoerok_$service:$password@postgres:5432/hoerok_$service" >"secrets/$service-database-url"
  echo "postgres://hoerok_${service}_owner:$owner@postgres:5432/hoerok_$service" >"secrets/$service-owner-database-url"
done
mv secrets/database-passwords.new secrets/database-passwords

# NATS: a user for each process, whose permissions stand in nats/users.conf, and one for operators.
echo "operator_password: \"$(secret nats-password)\"" >secrets/nats-passwords.conf
for service in gateway users meetings transcripts ai todos notifications tasks; do
  password=$(secret "$service-nats-password")
  echo "${service}_password: \"$password\"" >>secrets/nats-passwords.conf
  echo "nats://$service:$password@nats:4222" >"secrets/$service-nats-url"
done

# Redis: the same, by the rules of redis/rules; the default user is off.
echo "user default off" >secrets/redis-users.conf.new
while read -r user rules; do
  password=$(secret "$user-redis-password")
  echo "user $user on >$password $rules" >>secrets/redis-users.conf.new
  echo "redis://$user:$password@redis:6379" >"secrets/$user-redis-url"
done <redis/rules
mv secrets/redis-users.conf.new secrets/redis-users.conf
