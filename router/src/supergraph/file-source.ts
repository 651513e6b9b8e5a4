import { watch, type FSWatcher } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { SupergraphSource } from './source.ts';

/** Kubernetes switches all files of a mounted config map at once, by replacing this link beside them. */
const CONFIG_MAP_LINK = '..data';

/** A supergraph schema in a file. */
export class FileSource implements SupergraphSource {
  private readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  read(): Promise<string> {
    return readFile(this.path, 'utf8');
  }

  /** Watches the folders, since a file that is replaced, as editors and deployments do it, is another file. */
  watch(changed: () => void): () => void {
    const watched = new WatchedFolders(changed);
    watched.add(this.path);
    // What a link leads to may be written in a folder of its own.
    realpath(this.path).then(
      (target) => watched.add(target),
      () => undefined,
    );
    return () => watched.close();
  }
}

/** Folders in which something is told of. A folder that cannot be watched is asked for its file from time to time anyway. */
class WatchedFolders {
  private readonly watchers = new Map<string, FSWatcher>();
  private isClosed = false;

  constructor(private readonly changed: () => void) {}

  add(path: string): void {
    if (this.isClosed || this.watchers.has(path)) return;
    const names = new Set<string | null>([basename(path), CONFIG_MAP_LINK, null]);
    try {
      const watcher = watch(dirname(path), { persistent: false }, (_, name) => {
        if (names.has(name)) this.changed();
      });
      watcher.on('error', () => watcher.close());
      this.watchers.set(path, watcher);
    } catch {
      // Not every file system tells, and the number of watches is limited.
    }
  }

  close(): void {
    this.isClosed = true;
    for (const watcher of this.watchers.values()) watcher.close();
  }
}
