/**
 * Whether an operation for a subgraph is a query, which may be asked twice. Planners print the operation before its
 * fragments; what is not seen to be a query counts as a change.
 */
export const isQuery = (operation: string): boolean => /^\s*(query\b|\{)/.test(operation);
