#!/usr/bin/env bash
# Installs what Node and npm do not bring, where apt can: a compiler for better-sqlite3 (no prebuilt binary may be to be
# had), a second PostgreSQL with its client programs, a pooler in front of it, a browser for the reports,
# what shells and manual readers make of ours, and a parser for the metrics.
set -euo pipefail
command -v apt-get >/dev/null || exit 0
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need python3 python3
need make make
need g++ g++
need git git
need unshare util-linux
need openssl openssl
need sqlite3 sqlite3
need pgbouncer pgbouncer
need chromium chromium
need zsh zsh
need fish fish
need mandoc mandoc
need tmux tmux
/usr/bin/python3 -c 'import prometheus_client' 2>/dev/null || missing+=(python3-prometheus-client)
[ -x /usr/lib/postgresql/15/bin/postgres ] || missing+=(postgresql-15)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "installing ${missing[*]}"
  apt-get update -qq
  # The package would start a server of its own; the tests start theirs.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
node --version
npm --version
