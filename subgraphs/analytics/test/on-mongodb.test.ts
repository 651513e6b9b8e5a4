import { onServer } from '@crema/check';

/* All that is promised of this subgraph, once more with its documents on a real server. */

/** Five years are many operations of a server that does other things as well. */
jest.setTimeout(180_000);

onServer('mongodb', 'analytics', import.meta.dirname);
