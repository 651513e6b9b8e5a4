export { onServer } from './on-server.ts';
export { requirement, serviceUrl, type Requirement, type ServiceName } from './requirement.ts';
