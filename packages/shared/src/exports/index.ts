export { attachment, safeFileName } from './content-disposition.ts';
export {
  createExports,
  EXPORT_PATH,
  type ExportLink,
  type Exports,
  type ExportsDeps,
  type ExportsPlatform,
  type FileBody,
  type FileFormat,
} from './exports.ts';
export { signExportToken } from './export-token.ts';
export { ownerOfLink } from './link-owner.ts';
