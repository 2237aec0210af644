import type { PackageSource } from '../packageFormat.ts';
import { readExactly, truncated, unreadable } from './reading.ts';

export interface ArMember {
  readonly name: string;
  readonly offset: number;
  readonly sizeBytes: number;
}

const headerBytes = 60;
/** A .deb has three members, signed ones a few more. */
const memberLimit = 64;

/** The members of an ar archive (ar(5), as deb(5) uses it), every one whole within the file. */
export async function readArMembers(source: PackageSource): Promise<ArMember[]> {
  const members: ArMember[] = [];
  let offset = 8;
  await readExactly(source, 0, offset);
  while (offset < source.sizeBytes && members.length < memberLimit) {
    const header = (await readExactly(source, offset, headerBytes)).toString('latin1');
    const size = header.slice(48, 58).trim();
    if (header.slice(58) !== '`\n' || !/^\d+$/.test(size)) throw unreadable('damaged');
    const member = {
      name: header.slice(0, 16).trimEnd().replace(/\/$/, ''),
      offset: offset + headerBytes,
      sizeBytes: Number(size),
    };
    if (member.offset + member.sizeBytes > source.sizeBytes) throw truncated();
    members.push(member);
    offset = member.offset + member.sizeBytes + (member.sizeBytes % 2);
  }
  return members;
}
