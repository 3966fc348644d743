export declare function onOrphaned(leave: () => void): void;
