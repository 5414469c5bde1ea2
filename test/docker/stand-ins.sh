#!/usr/bin/env bash
# Images that stand in for `apache/kafka` and `node` where no image registry can be reached, made of what the package
# registries have: Debian's packages for the root file system, Kafka's jars from Maven, Node from npm. They take the
# environment and the commands of the official ones as far as our tests use them. Usage: stand-ins.sh FOLDER (to work in)
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
repository="$here/../.."
work="$1"
node() { "$repository/node_modules/.bin/node" "$@"; }
build() {
  docker build --tag "sluice-stand-in-$1" "$work/$1" >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }
  rm -rf "${work:?}/$1"
}

# The host's own Debian and its own sources.
. /etc/os-release
sources=(/etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list /etc/apt/sources.list)
existing=()
for file in "${sources[@]}"; do [ ! -s "$file" ] || existing+=("$file"); done
mmdebstrap --quiet --variant=essential --include=libstdc++6 --dpkgopt=force-unsafe-io \
  --aptopt='Acquire::Languages "none"' "$VERSION_CODENAME" - "${existing[@]}" |
  docker import - sluice-stand-in-base >/dev/null

mkdir "$work/kafka" "$work/node"
cp "$here/kafka/"* "$work/kafka"
jlink --add-modules java.se,jdk.crypto.ec,jdk.management,jdk.security.auth,jdk.unsupported,jdk.zipfs \
  --no-header-files --no-man-pages --output "$work/kafka/java"
cp -r "$(node --input-type=module --eval "
  import { kafkaJars } from '$repository/deploy/broker/jars.ts';
  console.log(await kafkaJars());")" "$work/kafka/jars"
build kafka

cp "$here/node/"* "$work/node"
cp "$(node --print process.execPath)" "$work/node/node"
cp -r "$(npm root --global)/npm" "$work/node/npm"
# What npm needs to reach its registry from inside, as it does from here.
npm config get registry >"$work/node/registry"
cp "$(npm config get cafile | grep -v null || echo /etc/ssl/certs/ca-certificates.crt)" "$work/node/authorities.crt"
build node
