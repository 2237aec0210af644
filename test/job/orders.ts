import type { DetectionQuery, JobContent } from '../../src/job/jobTypes.ts';
import { newNonce } from '../../src/job/nonce.ts';
import { parseReceived, receiveScript } from '../../src/job/receive.ts';
import { type StartRequest, startScript } from '../../src/job/start.ts';
import { type FakeDevice, followEvents, newAttemptId, sha256 } from './shells.ts';

export const contentOf = (bytes: Buffer, fileName = 'demo.run'): JobContent => ({
  sha256: sha256(bytes),
  sizeBytes: bytes.length,
  fileName,
});

export const receiptQuery = (content: JobContent): DetectionQuery => ({
  rule: { kind: 'receipt' },
  name: 'demo',
  version: '1.0',
  sha256: content.sha256,
});

/** Puts the content into the device's cache as the real transfer does. */
export async function send(device: FakeDevice, bytes: Buffer, offset = 0) {
  const nonce = newNonce();
  const content = contentOf(bytes);
  const script = receiveScript({ nonce, content, destination: { kind: 'cache' }, offset });
  const { output } = await device.run(script, bytes.subarray(offset));
  return parseReceived(output, nonce);
}

export function startRequest(
  content: JobContent,
  script: string,
  more: Partial<StartRequest> = {},
): StartRequest {
  return {
    nonce: newNonce(),
    attemptId: newAttemptId(),
    content,
    uploadFolder: null,
    script,
    environment: {},
    timeoutMs: 60_000,
    successCodes: [0],
    detection: receiptQuery(content),
    logOffset: 0,
    ...more,
  };
}

/** Sends the content and runs the plan to its end. */
export async function install(device: FakeDevice, script: string, more: Partial<StartRequest> = {}) {
  const bytes = Buffer.from(`content of ${script}`);
  const sent = await send(device, bytes);
  if (!sent.ok) throw new Error(JSON.stringify(sent.failure));
  const request = startRequest(contentOf(bytes), script, more);
  const { output } = await device.run(startScript(request));
  return { request, bytes, output, events: followEvents(output, request.nonce) };
}
