import { inflateRawSync } from 'node:zlib';

/** One file of a ZIP archive that has its sizes in the central directory. */
export function unzipped(archive: Buffer, name: string): string {
  for (let at = archive.indexOf('PK\u0001\u0002', 0, 'latin1'); at !== -1; ) {
    const nameLength = archive.readUInt16LE(at + 28);
    const entry = archive.subarray(at + 46, at + 46 + nameLength).toString();
    if (entry === name) {
      const header = archive.readUInt32LE(at + 42);
      const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const content = archive.subarray(start, start + archive.readUInt32LE(at + 20));
      return archive.readUInt16LE(at + 10) === 0 ? content.toString() : inflateRawSync(content).toString();
    }
    at = archive.indexOf('PK\u0001\u0002', at + 46, 'latin1');
  }
  throw new Error(`There is no ${name} in the archive.`);
}
