import { runProcess } from '@crema/kit/process';
import { cafes } from './subgraph.ts';

await runProcess(cafes, process.env);
