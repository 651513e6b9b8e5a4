export * from './compose.ts';
export * from './event-schemas.ts';
export * from './supergraph-config.ts';
