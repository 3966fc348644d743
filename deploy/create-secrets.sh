#!/bin/sh
# Makes every secret that docker-compose.yml names, once, under deploy/secrets. What is there is kept.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
umask 022 # containers read these as another user; the folder keeps everybody else out

keep_random() { [ -s "secrets/$1" ] || openssl rand -hex 24 >"secrets/$1"; }

keep_random internal-signing-keys
keep_random postgres-password
keep_random nats-password
keep_random redis-password
[ -s secrets/token-signing-key.pem ] || openssl genpkey -algorithm ed25519 -out secrets/token-signing-key.pem
chmod 644 secrets/token-signing-key.pem

: >secrets/database-passwords.new
for service in users meetings transcripts ai todos notifications tasks; do
  keep_random "$service-database-password"
  password=$(cat "secrets/$service-database-password")
  echo "$service $password" >>secrets/database-passwords.new
  echo "postgres://hoerok_$service:$password@postgres:5432/hoerok_$service" >"secrets/$service-database-url"
done
mv secrets/database-passwords.new secrets/database-passwords

echo "nats://hoerok:$(cat secrets/nats-password)@nats:4222" >secrets/nats-url
echo "redis://:$(cat secrets/redis-password)@redis:6379" >secrets/redis-url
echo "authorization { user: hoerok, password: \"$(cat secrets/nats-password)\" }" >secrets/nats-password.conf
echo "requirepass $(cat secrets/redis-password)" >secrets/redis-password.conf
