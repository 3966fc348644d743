export { departure, finishWhoeverLeaves, untilLeft, whoeverLeaves } from './departure.ts';
