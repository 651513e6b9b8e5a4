export function bundleOf(name: string): string;
export function buildAll(): Promise<void>;
