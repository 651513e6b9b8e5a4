import { onServer } from '@crema/check';

/* All that is promised of this subgraph, once more with its documents on a real server. */

onServer('mongodb', 'notifications', import.meta.dirname);
