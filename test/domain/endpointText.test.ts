import { describe, expect, it } from 'vitest';
import { endpointText } from '../../src/domain/endpointText.ts';
import { parseEndpoint } from '../../src/imports/addressWord.ts';

describe('an endpoint as text', () => {
  it.each([
    ['web01', null, 'web01'],
    ['10.0.0.5', 2222, '10.0.0.5:2222'],
    ['::1', null, '::1'],
    ['::1', 22, '[::1]:22'],
  ])('%s with port %s is %s, and is read back as the same', (address, port, text) => {
    expect(endpointText({ address, port })).toBe(text);
    expect(parseEndpoint(text)).toMatchObject({ ok: true, value: { address, port } });
  });
});
