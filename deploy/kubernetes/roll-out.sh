#!/bin/bash
# Brings a version to the cluster that kubectl is set to, so that nobody who types is interrupted: whoever reads before whoever
# writes, owners, gateways, then the page, each when all of the former are ready.
#
#   roll-out.sh production ghcr.io/owner/viva 1.2.3     an overlay, where the images are, the version
#   roll-out.sh --undo production                       back to what ran before
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
order=(deployment/owner statefulset/gateway deployment/proxy)
usage="usage: $0 OVERLAY REPOSITORY VERSION, or $0 --undo OVERLAY"

wait_for() {
    kubectl -n "$1" rollout status "$2" --timeout=10m
}

# The other way round: whoever writes goes back first.
undo() {
    local namespace=viva-$1 index
    for ((index = ${#order[@]} - 1; index >= 0; index--)); do
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

case $# in
    2) [[ $1 == --undo ]] || { echo "$usage" >&2; exit 2; }; undo "$2" ;;
    3) roll_out "$@" ;;
    *) echo "$usage" >&2; exit 2 ;;
esac
