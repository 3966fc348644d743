export {
  createHealth,
  type Health,
  type HealthOptions,
  type Probe,
  type ProbeResult,
  type Readiness,
} from './probes.ts';
