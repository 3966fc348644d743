import { CLOCK_FAULTS } from './clock-faults.ts';
import { DATABASE_FAULTS, DISK_FAULTS } from './database-faults.ts';
import { lossyNetwork } from './edge/lossy-fault.ts';
import { RESOURCE_FAULTS } from './edge/resource-faults.ts';
import { rollingRestart } from './edge/rolling-fault.ts';
import { SOCKET_FAULTS } from './edge/socket-faults.ts';
import { SUBGRAPH_FAULTS } from './edge/subgraph-faults.ts';
import type { Experiment } from './experiment.ts';
import type { Fault } from './fault.ts';
import { killGateway } from './gateway-fault.ts';
import { MEMORY_FAULTS } from './memory-faults.ts';
import { MESSAGE_FAULTS } from './message-faults.ts';
import { PARTITION_FAULTS } from './partition-faults.ts';
import { unservedRequests } from './platform-requests-fault.ts';
import { POISON_FAULTS } from './poison-faults.ts';
import { PROCESS_FAULTS } from './process-faults.ts';
import { runFault } from './run-fault.ts';
import { SERVER_FAULTS } from './server-faults.ts';
import { createSoak, type SoakOptions } from './soak.ts';

function experimentOf(fault: Fault): Experiment {
  return { ...fault, run: (servers, form) => runFault(servers, fault, form) };
}

export { killGateway };

/** Those on the small service. */
export const FAULTS: readonly Fault[] = [
  ...PROCESS_FAULTS,
  ...SERVER_FAULTS,
  ...DATABASE_FAULTS,
  ...PARTITION_FAULTS,
  ...MESSAGE_FAULTS,
  ...POISON_FAULTS,
  ...CLOCK_FAULTS,
  ...MEMORY_FAULTS,
];

/** Those on gateways and on the whole platform, and those that bring a server of their own. */
export const SCENES: readonly Experiment[] = [
  ...DISK_FAULTS,
  unservedRequests,
  killGateway,
  rollingRestart,
  ...SUBGRAPH_FAULTS,
  lossyNetwork,
  ...SOCKET_FAULTS,
  ...RESOURCE_FAULTS,
];

/** Every experiment, in the order of the table. */
export function listExperiments(soak: SoakOptions = {}): readonly Experiment[] {
  return [...FAULTS.map(experimentOf), ...SCENES, experimentOf(createSoak(soak))];
}
