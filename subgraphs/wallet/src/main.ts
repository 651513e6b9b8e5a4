import { runProcess } from '@crema/kit/process';
import { wallet } from './subgraph.ts';

await runProcess(wallet, process.env);
