// Deduplication is on unless told otherwise:
// https://the-guild.dev/graphql/hive/docs/gateway/other-features/performance/deduplicate-request
import { defineConfig } from '@graphql-hive/gateway';

const deduplicates = process.env.DEDUPLICATE === 'true';

export const gatewayConfig = defineConfig({
  logging: 'warn',
  inboundInflightRequestDeduplication: deduplicates,
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: deduplicates } } },
});
