import { runProcess } from '@crema/kit';
import { accounts } from './subgraph.ts';

await runProcess(accounts, process.env);
