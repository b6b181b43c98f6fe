#!/bin/sh
# Makes the certificates of the TLS tests anew. They are valid from 2020 to 2120, so nobody has to run it.
# The keys guard nothing: they belong to a server that lives for one test.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
from=20200101000000Z
to=21200101000000Z

cat > "$work/ca.cnf" <<END
[ca]
default_ca = one
[one]
database = $work/index
serial = $work/serial
crlnumber = $work/crlnumber
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
subjectAltName = DNS:db.test, DNS:localhost
[client]
extendedKeyUsage = clientAuth
END
: > "$work/index"
echo 1000 > "$work/serial"
echo 01 > "$work/crlnumber"

request() { # file, common name
  openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.key"
  openssl req -new -key "$work/$1.key" -subj "/CN=$2" -out "$work/$1.csr"
}
sign() { # file, section, further options
  name=$1 section=$2
  shift 2
  openssl ca -batch -notext -config "$work/ca.cnf" -startdate $from -enddate $to -extensions "$section" -in "$work/$name.csr" -out "$name.crt" "$@"
}
by_root() { printf ' -cert root.crt -keyfile %s/root.key' "$work"; }

request root 'surefoot test authority'
sign root authority -selfsign -keyfile "$work/root.key"
request other 'some other authority'
sign other authority -selfsign -keyfile "$work/other.key"
request server db.test
sign server server $(by_root)
request client tester
sign client client $(by_root)
openssl ca -config "$work/ca.cnf" $(by_root) -revoke server.crt
openssl ca -config "$work/ca.cnf" $(by_root) -gencrl -crl_lastupdate $from -crl_nextupdate $to -out revoked.crl
cp "$work/server.key" "$work/client.key" .
openssl ec -in client.key -aes256 -passout pass:secret -out client-encrypted.key
chmod 644 ./*.crt ./*.crl ./*.key
