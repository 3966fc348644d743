export { createHealth, type Health, type Probe, type ProbeResult, type Readiness } from './probes.ts';
