export { cachedCount, statisticsChanged } from './cached-count.ts';
export { type IdentifiedSpan, openSpan, readSpan, type StatisticsSpan } from './statistics-span.ts';
