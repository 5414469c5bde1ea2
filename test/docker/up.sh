# Sourced by .ci/run: installs Docker, starts a daemon of its own, builds the stand-in images, and names all of it for
# the tests. Whatever fails here ends the run. `docker_down` ends the daemon and removes its files. Wants Debian, root,
# a JDK, and the packages of `npm ci`.

docker_up() {
  docker_files="$(mktemp -d "${TMPDIR:-/tmp}/sluice-docker-XXXXXX")"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 \
    docker.io docker-compose mmdebstrap >"$docker_files/apt.log" 2>&1 || { cat "$docker_files/apt.log" >&2; return 1; }

  docker_clear_bridges

  # A daemon from before BuildKit: Debian's.
  export DOCKER_HOST="unix://$docker_files/docker.sock" DOCKER_BUILDKIT=0
  dockerd --host "$DOCKER_HOST" --data-root "$docker_files/data" --exec-root "$docker_files/exec" \
    --pidfile "$docker_files/pid" --storage-driver overlay2 >"$docker_files/dockerd.log" 2>&1 &
  dockerd_process=$!
  local waited
  for waited in $(seq 60); do
    docker info >/dev/null 2>&1 && break
    [ "$waited" != 60 ] && kill -0 "$dockerd_process" 2>/dev/null || { tail -20 "$docker_files/dockerd.log" >&2; return 1; }
    sleep 1
  done

  "$(dirname "${BASH_SOURCE[0]}")/stand-ins.sh" "$docker_files" || return 1
  export REQUIRE_DOCKER=1 KAFKA_IMAGE=sluice-stand-in-kafka NODE_IMAGE=sluice-stand-in-node
  export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
}

# A daemon that was killed leaves its bridges behind, and on them the ends of containers that are gone. Their addresses
# are given out again, and then two answer to one. Nothing is touched while any daemon runs.
docker_clear_bridges() {
  if grep -qsx dockerd /proc/[0-9]*/comm || ! command -v ip >/dev/null; then return 0; fi
  local bridge end
  for bridge in $(ip -o link show type bridge | sed -nE 's/^[0-9]+: (docker0|br-[0-9a-f]{12}):.*/\1/p'); do
    for end in $(ip -o link show master "$bridge" | sed -nE 's/^[0-9]+: ([^@:]+).*/\1/p'); do ip link delete "$end" || true; done
    ip link delete "$bridge" || true
  done
}

docker_down() {
  if [ -n "${dockerd_process:-}" ]; then
    kill "$dockerd_process" 2>/dev/null || true
    wait "$dockerd_process" || true
  fi
  [ -z "${docker_files:-}" ] || rm -rf "$docker_files"
}
