import { dirname, relative, resolve, sep } from 'node:path';
import { root } from './root.js';

/**
 * Who may import what of ours. A part of the house that is not named here may import everything:
 * infra, and the tests of all but the subgraphs, which stay strangers to each other even there.
 */
export const HOUSE = [
  {
    part: /^subgraphs\/kit\/src\//,
    may: ['@crema/config'],
    why: 'The kit is plumbing: it imports the configuration and nothing else of ours.',
  },
  {
    part: /^subgraphs\/(?!kit\/)[^/]+\/src\//,
    may: ['@crema/kit', '@crema/kit/process', '@crema/schema/events'],
    why: 'Subgraphs meet in the schema and in events: they import the kit and the event contracts.',
  },
  {
    part: /^subgraphs\/(?!kit\/)[^/]+\/test\//,
    may: ['@crema/kit', '@crema/kit/testing', '@crema/schema/events', '@crema/check'],
    why: 'Subgraphs meet in the schema and in events, in tests too.',
  },
  {
    part: /^router\/src\//,
    may: ['@crema/config'],
    why: 'The router serves any supergraph: it imports the configuration and nothing else of ours.',
  },
  {
    part: /^infra\/config\/src\//,
    may: [],
    why: 'Every process is configured alike: the configuration imports nothing of ours.',
  },
  {
    part: /^schema\/(src|events)\//,
    may: [],
    why: 'The schema is what all others agree on: it imports nothing of ours.',
  },
  {
    part: /^clients\/sdk\/src\//,
    may: [],
    why: 'Programs anywhere use the SDK: it imports nothing of ours.',
  },
  {
    part: /^clients\/[^/]+\/src\//,
    may: ['@crema/sdk'],
    why: 'Clients know Crema by its API alone: they import the SDK.',
  },
];

const packageOf = (path) =>
  /^(subgraphs|clients|infra)\/[^/]+|^(router|schema)/.exec(path)?.[0] ?? '';

const fromRoot = (path) => relative(root, path).split(sep).join('/');

/** ESLint rule: the rules of the house about imports, in one table. */
export const houseImports = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      forbidden: '{{ why }} Not {{ source }}.',
      escape: 'Import {{ source }} by its package: a relative path stays within its own.',
    },
  },
  create(context) {
    const file = fromRoot(context.filename);
    const rule = HOUSE.find(({ part }) => part.test(file));

    function check(node) {
      const source = node?.value;
      if (typeof source !== 'string') return;
      if (source.startsWith('.')) {
        const target = fromRoot(resolve(dirname(context.filename), source));
        if (rule && packageOf(target) !== packageOf(file)) {
          context.report({ node, messageId: 'escape', data: { source } });
        }
      } else if (rule && source.startsWith('@crema/') && !rule.may.includes(source)) {
        context.report({ node, messageId: 'forbidden', data: { why: rule.why, source } });
      }
    }
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
    };
  },
};
