#!/usr/bin/env bash
# Builds kube-apiserver into a folder from the Go module proxy: test/soak/kubernetes/build-api-server.sh [folder].
# k8s.io/kubernetes takes its own libraries from folders beside it, which its module lacks; they are modules as well.
set -euo pipefail
version="${KUBERNETES:-34.4}"
mkdir -p "${1:-.}"
cd "${1:-.}"
(cd / && go mod download "k8s.io/kubernetes@v1.$version")
{
  printf 'module kube\ngo 1.24.0\ngodebug default=go1.24\nrequire k8s.io/kubernetes v1.%s\n' "$version"
  sed -n "s|^\t\(k8s.io/[a-z-]*\) => ./staging/.*|replace \1 => \1 v0.$version|p" \
    "$(go env GOMODCACHE)/cache/download/k8s.io/kubernetes/@v/v1.$version.mod"
} > go.mod
GOFLAGS="${GOFLAGS:-} -mod=mod" CGO_ENABLED=0 go build -ldflags="-s -w -X k8s.io/component-base/version.gitVersion=v1.$version" k8s.io/kubernetes/cmd/kube-apiserver
echo "$PWD/kube-apiserver"
