#!/usr/bin/env bash
# A stranger's first minutes: the packed tarball in an empty folder, init, a first migration, and the way back.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent ./surefoot-*.tgz
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
npx surefoot migrate
npx surefoot log --check
npx surefoot status --check
[ "$(npx surefoot status --json | node -p 'JSON.parse(require("fs").readFileSync(0)).databases[0].migrations[0].state')" = applied ]
echo "the first migration of a stranger works"
