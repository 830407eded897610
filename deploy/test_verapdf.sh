#!/usr/bin/env bash
# veraPDF, which tells whether a file is PDF/A.
#   deploy/test_verapdf.sh bring FOLDER          fetches it with Maven (20 MB)
#   deploy/test_verapdf.sh check FOLDER FILE...  PDF/A-2b or not: a line for each file, and the rules broken
# Needs Java of at least 8, and Maven to bring it. CASEWORK_TEST_VERAPDF names the folder for the tests.
set -euo pipefail

version=1.28.2
# All that greenfield-apps needs, for `fetch`.
jars="org.verapdf.apps:greenfield-apps:$version org.verapdf.apps:gui:$version org.verapdf:core:$version
org.verapdf:feature-reporting:$version org.verapdf:metadata-fixer:$version org.verapdf:parser:$version
org.verapdf:pdf-model:$version org.verapdf:validation-model:$version org.verapdf:verapdf-xmp-core:$version
com.beust:jcommander:1.81 org.mozilla:rhino:1.7.13 net.java.dev.stax-utils:stax-utils:20070216
javax.activation:javax.activation-api:1.2.0 javax.xml.bind:jaxb-api:2.3.1
com.sun.xml.bind:jaxb-core:2.3.0.1 com.sun.xml.bind:jaxb-impl:2.3.2
com.fasterxml.jackson.core:jackson-annotations:2.15.0 com.fasterxml.jackson.core:jackson-core:2.15.0
com.fasterxml.jackson.core:jackson-databind:2.15.0"

bring() {
    local folder=$1
    mkdir -p "$folder/lib" "$folder/maven"
    cat >"$folder/maven/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>casework.test</groupId><artifactId>verapdf</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>$version</version>
  </dependency></dependencies>
</project>
POM
    mvn --quiet --batch-mode --file "$folder/maven/pom.xml" dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$folder/lib" -Dmaven.repo.local="$folder/maven/kept" || fetch "$folder/lib"
    rm -rf "$folder/maven"
    chmod -R a+rX "$folder"
}

# Where Java trusts other authorities than the system does: from the repository that Maven names.
fetch() {
    local models repository
    models=$(find /usr/share/maven/lib -name 'maven-model-builder*.jar' | head -n 1)
    repository=$(unzip -p "$models" org/apache/maven/model/pom-4.0.0.xml | sed -n 's:.*<url>\(.*\)</url>.*:\1:p' | head -n 1)
    # shellcheck disable=SC2086  # a list
    python3 - "$repository" "$1" $jars <<'SCRIPT'
import pathlib, sys, urllib.request
repository, folder, *jars = sys.argv[1:]
for jar in jars:
    group, name, version = jar.split(":")
    file = f"{name}-{version}.jar"
    urllib.request.urlretrieve(f"{repository}/{group.replace('.', '/')}/{name}/{version}/{file}", pathlib.Path(folder, file))
SCRIPT
}

case "${1:-}" in
bring) bring "$(realpath -m "$2")" ;;
check) exec java -cp "$2/lib/*" org.verapdf.apps.GreenfieldCliWrapper --flavour 2b --format text --verbose "${@:3}" ;;
*)
    sed -n '2,5s/^# \?//p' "$0"
    exit 2
    ;;
esac
