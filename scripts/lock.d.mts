export declare function processStart(pid: number): string | undefined;
export declare function withLock<T>(file: string, work: () => Promise<T>, onWait?: () => void): Promise<T>;
