import { runProcess } from '@crema/kit/process';
import { notifications } from './subgraph.ts';

await runProcess(notifications, process.env);
