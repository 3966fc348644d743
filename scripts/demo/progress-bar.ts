const WIDTH = 28;

/** A line that shows how far a task is. */
export interface ProgressBar {
  /** `fraction` from 0 to 1. */
  readonly show: (fraction: number, label: string) => void;
  /** Leaves the last state on the screen and moves on. */
  readonly done: (label: string) => void;
}

/** Redraws one line on a terminal; elsewhere it prints a line whenever the label changes. */
export function createProgressBar(output: NodeJS.WriteStream, title: string): ProgressBar {
  let lastLabel: string | undefined;
  const draw = (fraction: number, label: string): string => {
    const filled = Math.round(fraction * WIDTH);
    const percent = `${Math.round(fraction * 100)} %`.padStart(5);
    return `  ${title.padEnd(12)} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent}  ${label}`;
  };
  const show = (fraction: number, label: string): void => {
    if (output.isTTY) output.write(`\r\u001B[K${draw(fraction, label)}`);
    else if (label !== lastLabel) output.write(`${draw(fraction, label)}\n`);
    lastLabel = label;
  };
  return {
    show,
    done: (label) => {
      show(1, label);
      if (output.isTTY) output.write('\n');
    },
  };
}
