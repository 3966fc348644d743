import { CLOCK_FAULTS } from './clock-faults.ts';
import type { Experiment } from './experiment.ts';
import type { Fault } from './fault.ts';
import { killGateway } from './gateway-fault.ts';

import { MESSAGE_FAULTS } from './message-faults.ts';
import { PARTITION_FAULTS } from './partition-faults.ts';
import { POISON_FAULTS } from './poison-faults.ts';
import { PROCESS_FAULTS } from './process-faults.ts';
import { runFault } from './run-fault.ts';
import { SERVER_FAULTS } from './server-faults.ts';

function experimentOf(fault: Fault): Experiment {
  return { ...fault, run: (servers, form) => runFault(servers, fault, form) };
}

export { killGateway };

/** Those on the small service. */
export const FAULTS: readonly Fault[] = [
  ...PROCESS_FAULTS,
  ...SERVER_FAULTS,
  ...PARTITION_FAULTS,
  ...MESSAGE_FAULTS,
  ...POISON_FAULTS,
  ...CLOCK_FAULTS,
];

/** Every experiment, in the order of the table. */
export const EXPERIMENTS: readonly Experiment[] = [...FAULTS.map(experimentOf), killGateway];
