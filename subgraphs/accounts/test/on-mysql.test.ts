import { onServer } from '@crema/check';

/* All that is promised of this subgraph, once more with its tables on a real server. */

onServer('mysql', 'accounts', import.meta.dirname);
