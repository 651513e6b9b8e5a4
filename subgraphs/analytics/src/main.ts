import { runProcess } from '@crema/kit/process';
import { analytics } from './subgraph.ts';

await runProcess(analytics, process.env);
