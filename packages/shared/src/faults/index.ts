export { faultPoint } from './fault-point.ts';
