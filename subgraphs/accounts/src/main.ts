import { runProcess } from '@crema/kit/process';
import { accounts } from './subgraph.ts';

await runProcess(accounts, process.env);
