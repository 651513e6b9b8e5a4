import type { ServiceName } from './running.ts';

/** A real server as this machine can run it. */
export interface Server {
  readonly name: ServiceName;
  readonly port: number;
  /** How clients write its address, with the test user where it has users. */
  readonly url: string;
  /** A word that its command line has for as long as it runs. */
  readonly program: string;
  /** What makes it stop in order. */
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** What must be installed first; empty when all is here. */
  missing(): readonly Missing[];
  /** Where its data are. */
  readonly dataFolder: string;
  /** Makes what it keeps its data in; called once for a data folder. */
  prepare(): void;
  command(): Command;
  /** Throws until it answers by its protocol. The client is loaded here, since most commands need none. */
  probe(): Promise<void>;
  /** Makes users and databases that are not there yet; called after each start. */
  provide?(databases: readonly string[]): void;
}

/** Something to install: a Debian package, or what one command brings. */
export type Missing = { readonly what: string } & (
  { readonly debian: string } | { readonly command: readonly string[] }
);

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Whom it runs as; who starts it where left out. */
  readonly user?: User;
}

export interface User {
  readonly uid: number;
  readonly gid: number;
}
