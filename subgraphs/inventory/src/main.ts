import { runProcess } from '@crema/kit/process';
import { inventory } from './subgraph.ts';

await runProcess(inventory, process.env);
