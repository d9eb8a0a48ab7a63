#!/bin/bash
# Brings a version to the cluster that kubectl is set to, so that nobody who types is interrupted: whoever reads before whoever
# writes, owners, gateways, then the page, each when all of the former are ready.
#
#   roll-out.sh production ghcr.io/owner/viva 1.2.3     an overlay, where the images are, the version
#   roll-out.sh --undo production 1.2.3                 back to what ran before, wherever this version has come
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
order=(deployment/owner statefulset/gateway deployment/proxy)
usage="usage: $0 OVERLAY REPOSITORY VERSION, or $0 --undo OVERLAY VERSION"

wait_for() {
    kubectl -n "$1" rollout status "$2" --timeout=10m
}

runs() {
    [[ $(kubectl -n "$1" get "$2" -o 'jsonpath={.spec.template.spec.containers[0].image}') == *:"$3" ]]
}

# The other way round: whoever writes goes back first. What the version has not reached runs what it should.
undo() {
    local namespace=viva-$1 version=$2 index
    for ((index = ${#order[@]} - 1; index >= 0; index--)); do
        runs "$namespace" "${order[index]}" "$version" || continue
        kubectl -n "$namespace" rollout undo "${order[index]}"
        wait_for "$namespace" "${order[index]}"
    done
}

# An overlay over the overlay, which says which images.
release() {
    local overlay=$1
    cat <<EOF
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../$overlay]
images:
  - { name: registry.example/viva, newName: $2, newTag: "$3" }
  - { name: registry.example/viva-proxy, newName: $2-proxy, newTag: "$3" }
EOF
}

roll_out() {
    local overlay=$1 workload
    directory=$(mktemp -d "$here/overlays/.release.XXXXXX")
    trap 'rm -rf "$directory"' EXIT
    release "$@" >"$directory/kustomization.yaml"
    kubectl apply -k "$directory" -l app.kubernetes.io/component=shared
    for workload in "${order[@]}"; do
        kubectl apply -k "$directory" -l "app.kubernetes.io/component=${workload#*/}"
        wait_for "viva-$overlay" "$workload"
    done
}

[[ $# -eq 3 ]] || { echo "$usage" >&2; exit 2; }
case $1 in
    --undo) undo "$2" "$3" ;;
    *) roll_out "$@" ;;
esac
