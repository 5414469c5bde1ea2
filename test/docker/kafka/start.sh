# Like the official image: KAFKA_NODE_ID becomes node.id, the log folder is formatted once, then the broker runs.
set -euo pipefail
{
  echo log.dirs=/tmp/kraft-combined-logs
  env | while IFS='=' read -r name value; do
    case "$name" in
      KAFKA_*) name="${name#KAFKA_}" && name="${name,,}" && echo "${name//_/.}=$value" ;;
    esac
  done
} >/tmp/server.properties
# As much memory as the official image gives it. A broker without memory would go on listening and answer nobody.
run=(/opt/java/bin/java -Xmx1g -Xms128m -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -XX:TieredStopAtLevel=1
  -Dorg.apache.logging.log4j.level=INFO -cp '/opt/kafka/libs/*')
"${run[@]}" kafka.tools.StorageTool format --ignore-formatted \
  -t "${CLUSTER_ID:-4L6g3nShT-eMCtK--X86sw}" -c /tmp/server.properties
exec "${run[@]}" kafka.Kafka /tmp/server.properties
