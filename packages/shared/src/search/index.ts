export {
  countHits,
  decodeHitPage,
  findHits,
  type FoundRow,
  type Hit,
  highlightAll,
  type HitPage,
  type SearchedRows,
  searchPage,
} from './find-hits.ts';
export { highlightsOf, type TextRange } from './highlights.ts';
export { MAX_SEARCH_LENGTH, type ParsedSearch, parseSearch, tryParseSearch } from './parse-search.ts';
export {
  addSearch,
  exposeSearch,
  fillSearch,
  keepSearchSql,
  searchColumn,
  searchIndex,
} from './search-column.ts';
export { CreateSearch1700000000007 } from './search-migration.ts';
