#!/usr/bin/env bash
# Lets every part of Crema read its own secrets of Vault and those that all share, and nothing else: a policy and a
# role of the Kubernetes auth method for each. Needs the vault program, VAULT_ADDR and a token that may do it.
# A second time changes nothing. Usage: infra/vault/setup.sh [NAMESPACE of Kubernetes, crema unless told]
set -euo pipefail

namespace="${1:-crema}"
mount="${VAULT_MOUNT:-secret}"
auth="${VAULT_AUTH_MOUNT:-kubernetes}"
parts="router $(sed -n 's/^  \([a-z]*\):$/\1/p' "$(dirname "$0")/../../supergraph.yaml")"

for part in $parts; do
  vault policy write "crema-$part" - <<POLICY
path "$mount/data/crema/common" { capabilities = ["read"] }
path "$mount/data/crema/$part" { capabilities = ["read"] }
POLICY
  vault write "auth/$auth/role/crema-$part" \
    bound_service_account_names="$part" \
    bound_service_account_namespaces="$namespace" \
    token_policies="crema-$part" \
    token_ttl=1h \
    token_max_ttl=24h
done
