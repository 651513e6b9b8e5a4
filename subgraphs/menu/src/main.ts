import { runProcess } from '@crema/kit/process';
import { menu } from './subgraph.ts';

await runProcess(menu, process.env);
