import { runProcess } from '@crema/kit/process';
import { orders } from './subgraph.ts';

await runProcess(orders, process.env);
