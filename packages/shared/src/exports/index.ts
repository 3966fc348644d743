export { attachment, safeFileName } from './content-disposition.ts';
export {
  createExports,
  EXPORT_PATH,
  type ExportedFile,
  type ExportLink,
  type Exports,
  type ExportsDeps,
  type ExportSubject,
} from './exports.ts';
export { type ExportClaims, readExportToken, signExportToken } from './export-token.ts';
